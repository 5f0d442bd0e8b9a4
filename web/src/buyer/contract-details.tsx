import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Contract, isBeingSealed } from "../api/contracts.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { contractLogProofUrl, contractStatusUrl } from "../paths.ts";
import { EndTime } from "../shell/end-time.tsx";
import { type Fact, FactList } from "../shell/fact-list.tsx";
import { HelpLink } from "../shell/help-link.tsx";
import { Icon } from "../shell/icon.tsx";
import { StandingTag } from "../shell/standing-tag.tsx";
import { ContractLink } from "../shell/thing-links.tsx";
import { ContractSubject } from "./contract-subject.tsx";
import { DownloadLink } from "./download-link.tsx";
import { holdMatters } from "./hold-matters.ts";
import { WarningList } from "./warning-list.tsx";
import "./contract-details.css";

interface ContractDetailsProps {
  readonly contract: Contract;
  /** What the page knows besides. */
  readonly moreFacts?: readonly Fact[];
  /** What can be done besides downloading. */
  readonly actions?: ReactNode;
}

/** What the contract is worth now and why, what there is to know of it, and the file. */
export function ContractDetails({ contract, moreFacts = [], actions }: ContractDetailsProps) {
  const { t } = useTranslation();
  const facts = [...useContractFacts(contract), ...moreFacts];
  return (
    <>
      <VoidPanel contract={contract} />
      <WaitingPanel contract={contract} />
      <WarningList warnings={contract.warnings} title={t("contract.warnings")} />
      <div className="card">
        <FactList facts={facts} />
      </div>
      {!isBeingSealed(contract) && (
        <div className="contract-actions">
          <DownloadLink number={contract.number} primary />
          {actions}
        </div>
      )}
      {!isBeingSealed(contract) && <OfflineProofs number={contract.number} />}
    </>
  );
}

/** What can be kept beside the file and shown to whoever has no connection. */
function OfflineProofs({ number }: { number: string }) {
  const { t } = useTranslation();
  return (
    <p className="small soft offline-proofs">
      {t("contract.proofs.lead")} <a href={contractLogProofUrl(number)}>{t("contract.proofs.log")}</a> ·{" "}
      <a href={contractStatusUrl(number)}>{t("contract.proofs.status")}</a> <HelpLink topic="genuine" />
    </p>
  );
}

/** R22: a void by the desk is never silent. */
function VoidPanel({ contract: { voided, timeZone } }: { contract: Contract }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!voided) return null;
  return (
    <section className="verdict-panel verdict-bad" aria-label={t("contract.voidTitle")}>
      <Icon name="cross" size={20} />
      <div>
        <p className="verdict-title">{t("contract.voidTitle")}</p>
        <p>{t("contract.voidReason", { reason: voided.reason })}</p>
        <p className="soft small">
          <time dateTime={voided.at}>{momentText(voided.at, timeZone, language)}</time> ·{" "}
          {zoneText(timeZone, voided.at, language)}
        </p>
      </div>
    </section>
  );
}

/** Decided, and not issued before it has its timestamp: nothing is left for the buyer to do. */
function WaitingPanel({ contract: { waitingFor, timeZone } }: { contract: Contract }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!waitingFor) return null;
  const { since, sentence } = waitingFor;
  return (
    <section className="verdict-panel verdict-wait" role="status" aria-label={t("contract.waitingTitle")}>
      <Icon name="clock" size={20} />
      <div>
        <p className="verdict-title">{t("contract.waitingTitle")}</p>
        <p>{sentence}</p>
        <p className="soft small">
          <time dateTime={since}>{t("contract.waitingSince", { moment: momentText(since, timeZone, language) })}</time>{" "}
          · {zoneText(timeZone, since, language)}
        </p>
      </div>
    </section>
  );
}

function useContractFacts(contract: Contract): Fact[] {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { timeZone, requestedAt, issuedAt, holdUntil, form, replaces, sha256 } = contract;
  const offline = form === "offline";
  const facts: Fact[] = [
    { label: t("request.standing"), value: <StandingTag contract={contract} /> },
    { label: t("contracts.column.subject"), value: <ContractSubject contract={contract} /> },
  ];
  if (holdUntil !== null && holdMatters(contract)) {
    facts.push({
      label: t("request.hold"),
      value: <EndTime at={holdUntil} zone={timeZone} counting={contract.standing === "pending_payment"} />,
    });
  }
  facts.push({
    label: t("contract.form"),
    value: t(offline ? "contract.offline" : "contract.sealed"),
    ...(offline && { note: t("contract.offlineNote") }),
  });
  const zone = zoneText(timeZone, requestedAt, language);
  if (!offline) {
    facts.push({ label: t("contract.requestedAt"), value: momentText(requestedAt, timeZone, language), note: zone });
  }
  if (issuedAt !== null) {
    const label = t(offline ? "contract.uploadedAt" : "contract.issuedAt");
    const note = zoneText(timeZone, issuedAt, language);
    facts.push({ label, value: momentText(issuedAt, timeZone, language), note });
  }
  if (replaces !== null) {
    const link = <ContractLink number={replaces} />;
    facts.push({ label: t("contract.replaces"), value: link, note: t("contract.replacesNote") });
  }
  facts.push({ label: t("contract.policy"), value: t("contract.policyVersion", { version: contract.policyVersion }) });
  if (sha256 !== null) {
    facts.push({ label: t("request.fingerprint"), value: <span className="code wrap">{sha256}</span> });
  }
  return facts;
}
