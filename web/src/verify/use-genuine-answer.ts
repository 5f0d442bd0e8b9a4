import { useTranslation } from "react-i18next";
import type { Verification } from "../api/verifications.ts";
import type { Answer } from "./two-answers.tsx";

/** R20: the file is the order's contract, as the desk uploaded it; whatever signs it is not of this system's making. */
const UPLOADED = "uploaded_not_sealed_here";

/** Is it genuine? Only an intact seal on a file that was issued here is a plain yes. */
export function useGenuineAnswer(): (verification: Verification) => Answer {
  const { t } = useTranslation();
  return ({ verdict, reason, sentence, signature, issuedHere }) => {
    if (issuedHere) return { tone: "good", title: t("verify.genuine.yes"), text: t("verify.genuine.yesText") };
    if (reason === UPLOADED) {
      return { tone: "info", icon: "file", title: t("verify.genuine.offline"), text: t("verify.genuine.offlineText") };
    }
    // Sound signatures of others, and of ours made elsewhere; a revoked certificate or a false timestamp is worse.
    if (signature === "sound" && verdict !== "failed") {
      const title = t("verify.genuine.notHere");
      return { tone: "wait", icon: "warning", title, text: t("verify.genuine.notHereText") };
    }
    if (verdict === "failed") return { tone: "bad", title: t("verify.genuine.no"), text: sentence };
    const title = signature === "partial" ? t("verify.genuine.addedTo") : t("verify.genuine.unknown");
    return { tone: "off", title, text: sentence };
  };
}
