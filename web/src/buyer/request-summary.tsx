import { useTranslation } from "react-i18next";
import type { ExplainedOrder, Issue } from "../api/orders.ts";
import { amountText } from "../format/amount.ts";
import { endText, termText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { type Fact, FactList } from "../shell/fact-list.tsx";
import { orderContent } from "./order-content.ts";
import { useLegalName } from "./use-legal-name.ts";

/** What the contract will say, before it says so. */
export function RequestSummary({ order, issue }: { order: ExplainedOrder; issue: Issue }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const legalName = useLegalName(order.account);
  const { timeZone, term } = order;
  const { names } = orderContent(order, language);
  const facts: Fact[] = [
    {
      label: t("request.buyer"),
      value: legalName ?? order.account,
      ...(legalName && { note: t("request.buyerNote") }),
    },
    { label: t("request.seller"), value: order.sellerName ?? t("order.sellerUnknown") },
    { label: t("request.order"), value: order.order, note: names },
    {
      label: t("request.amount"),
      value: issue.amountShown ? amountText(order.total, order.currency, language) : t("request.amountHidden"),
    },
    {
      label: t("request.term"),
      value: term ? termText(term, timeZone, language, t("order.noEnd")) : t("order.noTerm"),
      ...(term && { note: zoneText(timeZone, term.startsAt, language) }),
    },
  ];
  if (issue.holdUntil !== null) {
    const zone = zoneText(timeZone, issue.holdUntil, language);
    const value = endText(issue.holdUntil, timeZone, language);
    facts.push({ label: t("request.hold"), value, note: `${zone} · ${t("request.holdNote")}` });
  }
  return <FactList facts={facts} />;
}
