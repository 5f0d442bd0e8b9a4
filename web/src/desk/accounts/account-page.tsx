import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { accountQuery, type ShownAccount } from "../../api/account-lookup.ts";
import { accountTicketsQuery } from "../../api/tickets.ts";
import { PATHS } from "../../paths.ts";
import { type Fact, FactList } from "../../shell/fact-list.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { AccountCard } from "../account-card.tsx";
import { Loaded } from "../loaded.tsx";
import { TicketList } from "../ticket-list.tsx";
import { AccountBills, AccountContracts, AccountOrders } from "./account-lists.tsx";
import { EvidenceCard } from "./evidence-card.tsx";

/** One account: who it is, how much there is of it, its newest orders and contracts, its bills, tickets and evidence. */
export function AccountPage() {
  const { t } = useTranslation("desk");
  const { account } = useParams({ from: "/desk/accounts/$account" });
  const shown = useQuery(accountQuery(account));
  const heading = t("accountsPage.one", { account });
  usePageTitle(heading);
  return (
    <div className="desk-thing">
      <p className="small back-line">
        <Link to={PATHS.accounts}>{t("accountsPage.back")}</Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      <Loaded of={shown}>{(data) => <ShownAccountParts account={data} />}</Loaded>
    </div>
  );
}

function ShownAccountParts({ account }: { account: ShownAccount }) {
  const may = useMay();
  const id = account.account;
  return (
    <div className="thing-columns side-first">
      <div className="thing-main">
        <AccountOrders account={id} />
        <AccountContracts account={id} />
        <AccountBills account={id} />
      </div>
      <div className="thing-side">
        <AccountCard account={account} />
        {account.counts && <CountsCard account={id} counts={account.counts} />}
        {may("tickets:read") && <TicketsCard account={id} />}
        {may("identity:read") && <EvidenceCard account={id} />}
      </div>
    </div>
  );
}

/** As the API counts; beyond that it only says that there are more. */
const COUNTED_AT_MOST = 10_000;

interface CountsCardProps {
  readonly account: string;
  readonly counts: NonNullable<ShownAccount["counts"]>;
}

function CountsCard({ account, counts: { orders, contracts, openTickets } }: CountsCardProps) {
  const { t } = useTranslation("desk");
  const text = (count: number) => (count >= COUNTED_AT_MOST ? t("accountsPage.orMore", { count }) : String(count));
  const facts: Fact[] = [
    {
      label: t("nav.orders"),
      value: (
        <Link to={PATHS.deskOrders} search={{ account }}>
          {text(orders)}
        </Link>
      ),
    },
    {
      label: t("nav.contracts"),
      value: (
        <Link to={PATHS.deskContracts} search={{ account }}>
          {text(contracts)}
        </Link>
      ),
    },
  ];
  if (openTickets !== null) facts.push({ label: t("accountsPage.openTickets"), value: text(openTickets) });
  return (
    <section className="card counts-card" aria-labelledby="account-counts">
      <h2 id="account-counts">{t("accountsPage.counts")}</h2>
      <FactList facts={facts} />
    </section>
  );
}

const TICKETS_SHOWN = 10;

function TicketsCard({ account }: { account: string }) {
  const { t } = useTranslation("desk");
  const tickets = useQuery(accountTicketsQuery(account));
  return (
    <section className="card" aria-labelledby="account-tickets">
      <h2 id="account-tickets">{t("nav.tickets")}</h2>
      <Loaded of={tickets}>{(all) => <TicketList tickets={all.slice(0, TICKETS_SHOWN)} />}</Loaded>
    </section>
  );
}
