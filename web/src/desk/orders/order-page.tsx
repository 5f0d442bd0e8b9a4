import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { accountQuery } from "../../api/account-lookup.ts";
import { type ExplainedOrder, orderQuery } from "../../api/orders.ts";
import { orderTicketsQuery } from "../../api/tickets.ts";
import { OrderDetails } from "../../buyer/order-details.tsx";
import { PATHS } from "../../paths.ts";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { AccountCard } from "../account-card.tsx";
import { HistoryList } from "../history-list.tsx";
import { Loaded } from "../loaded.tsx";
import { TicketList } from "../ticket-list.tsx";

/** One order as its buyer sees it, with who that is, its tickets, and what happened to it. */
export function DeskOrderPage() {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const { order } = useParams({ from: "/desk/orders/$order" });
  const shown = useQuery(orderQuery(order));
  const heading = inConsole("order.heading", { order });
  usePageTitle(heading);
  return (
    <div className="desk-thing">
      <p className="small back-line">
        <Link to={PATHS.deskOrders}>{t("ordersPage.back")}</Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      <Loaded of={shown}>{(data) => <DeskOrder key={order} order={data} />}</Loaded>
    </div>
  );
}

function DeskOrder({ order }: { order: ExplainedOrder }) {
  const { t } = useTranslation("desk");
  const may = useMay();
  const account = useQuery(accountQuery(order.account));
  return (
    <>
      <div className="thing-columns">
        <section className="card thing-main" aria-labelledby="order-itself">
          <h2 id="order-itself" className="unseen">
            {t("ordersPage.itself")}
          </h2>
          <OrderDetails order={order} />
        </section>
        <div className="thing-side">
          <Loaded of={account}>{(data) => <AccountCard account={data} linked />}</Loaded>
          {may("tickets:read") && <OrderTickets order={order.order} />}
        </div>
      </div>
      {may("history:read") && <HistoryList subject={{ kind: "order", order: order.order }} />}
    </>
  );
}

function OrderTickets({ order }: { order: string }) {
  const { t } = useTranslation("desk");
  const tickets = useQuery(orderTicketsQuery(order));
  return (
    <section className="card" aria-labelledby="order-tickets">
      <h2 id="order-tickets">{t("nav.tickets")}</h2>
      <Loaded of={tickets}>{(all) => <TicketList tickets={all} />}</Loaded>
    </section>
  );
}
