import { useTranslation } from "react-i18next";
import type { ExplainedOrder } from "../api/orders.ts";
import { momentText, termText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import type { Fact } from "../shell/fact-list.tsx";
import { AmountText } from "./amount-text.tsx";
import { OrderStateTag } from "./order-state-tag.tsx";
import { useOrderWords } from "./use-order-words.ts";

/** What there is to know of an order, but for its lines and its decision. */
export function useOrderFacts(order: ExplainedOrder): Fact[] {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const words = useOrderWords();
  const { timeZone, term, placedAt, paidAt, domain } = order;
  const seller = order.sellerName ?? t("order.sellerUnknown");
  return [
    {
      label: t("orders.column.state"),
      value: <OrderStateTag state={order.state} />,
      ...(paidAt !== null && { note: momentText(paidAt, timeZone, language) }),
    },
    { label: t("order.kind"), value: words.kind(order) },
    {
      label: t("order.total"),
      value: <AmountText order={order} />,
      ...(order.billing === "pay_as_you_go" && { note: t("order.byUsage") }),
    },
    {
      label: t("order.seller"),
      value: order.channel === "marketplace" ? t("order.marketplace", { seller }) : seller,
    },
    {
      label: t("order.placed"),
      value: momentText(placedAt, timeZone, language),
      note: zoneText(timeZone, placedAt, language),
    },
    {
      label: t("order.term"),
      value: term ? termText(term, timeZone, language, t("order.noEnd")) : t("order.noTerm"),
    },
    ...(domain ? [{ label: t("order.domain"), value: domain.name, note: words.domainService(domain.service) }] : []),
  ];
}
