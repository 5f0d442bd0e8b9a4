import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

/** Most contracts are there sooner; a bar that only flashes would look like a fault. */
const SHOW_AFTER_MS = 300;

interface RequestProgressProps {
  readonly title: string;
  readonly text: string;
  /** How many of several are through; without them nobody knows how far it is. */
  readonly done?: number;
  readonly of?: number;
}

export function RequestProgress({ title, text, done, of }: RequestProgressProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="request-progress" role="status">
      <strong>{title}</strong>
      {done !== undefined && of !== undefined ? (
        <>
          <progress className="progress-known" aria-label={title} value={done} max={of} />
          <p className="small">{t("batch.through", { done, of })}</p>
        </>
      ) : (
        <>
          <progress className="unseen" aria-label={title} />
          <div className="progress-bar" aria-hidden="true" />
        </>
      )}
      <p className="soft small">{text}</p>
    </div>
  );
}
