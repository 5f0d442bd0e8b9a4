import { useTranslation } from "react-i18next";
import type { Answer } from "./two-answers.tsx";

/** Is it in force now? `null` where nothing may be said because the file is not known to be ours. */
export function useForceAnswer(): (standing: string | null, voidedByDesk: boolean) => Answer {
  const { t } = useTranslation();
  return (standing, voidedByDesk) => {
    switch (standing) {
      case "in_force":
        return { tone: "good", title: t("verify.force.yes"), text: t("verify.force.in_force") };
      case "pending_payment":
        return { tone: "wait", title: t("verify.force.pending"), text: t("verify.force.pending_payment") };
      case "not_started":
        return { tone: "info", title: t("verify.force.notYet"), text: t("verify.force.not_started") };
      case "void":
        return {
          tone: "bad",
          title: t("verify.force.no"),
          text: t(`verify.force.${voidedByDesk ? "voided" : "void"}`),
        };
      case "ended":
      case "lapsed":
        return { tone: "bad", title: t("verify.force.no"), text: t(`verify.force.${standing}`) };
      default:
        return { tone: "off", title: t("verify.force.none"), text: t("verify.force.noneText") };
    }
  };
}
