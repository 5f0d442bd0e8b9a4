import { useTranslation } from "react-i18next";
import type { Verification } from "../api/verifications.ts";
import { zhCN } from "../i18n/zh-CN.ts";
import type { Answer } from "./two-answers.tsx";

/** R20: the file is the order's contract, as the desk uploaded it; whatever signs it is not of this system's making. */
const UPLOADED = "uploaded_not_sealed_here";

/** Is it genuine? Only an intact seal on a file that was issued here is a plain yes. */
export function useGenuineAnswer(): (verification: Verification) => Answer {
  const { t } = useTranslation();
  return ({ verdict, reason, detail, issuedHere }) => {
    if (reason === UPLOADED) {
      return { tone: "info", icon: "file", title: t("verify.genuine.offline"), text: t("verify.genuine.offlineText") };
    }
    const because = isReason(reason) ? t(`verify.reason.${reason}`) : detail;
    switch (verdict) {
      case "passed":
        return issuedHere
          ? { tone: "good", title: t("verify.genuine.yes"), text: t("verify.genuine.yesText") }
          : { tone: "wait", title: t("verify.genuine.notHere"), text: t("verify.genuine.notHereText") };
      case "indeterminate":
        return { tone: "off", title: t("verify.genuine.unknown"), text: because };
      case "failed":
        return { tone: "bad", title: t("verify.genuine.no"), text: because };
    }
  };
}

function isReason(reason: string): reason is keyof typeof zhCN.verify.reason {
  return Object.hasOwn(zhCN.verify.reason, reason);
}
