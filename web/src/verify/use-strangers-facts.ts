import { useTranslation } from "react-i18next";
import type { Verification } from "../api/verifications.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import type { Fact } from "../shell/fact-list.tsx";

/** What a signature that nobody here vouches for says of itself, where it holds at all, and why it is not accepted. */
export function useStrangersFacts(): (verification: Verification, zone: string) => Fact[] {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return ({ verdict, number, signature, signatureSentence, sentence, signer, sealedAt }, zone) => {
    if (signature !== "sound" && signature !== "partial") return [];
    const facts: Fact[] = [{ label: t("verify.facts.signature"), value: signatureSentence }];
    if (signer !== null) {
      facts.push({ label: t("verify.facts.claimedSigner"), value: signer, note: t("verify.facts.claimedSignerNote") });
    }
    if (sealedAt !== null) {
      const note = zoneText(zone, sealedAt, language);
      facts.push({ label: t("verify.facts.claimedAt"), value: momentText(sealedAt, zone, language), note });
    }
    // Elsewhere it is the answer itself.
    const isToldAbove = number !== null || verdict === "failed" || signature === "partial";
    return isToldAbove ? facts : [...facts, { label: t("verify.facts.why"), value: sentence }];
  };
}
