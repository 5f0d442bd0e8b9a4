import { useTranslation } from "react-i18next";
import type { Issue } from "../api/orders.ts";
import { Icon } from "../shell/icon.tsx";

/** What must be known before confirming (R8, R17). */
export function WarningList({ warnings }: { warnings: Issue["warnings"] }) {
  const { t } = useTranslation();
  if (warnings.length === 0) return null;
  return (
    <section className="warning-list" aria-label={t("request.warnings")}>
      <Icon name="warning" size={20} />
      <div>
        <strong>{t("request.warnings")}</strong>
        <ul>
          {warnings.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
