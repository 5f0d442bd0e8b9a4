import { useTranslation } from "react-i18next";
import type { Session } from "../api/session.ts";
import { Icon } from "../shell/icon.tsx";

/** Who may look and not act is told so once, above every page, instead of being offered what would be refused. */
export function ViewingOnly({ session: { permissions, staff } }: { session: Session }) {
  const { t } = useTranslation();
  if (permissions.includes("contracts:request")) return null;
  return (
    <p className="notice-line" role="note">
      <Icon name="eye" size={18} />
      <span>{t(staff ? "viewing.staff" : "viewing.buyer")}</span>
    </p>
  );
}
