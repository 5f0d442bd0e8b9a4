import { useTranslation } from "react-i18next";
import type { Decision, Issue } from "../../api/orders.ts";
import { endText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Tag } from "../../shell/standing-tag.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";

/** A decision in a few words, with all that another policy may change in it. */
export function DecisionText({ decision }: { decision: Decision }) {
  const { t } = useTranslation("desk");
  const facts = useIssueFacts();
  if (decision.kind === "refuse") {
    return (
      <>
        <Tag tone="off">{t("policy.decision.refuse")}</Tag>
        <span className="small">{decision.title}</span>
      </>
    );
  }
  return (
    <>
      <Tag tone="good">{t("policy.decision.issue")}</Tag>
      {facts(decision).map((fact) => (
        <span key={fact} className="small">
          {fact}
        </span>
      ))}
    </>
  );
}

function useIssueFacts(): (decision: Issue) => readonly string[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  return ({ holdUntil, amountShown, warnings, replaces }) =>
    [
      holdUntil === null ? null : t("policy.decision.held", { end: endText(holdUntil, zone, language) }),
      amountShown ? null : t("policy.decision.withoutAmount"),
      warnings.some(({ code }) => code === "domain_can_be_lost_until_paid") ? t("policy.decision.domainWarning") : null,
      replaces === null ? null : t("policy.decision.replaces", { contract: replaces }),
    ].filter((fact) => fact !== null);
}
