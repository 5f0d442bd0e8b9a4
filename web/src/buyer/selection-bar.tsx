import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { MOST_AT_ONCE } from "../api/batch.ts";
import type { Order } from "../api/orders.ts";

interface SelectionBarProps {
  /** Those on screen. */
  readonly orders: readonly Order[];
  /** Also those selected on other pages. */
  readonly selected: readonly Order[];
  readonly onSelect: (selected: readonly Order[]) => void;
  readonly onRequest: () => void;
}

/** Selects all orders on screen, as many as can be requested at once, and requests the selected (R23). */
export function SelectionBar({ orders, selected, onSelect, onRequest }: SelectionBarProps) {
  const { t } = useTranslation();
  const here = new Set(orders.map(({ order }) => order));
  const elsewhere = selected.filter(({ order }) => !here.has(order));
  const most = Math.min(orders.length, MOST_AT_ONCE - elsewhere.length);
  const all = selected.length - elsewhere.length >= most;
  const some = selected.length > 0;
  const limit = selected.length >= MOST_AT_ONCE ? ` · ${t("batch.most", { most: MOST_AT_ONCE })}` : "";
  return (
    <div className="selection-bar">
      <label className="selection-all">
        <input
          type="checkbox"
          className="check-box"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = some && !all;
          }}
          onChange={() => onSelect(all ? elsewhere : [...elsewhere, ...orders.slice(0, most)])}
        />
        {t("batch.selectAll")}
      </label>
      <span className="soft" role="status">
        {some && t("batch.selected", { count: selected.length }) + limit}
      </span>
      <Button type={some ? "primary" : "default"} disabled={!some} onClick={onRequest}>
        {t("batch.request")}
      </Button>
    </div>
  );
}
