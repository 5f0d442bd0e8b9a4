import { useTranslation } from "react-i18next";
import type { ContractStatus } from "../api/verifications.ts";
import { endText, momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import type { Fact } from "../shell/fact-list.tsx";

type Reasons = Pick<ContractStatus, "holdUntil" | "voided" | "timeZone"> & { readonly standing: string | null };

/** Why the contract is worth what it is: until when it waits for payment (R8), when and why it was voided (R22). */
export function useStandingFacts(): (reasons: Reasons) => Fact[] {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return ({ standing, holdUntil, voided, timeZone }) => {
    if (voided) {
      const voidedAt = momentText(voided.at, timeZone, language);
      return [
        { label: t("verify.facts.voidReason"), value: voided.reason },
        { label: t("verify.facts.voidedAt"), value: voidedAt, note: zoneText(timeZone, voided.at, language) },
      ];
    }
    if (holdUntil === null || (standing !== "pending_payment" && standing !== "lapsed")) return [];
    const note = zoneText(timeZone, holdUntil, language);
    return [{ label: t("verify.facts.holdUntil"), value: endText(holdUntil, timeZone, language), note }];
  };
}
