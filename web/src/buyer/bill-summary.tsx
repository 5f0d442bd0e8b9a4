import { useTranslation } from "react-i18next";
import type { Bill } from "../api/bills.ts";
import { amountText } from "../format/amount.ts";
import { monthText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { FactList } from "../shell/fact-list.tsx";
import { useLegalName } from "./use-legal-name.ts";

/** What a contract on a month's bill will say, before it says so: with the amounts of that month (R13). */
export function BillSummary({ bill }: { bill: Bill }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const legalName = useLegalName(bill.account);
  return (
    <FactList
      facts={[
        {
          label: t("request.buyer"),
          value: legalName ?? bill.account,
          ...(legalName && { note: t("request.buyerNote") }),
        },
        { label: t("request.seller"), value: bill.sellerName },
        { label: t("request.bill"), value: monthText(bill.cycle, language) },
        {
          label: t("request.amount"),
          value: amountText(bill.total, bill.currency, language),
          note: t("bills.lines", { count: bill.lines.length }),
        },
      ]}
    />
  );
}
