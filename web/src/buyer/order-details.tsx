import { useTranslation } from "react-i18next";
import type { ExplainedOrder } from "../api/orders.ts";
import { FactList } from "../shell/fact-list.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { Ladder } from "./ladder.tsx";
import { OrderLines } from "./order-lines.tsx";
import { useOrderFacts } from "./use-order-facts.tsx";
import "./order-details.css";

/** Everything about one order: the decision first, then the order itself, then how it was decided. */
export function OrderDetails({ order }: { order: ExplainedOrder }) {
  const { t } = useTranslation();
  return (
    <div className="order-details">
      <DecisionPanel order={order} />
      <FactList facts={useOrderFacts(order)} />
      <section>
        <h3>{t("order.lines")}</h3>
        <OrderLines order={order} />
      </section>
      <Ladder order={order} />
    </div>
  );
}
