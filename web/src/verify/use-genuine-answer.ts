import { useTranslation } from "react-i18next";
import type { Verification } from "../api/verifications.ts";
import { zhCN } from "../i18n/zh-CN.ts";
import type { Answer } from "./two-answers.tsx";

/** Is it genuine? Only an intact seal on a file that was issued here is a plain yes. */
export function useGenuineAnswer(): (verification: Verification) => Answer {
  const { t } = useTranslation();
  return ({ verdict, reason, detail, issuedHere }) => {
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
