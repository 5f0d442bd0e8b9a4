import { useTranslation } from "react-i18next";
import type { ContractStatus } from "../api/verifications.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { heldLogProofUrl, heldStatusUrl } from "../paths.ts";
import { type Fact, FactList } from "../shell/fact-list.tsx";
import { TwoAnswers } from "./two-answers.tsx";
import { useForceAnswer } from "./use-force-answer.ts";
import { useStandingFacts } from "./use-standing-facts.ts";

/** What is on record under a number. The number alone cannot tell whether a file is genuine, and this says so. */
export function StatusResult({ status, code }: { status: ContractStatus; code: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const inForce = useForceAnswer();
  const standingFacts = useStandingFacts();
  const { number, timeZone, requestedAt, issuedAt, sha256, form, voided } = status;
  const facts: Fact[] = [
    { label: t("verify.facts.number"), value: <strong className="code">{number}</strong> },
    { label: t("verify.facts.seller"), value: status.sellerName[language] },
    {
      label: t("verify.facts.requestedAt"),
      value: momentText(requestedAt, timeZone, language),
      note: zoneText(timeZone, requestedAt, language),
    },
  ];
  if (form === "offline") {
    facts.push({ label: t("contract.form"), value: t("contract.offline"), note: t("contract.offlineNote") });
  }
  if (issuedAt !== null) {
    facts.push({ label: t("verify.facts.issuedAt"), value: momentText(issuedAt, timeZone, language) });
  }
  facts.push(...standingFacts(status));
  if (sha256 !== null) {
    facts.push({ label: t("verify.facts.fingerprint"), value: <span className="code wrap">{sha256}</span> });
  }
  return (
    <section className="result" aria-live="polite">
      <h2>{t("verify.resultNumber", { number })}</h2>
      <TwoAnswers
        demo={status.demo}
        genuine={{ tone: "off", title: t("verify.genuine.unknownFile"), text: t("verify.genuine.unknownFileText") }}
        inForce={inForce(status.standing, voided !== null)}
      />
      <div className="card">
        <FactList facts={facts} />
      </div>
      {issuedAt !== null && (
        <section className="card" aria-labelledby="proof-files">
          <h3 id="proof-files">{t("verify.proofs.heading")}</h3>
          <p className="soft">{t("verify.proofs.lead")}</p>
          <div className="proof-buttons">
            <a href={heldLogProofUrl(number, code)}>{t("verify.proofs.log")}</a>
            <a href={heldStatusUrl(number, code)}>{t("verify.proofs.status")}</a>
          </div>
        </section>
      )}
    </section>
  );
}
