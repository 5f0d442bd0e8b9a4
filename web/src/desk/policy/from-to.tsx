import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../shell/icon.tsx";

/** How something was, and what it becomes. */
export function FromTo({ from, to }: { from: ReactNode; to: ReactNode }) {
  const { t } = useTranslation("desk");
  return (
    <div className="from-to">
      <div className="from-to-side">
        <span className="unseen">{t("policy.from")}</span>
        {from}
      </div>
      <Icon name="arrow" size={15} />
      <div className="from-to-side">
        <span className="unseen">{t("policy.to")}</span>
        {to}
      </div>
    </div>
  );
}
