import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Order } from "../api/orders.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { ColumnTable } from "../shell/column-table.tsx";
import { TimesNote } from "../shell/times-note.tsx";
import { AmountText } from "./amount-text.tsx";
import { DecisionCell } from "./decision-cell.tsx";
import { orderContent } from "./order-content.ts";
import { OrderStateTag } from "./order-state-tag.tsx";
import { useOrderWords } from "./use-order-words.ts";

const COLUMNS = ["order", "placed", "content", "amount", "state", "contract"] as const;

/** A real table, so that screen readers can walk it; the style sheet turns rows into cards on a phone. */
export function OrdersTable({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation();
  const [first] = orders;
  const oneZone = first && orders.every(({ timeZone }) => timeZone === first.timeZone);
  return (
    <>
      <ColumnTable
        className="orders-table"
        caption={t("orders.caption")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`orders.column.${column}`) }))}
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
  const { t } = useTranslation();
  const { language } = useLanguage();
  const words = useOrderWords();
  const { names, others } = orderContent(order, language);
  return (
    <tr>
      <th scope="row" className="column-order">
        <Link
          className="order-number"
          to={PATHS.order}
          params={{ order: order.order }}
          search={true}
          aria-label={t("orders.openFor", { order: order.order })}
        >
          {order.order}
        </Link>
        <span className="soft small">{words.kind(order)}</span>
      </th>
      <td className="column-placed" data-label={t("orders.column.placed")}>
        <time dateTime={order.placedAt}>{momentText(order.placedAt, order.timeZone, language)}</time>
        {zoneNamed && <span className="soft small">{zoneText(order.timeZone, order.placedAt, language)}</span>}
      </td>
      <td className="column-content">
        <span>{names}</span>
        {others > 0 && <span className="soft small">{t("orders.moreLines", { count: order.lines.length })}</span>}
        {order.domain && <span className="soft small">{order.domain.name}</span>}
      </td>
      <td className="column-amount" data-label={t("orders.column.amount")}>
        <AmountText order={order} />
      </td>
      <td className="column-state" data-label={t("orders.column.state")}>
        <OrderStateTag state={order.state} />
      </td>
      <td className="column-contract">
        <DecisionCell order={order} />
      </td>
    </tr>
  );
}
