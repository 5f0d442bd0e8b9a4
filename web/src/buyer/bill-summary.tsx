import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Bill } from "../api/bills.ts";
import { sessionQuery } from "../api/session.ts";
import { amountText } from "../format/amount.ts";
import { monthText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { FactList } from "../shell/fact-list.tsx";

/** What a contract on a month's bill will say, before it says so: with the amounts of that month (R13). */
export function BillSummary({ bill }: { bill: Bill }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { data: session } = useQuery(sessionQuery);
  const legalName = session?.account?.legalName;
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
