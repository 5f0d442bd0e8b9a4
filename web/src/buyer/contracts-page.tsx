import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { contractsQuery } from "../api/contracts.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { HelpLink } from "../shell/help-link.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { usePageOf } from "../shell/use-page-of.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { ContractsTable } from "./contracts-table.tsx";
import { RequestableOrders } from "./requestable-orders.tsx";
import "./contracts-page.css";

/** The orders that a contract can be requested for (R1, R18), and below them the contracts there are. */
export function ContractsPage() {
  const { t } = useTranslation();
  usePageTitle(t("title.contracts"));
  return (
    <>
      <h1>{t("contracts.heading")}</h1>
      <p className="lead">
        {t("contracts.lead")} <HelpLink topic="once-only" />
      </p>
      <RequestableOrders />
      <IssuedContracts />
    </>
  );
}

/** Issued contracts and what they are worth now; downloaded as often as wanted (R5). */
function IssuedContracts() {
  const { t } = useTranslation();
  const contracts = usePageOf(contractsQuery(useSearch({ from: "/buyer/contracts" }).contractsAfter ?? ""));
  return (
    <section className="page-part" aria-labelledby="issued-contracts">
      <h2 id="issued-contracts">{t("contracts.issued")}</h2>
      <p className="lead">{t("contracts.issuedLead")}</p>
      <PagedList
        list={contracts}
        param="contractsAfter"
        empty={<EmptyState title={t("contracts.emptyTitle")} text={t("contracts.emptyText")} />}
      >
        {(items) => <ContractsTable contracts={items} />}
      </PagedList>
    </section>
  );
}
