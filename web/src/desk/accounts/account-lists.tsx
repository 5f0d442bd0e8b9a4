import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { accountBillsQuery } from "../../api/bills.ts";
import { deskContractsQuery } from "../../api/contracts.ts";
import { deskOrdersQuery } from "../../api/orders.ts";
import { BillsTable } from "../../buyer/bills-table.tsx";
import { orderContent } from "../../buyer/order-content.ts";
import { OrderStateTag } from "../../buyer/order-state-tag.tsx";
import { momentText, monthText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { PagedList } from "../../shell/paged-list.tsx";
import { StandingTag } from "../../shell/standing-tag.tsx";
import { usePageOf } from "../../shell/use-page-of.ts";
import { Loaded } from "../loaded.tsx";

/** So many of the newest; the rest is a link away. */
const SHOWN = 5;

export function AccountOrders({ account }: { account: string }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const orders = useQuery(deskOrdersQuery("all", { account }, ""));
  const more = (
    <Link to={PATHS.deskOrders} search={{ account }}>
      {t("accountsPage.allOrders")}
    </Link>
  );
  return (
    <Part id="account-orders" heading={t("accountsPage.newestOrders")} more={more}>
      <Loaded of={orders}>
        {({ items }) => (
          <ShortList none={t("accountsPage.noOrders")}>
            {items.slice(0, SHOWN).map((order) => (
              <li key={order.order}>
                <Link className="order-number" to={PATHS.deskOrder} params={{ order: order.order }}>
                  {order.order}
                </Link>
                <OrderStateTag state={order.state} />
                <span className="soft small">
                  {orderContent(order, language).names} ·{" "}
                  <time dateTime={order.placedAt}>{momentText(order.placedAt, order.timeZone, language)}</time>
                </span>
              </li>
            ))}
          </ShortList>
        )}
      </Loaded>
    </Part>
  );
}

export function AccountContracts({ account }: { account: string }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const contracts = useQuery(deskContractsQuery({ account }, ""));
  const more = (
    <Link to={PATHS.deskContracts} search={{ account }}>
      {t("accountsPage.allContracts")}
    </Link>
  );
  return (
    <Part id="account-contracts" heading={t("accountsPage.newestContracts")} more={more}>
      <Loaded of={contracts}>
        {({ items }) => (
          <ShortList none={t("accountsPage.noContracts")}>
            {items.slice(0, SHOWN).map((contract) => (
              <li key={contract.number}>
                <Link className="code" to={PATHS.deskContract} params={{ number: contract.number }}>
                  {contract.number}
                </Link>
                <StandingTag contract={contract} />
                <span className="soft small">
                  {contract.order ?? (contract.bill === null ? "—" : monthText(contract.bill, language))} ·{" "}
                  <time dateTime={contract.requestedAt}>
                    {momentText(contract.requestedAt, contract.timeZone, language)}
                  </time>
                </span>
              </li>
            ))}
          </ShortList>
        )}
      </Loaded>
    </Part>
  );
}

export function AccountBills({ account }: { account: string }) {
  const { t } = useTranslation("desk");
  const { billsAfter = "" } = useSearch({ from: "/desk/accounts/$account" });
  const bills = usePageOf(accountBillsQuery(account, billsAfter));
  return (
    <section aria-labelledby="account-bills">
      <h2 id="account-bills" className="part-heading">
        {t("accountsPage.bills")}
      </h2>
      <PagedList list={bills} param="billsAfter" empty={<p className="soft">{t("accountsPage.noBills")}</p>}>
        {(items) => <BillsTable bills={items} />}
      </PagedList>
    </section>
  );
}

interface PartProps {
  readonly id: string;
  readonly heading: string;
  readonly more: ReactNode;
  readonly children: ReactNode;
}

function Part({ id, heading, more, children }: PartProps) {
  return (
    <section className="card" aria-labelledby={id}>
      <div className="heading-with-action">
        <h2 id={id}>{heading}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}

function ShortList({ none, children }: { none: string; children: readonly ReactNode[] }) {
  return children.length === 0 ? <p className="soft">{none}</p> : <ul className="short-list">{children}</ul>;
}
