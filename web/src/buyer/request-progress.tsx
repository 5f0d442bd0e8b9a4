import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

/** Most contracts are there sooner; a bar that only flashes would look like a fault. */
const SHOW_AFTER_MS = 300;

export function RequestProgress() {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="request-progress" role="status">
      <strong>{t("request.workingTitle")}</strong>
      <progress className="unseen" aria-label={t("request.workingTitle")} />
      <div className="progress-bar" aria-hidden="true" />
      <p className="soft small">{t("request.workingText")}</p>
    </div>
  );
}
