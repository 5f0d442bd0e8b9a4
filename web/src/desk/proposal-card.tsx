import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Proposal, Verdict } from "../api/proposals.ts";
import { amountText } from "../format/amount.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { type Fact, FactList } from "../shell/fact-list.tsx";
import { Tag } from "../shell/standing-tag.tsx";
import type { Tone } from "../shell/standing-tone.ts";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { type Detail, DetailList } from "./detail-list.tsx";

const TONES = { open: "wait", approved: "good", rejected: "bad", withdrawn: "off" } as const satisfies Record<
  Proposal["state"],
  Tone
>;

interface ProposalCardProps {
  readonly proposal: Proposal;
  readonly onDecide: (verdict: Verdict) => void;
}

/** One proposal, with all that whoever decides should know. */
export function ProposalCard({ proposal, onDecide }: ProposalCardProps) {
  const { t } = useTranslation("desk");
  const { id, kind, state } = proposal;
  return (
    <article className="card proposal" aria-labelledby={`proposal-${id}`}>
      <div className="proposal-head">
        <h2 id={`proposal-${id}`}>{t(`approvals.kind.${kind}`)}</h2>
        <Tag tone={TONES[state]}>{t(`approvals.state.${state}`)}</Tag>
      </div>
      <FactList facts={useProposalFacts(proposal)} />
      {state === "open" && <Verdicts proposal={proposal} onDecide={onDecide} />}
    </article>
  );
}

function Verdicts({ proposal: { mine, mayDecide }, onDecide }: ProposalCardProps) {
  const { t } = useTranslation("desk");
  if (!mine && !mayDecide) return <p className="soft proposal-foot">{t("approvals.notYours")}</p>;
  return (
    <div className="proposal-foot">
      {mine && <p className="soft">{t("approvals.mine")}</p>}
      <div className="dialog-actions">
        {mine && <Button onClick={() => onDecide("withdraw")}>{t("approvals.withdraw")}</Button>}
        {mayDecide && (
          <>
            <Button onClick={() => onDecide("reject")}>{t("approvals.reject")}</Button>
            <Button type="primary" onClick={() => onDecide("approve")}>
              {t("approvals.approve")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function useProposalFacts(proposal: Proposal): Fact[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const { kind, account, reason, proposedBy, proposedAt, state, decidedBy, decidedAt } = proposal;
  const at = (moment: string) => `${momentText(moment, zone, language)} · ${zoneText(zone, moment, language)}`;
  const facts: Fact[] = [{ label: t(`approvals.object.${kind}`), value: <ProposalObject proposal={proposal} /> }];
  if (account !== null) facts.push({ label: t("approvals.account"), value: account });
  const { total, currency, ...others } = proposal.detail;
  if (kind === "void_contract") {
    const stated = typeof total === "string" && typeof currency === "string";
    const value = stated ? amountText(total, currency, language) : t("approvals.noAmount");
    facts.push({ label: t("approvals.amount"), value });
  }
  if (reason !== null) facts.push({ label: t("approvals.reason"), value: <span className="said">{reason}</span> });
  const more = kind === "void_contract" ? others : proposal.detail;
  if (hasContent(more)) facts.push({ label: t("audit.column.detail"), value: <DetailList detail={more} /> });
  facts.push({ label: t("approvals.proposedBy"), value: proposedBy, note: at(proposedAt) });
  if (decidedBy !== null) {
    const note = decidedAt === null ? {} : { note: at(decidedAt) };
    facts.push({ label: t(`approvals.decidedBy.${state}`), value: decidedBy, ...note });
  }
  return facts;
}

/** The contract has a page to look at before deciding; a certificate is compared by its fingerprint. */
function ProposalObject({ proposal: { kind, object } }: { proposal: Proposal }) {
  if (kind === "add_seal_key") return <span className="code wrap">{object}</span>;
  return (
    <Link className="code" to={PATHS.deskContract} params={{ number: object }}>
      {object}
    </Link>
  );
}

function hasContent(detail: Detail): boolean {
  return Object.values(detail).some((value) => value !== null && value !== "");
}
