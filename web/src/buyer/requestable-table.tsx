import { useTranslation } from "react-i18next";
import { MOST_AT_ONCE } from "../api/batch.ts";
import type { Order } from "../api/orders.ts";
import { TimesNote } from "../shell/times-note.tsx";
import { RequestableRow } from "./requestable-row.tsx";

const COLUMNS = ["select", "order", "content", "amount", "placed", "state", "request"] as const;

interface RequestableTableProps {
  readonly orders: readonly Order[];
  readonly selected: readonly Order[];
  /** Null: who looks at it may not request. */
  readonly onSelect: ((selected: readonly Order[]) => void) | null;
}

export function RequestableTable({ orders, selected, onSelect }: RequestableTableProps) {
  const { t } = useTranslation();
  const [first] = orders;
  const oneZone = first && orders.every(({ timeZone }) => timeZone === first.timeZone);
  const selection = new Set(selected.map(({ order }) => order));
  const toggle = (order: Order) =>
    onSelect?.(
      selection.has(order.order) ? selected.filter((each) => each.order !== order.order) : [...selected, order],
    );
  const columns = COLUMNS.filter((column) => onSelect !== null || column !== "select");
  return (
    <>
      <div className="table-card">
        <table className={onSelect ? "table stacking labelled requestable-table" : "table stacking labelled"}>
          <caption className="unseen">{t("requestable.caption")}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className={`column-${column}`}>
                  {column === "select" ? (
                    <span className="unseen">{t("requestable.column.select")}</span>
                  ) : (
                    t(`requestable.column.${column}`)
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <RequestableRow
                key={order.order}
                order={order}
                zoneNamed={!oneZone}
                selected={selection.has(order.order)}
                selectable={selection.has(order.order) || selection.size < MOST_AT_ONCE}
                onToggle={onSelect && (() => toggle(order))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {oneZone && <TimesNote zone={first.timeZone} at={first.placedAt} />}
    </>
  );
}
