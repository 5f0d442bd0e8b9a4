import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Order } from "../../api/orders.ts";
import { AmountText } from "../../buyer/amount-text.tsx";
import { DecisionCell } from "../../buyer/decision-cell.tsx";
import { orderContent } from "../../buyer/order-content.ts";
import { OrderStateTag } from "../../buyer/order-state-tag.tsx";
import { useOrderWords } from "../../buyer/use-order-words.ts";
import { momentText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { TimesNote } from "../../shell/times-note.tsx";
import { AccountLink } from "../account-link.tsx";

const COLUMNS = ["order", "account", "content", "amount", "state", "contract"] as const;

/** Orders of many buyers, each with whose it is and what was decided. */
export function DeskOrdersTable({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation("desk");
  const [first] = orders;
  const oneZone = first && orders.every(({ timeZone }) => timeZone === first.timeZone);
  return (
    <>
      <ColumnTable
        className="orders-table desk-orders"
        caption={t("ordersPage.caption")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`ordersPage.column.${column}`) }))}
      >
        {orders.map((order) => (
          <OrderRow key={order.order} order={order} zoneNamed={!oneZone} />
        ))}
      </ColumnTable>
      {oneZone && <TimesNote zone={first.timeZone} at={first.placedAt} />}
    </>
  );
}

function OrderRow({ order, zoneNamed }: { order: Order; zoneNamed: boolean }) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const { language } = useLanguage();
  const words = useOrderWords();
  const { names, others } = orderContent(order, language);
  const { placedAt, timeZone } = order;
  return (
    <tr>
      <th scope="row" className="column-order">
        <Link
          className="order-number"
          to={PATHS.deskOrder}
          params={{ order: order.order }}
          aria-label={inConsole("orders.openFor", { order: order.order })}
        >
          {order.order}
        </Link>
        <span className="soft small">{words.kind(order)}</span>
        <time className="soft small" dateTime={placedAt}>
          {momentText(placedAt, timeZone, language)}
          {zoneNamed && ` · ${zoneText(timeZone, placedAt, language)}`}
        </time>
      </th>
      <td className="column-account" data-label={t("ordersPage.column.account")}>
        <AccountLink account={order.account} />
      </td>
      <td className="column-content" data-label={t("ordersPage.column.content")}>
        <div>
          <span>{names}</span>
          {others > 0 && (
            <span className="soft small">{inConsole("orders.moreLines", { count: order.lines.length })}</span>
          )}
          {order.domain && <span className="soft small">{order.domain.name}</span>}
        </div>
      </td>
      <td className="column-amount" data-label={t("ordersPage.column.amount")}>
        <AmountText order={order} />
      </td>
      <td className="column-state" data-label={t("ordersPage.column.state")}>
        <OrderStateTag state={order.state} />
      </td>
      <td className="column-contract">
        <DecisionCell order={order} />
      </td>
    </tr>
  );
}
