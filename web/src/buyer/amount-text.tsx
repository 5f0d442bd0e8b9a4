import { useTranslation } from "react-i18next";
import type { Order } from "../api/orders.ts";
import { amountText } from "../format/amount.ts";
import { useLanguage } from "../i18n/use-language.ts";

/** The order's amount; a pay-as-you-go order has none, and a zero would be a lie (R12). */
export function AmountText({ order }: { order: Pick<Order, "billing" | "total" | "currency"> }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (order.billing === "pay_as_you_go") {
    return (
      <span className="amount soft">
        — <span className="small">{t("orders.payAsYouGo")}</span>
      </span>
    );
  }
  return <span className="amount">{amountText(order.total, order.currency, language)}</span>;
}
