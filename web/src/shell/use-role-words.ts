import { useTranslation } from "react-i18next";
import { zhCN } from "../i18n/zh-CN.ts";

/** The name of a role of the seller's people; one that this version does not know is shown as it is. */
export function useRoleWords(): (role: string) => string {
  const { t } = useTranslation();
  return (role) => (isKnown(role) ? t(`role.${role}`) : role);
}

function isKnown(role: string): role is keyof typeof zhCN.role {
  return Object.hasOwn(zhCN.role, role);
}
