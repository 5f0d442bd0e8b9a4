import { useTranslation } from "react-i18next";
import type { Verification } from "../api/verifications.ts";
import { momentText, readersZone, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { type Fact, FactList } from "../shell/fact-list.tsx";
import { ProofFiles } from "./proof-files.tsx";
import { TwoAnswers } from "./two-answers.tsx";
import { useForceAnswer } from "./use-force-answer.ts";
import { useGenuineAnswer } from "./use-genuine-answer.ts";
import { useStandingFacts } from "./use-standing-facts.ts";
import { useStrangersFacts } from "./use-strangers-facts.ts";
import { WhatWasChecked } from "./what-was-checked.tsx";

/** The answer about one file. Whatever a forged file claims of itself is not repeated as if it were so. */
export function VerificationResult({ verification }: { verification: Verification }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const genuine = useGenuineAnswer();
  const inForce = useForceAnswer();
  const standingFacts = useStandingFacts();
  const strangersFacts = useStrangersFacts();
  const { verdict, reason, number, signer, sealedAt, standing, voided } = verification;
  const zone = verification.timeZone ?? readersZone();
  const facts: Fact[] = [];
  // Told for files of ours only: sealed here, or uploaded as the order's contract.
  if (number !== null) {
    facts.push({ label: t("verify.facts.number"), value: <strong className="code">{number}</strong> });
  }
  const isSealed = verdict === "passed" || reason === "not_issued_here";
  if (isSealed && signer !== null) facts.push({ label: t("verify.facts.signer"), value: signer });
  if (isSealed && sealedAt !== null) {
    const note = zoneText(zone, sealedAt, language);
    facts.push({ label: t("verify.facts.sealedAt"), value: momentText(sealedAt, zone, language), note });
  }
  if (!isSealed) facts.push(...strangersFacts(verification, zone));
  facts.push(...standingFacts({ ...verification, timeZone: zone }));
  facts.push({ label: t("verify.facts.finding"), value: <span className="code">{`${verdict} / ${reason}`}</span> });
  return (
    <>
      <TwoAnswers
        demo={verification.demo}
        genuine={genuine(verification)}
        inForce={inForce(number === null ? null : standing, voided !== null)}
      />
      <div className="card">
        <FactList facts={facts} />
      </div>
      <WhatWasChecked verification={verification} />
      {number !== null && <ProofFiles {...verification} number={number} />}
    </>
  );
}
