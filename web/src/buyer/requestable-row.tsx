import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Order } from "../api/orders.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { EndTime } from "../shell/end-time.tsx";
import { Icon } from "../shell/icon.tsx";
import { AmountText } from "./amount-text.tsx";
import { DecisionCell } from "./decision-cell.tsx";
import { orderContent } from "./order-content.ts";
import { OrderStateTag } from "./order-state-tag.tsx";
import { useOrderWords } from "./use-order-words.ts";

interface RequestableRowProps {
  readonly order: Order;
  readonly zoneNamed: boolean;
  readonly selected: boolean;
  /** False for the others once as many are selected as can be requested at once. */
  readonly selectable: boolean;
  /** Null: nothing can be selected. */
  readonly onToggle: (() => void) | null;
}

export function RequestableRow({ order, zoneNamed, selected, selectable, onToggle }: RequestableRowProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const words = useOrderWords();
  const { names, others } = orderContent(order, language);
  const { domain, placedAt, timeZone } = order;
  return (
    <tr className={selected ? "row-selected" : undefined}>
      {onToggle && (
        <td className="column-select">
          <label className="check-area">
            <input
              type="checkbox"
              className="check-box"
              aria-label={t("batch.selectFor", { order: order.order })}
              checked={selected}
              disabled={!selectable}
              onChange={onToggle}
            />
          </label>
        </td>
      )}
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
      <td className="column-content" data-label={t("requestable.column.content")}>
        <div>
          <span>{names}</span>
          {others > 0 && <span className="soft small">{t("orders.moreLines", { count: order.lines.length })}</span>}
          {domain && <span className="soft small">{domain.name}</span>}
        </div>
      </td>
      <td className="column-amount" data-label={t("requestable.column.amount")}>
        <AmountText order={order} />
      </td>
      <td className="column-placed" data-label={t("requestable.column.placed")}>
        <div>
          <time dateTime={placedAt}>{momentText(placedAt, timeZone, language)}</time>
          {zoneNamed && <span className="soft small">{zoneText(timeZone, placedAt, language)}</span>}
        </div>
      </td>
      <td className="column-state" data-label={t("requestable.column.state")}>
        <div>
          <OrderStateTag state={order.state} />
          <BeforePayment order={order} />
        </div>
      </td>
      <td className="column-request">
        <DecisionCell order={order} />
      </td>
    </tr>
  );
}

/** In short what to know of an order that is not paid: how long it would be held (R8), and that a name can be lost (R17). */
function BeforePayment({ order: { decision, timeZone } }: { order: Order }) {
  const { t } = useTranslation();
  if (decision.kind !== "issue") return null;
  const canBeLost = decision.warnings.some(({ code }) => code === "domain_can_be_lost_until_paid");
  return (
    <>
      {decision.holdUntil !== null && (
        <div className="small held">
          <span className="soft">{t("unpaid.column.hold")}</span>{" "}
          <EndTime at={decision.holdUntil} zone={timeZone} note={t("unpaid.ifRequestedNow")} />
        </div>
      )}
      {canBeLost && (
        <p className="warning-line small">
          <Icon name="warning" size={14} /> {t("requestable.canBeLost")}
        </p>
      )}
    </>
  );
}
