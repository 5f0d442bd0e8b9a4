import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Order } from "../api/orders.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { ColumnTable } from "../shell/column-table.tsx";
import { EndTime } from "../shell/end-time.tsx";
import { AmountText } from "./amount-text.tsx";
import { orderContent } from "./order-content.ts";
import { UnpaidCell } from "./unpaid-cell.tsx";
import { useOrderWords } from "./use-order-words.ts";

const COLUMNS = ["order", "content", "amount", "hold", "contract"] as const;

export function UnpaidTable({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation();
  return (
    <ColumnTable
      className="labelled"
      caption={t("unpaid.caption")}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`unpaid.column.${column}`) }))}
    >
      {orders.map((order) => (
        <UnpaidRow key={order.order} order={order} />
      ))}
    </ColumnTable>
  );
}

function UnpaidRow({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const words = useOrderWords();
  const { names } = orderContent(order, language);
  const { domain } = order;
  return (
    <tr>
      <th scope="row" className="column-order">
        <Link
          className="order-number"
          to={PATHS.order}
          params={{ order: order.order }}
          aria-label={t("orders.openFor", { order: order.order })}
        >
          {order.order}
        </Link>
        <span className="soft small">{domain ? words.domainService(domain.service) : words.kind(order)}</span>
      </th>
      <td className="column-content" data-label={t("unpaid.column.content")}>
        <div>
          <span>{names}</span>
          {domain && <span className="soft small">{domain.name}</span>}
        </div>
      </td>
      <td className="column-amount" data-label={t("unpaid.column.amount")}>
        <AmountText order={order} />
      </td>
      <td className="column-hold" data-label={t("unpaid.column.hold")}>
        <div>
          <HeldUntil order={order} />
        </div>
      </td>
      <td className="column-contract">
        <UnpaidCell order={order} />
      </td>
    </tr>
  );
}

/** Until when the order is held: by its contract, or by the one that may be requested now (R8). */
function HeldUntil({ order: { contract, decision, timeZone } }: { order: Order }) {
  const { t } = useTranslation();
  if (contract?.standing === "pending_payment" && contract.holdUntil !== null) {
    return <EndTime at={contract.holdUntil} zone={timeZone} counting />;
  }
  if (contract === null && decision.kind === "issue" && decision.holdUntil !== null) {
    return <EndTime at={decision.holdUntil} zone={timeZone} note={t("unpaid.ifRequestedNow")} />;
  }
  return "—";
}
