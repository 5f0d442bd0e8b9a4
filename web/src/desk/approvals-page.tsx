import { useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PROPOSAL_STATES, proposalsQuery } from "../api/proposals.ts";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { usePageOf } from "../shell/use-page-of.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { type Decision, DecisionDialog } from "./decision-dialog.tsx";
import { ProposalCard } from "./proposal-card.tsx";

/** What one person has proposed and another decides; the state that is looked at lives in the address. */
export function ApprovalsPage() {
  const { t } = useTranslation("desk");
  const navigate = useNavigate({ from: PATHS.approvals });
  const { state = "open", after = "" } = useSearch({ from: "/desk/approvals" });
  const proposals = usePageOf(proposalsQuery(state, after));
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const [done, setDone] = useState("");
  usePageTitle(t("approvals.heading"));
  return (
    <>
      <h1>{t("approvals.heading")}</h1>
      <p className="lead">{t("approvals.lead")}</p>
      <div className="filters">
        <Segmented
          aria-label={t("approvals.views")}
          options={PROPOSAL_STATES.map((value) => ({ value, label: t(`approvals.state.${value}`) }))}
          value={state}
          onChange={(chosen) => {
            setDone("");
            void navigate({ search: { state: chosen } });
          }}
        />
      </div>
      <p className={done === "" ? "unseen" : "done-line"} role="status">
        {done}
      </p>
      <PagedList
        list={proposals}
        empty={
          <EmptyState
            icon="check"
            title={t(`approvals.empty.${state}.title`)}
            text={t(`approvals.empty.${state}.text`)}
          />
        }
      >
        {(items) => (
          <ul className="proposals">
            {items.map((proposal) => (
              <li key={proposal.id}>
                <ProposalCard proposal={proposal} onDecide={(verdict) => setDeciding({ proposal, verdict })} />
              </li>
            ))}
          </ul>
        )}
      </PagedList>
      {deciding && <DecisionDialog decision={deciding} onDone={setDone} onClosed={() => setDeciding(null)} />}
    </>
  );
}
