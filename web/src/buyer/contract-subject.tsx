import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contract } from "../api/contracts.ts";
import { monthText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";

/** What the contract is on: its order, or the bill of a month (R13). */
export function ContractSubject({ contract: { order, bill } }: { contract: Pick<Contract, "order" | "bill"> }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (order !== null) {
    return (
      <Link className="order-number" to={PATHS.order} params={{ order }}>
        {order}
      </Link>
    );
  }
  if (bill !== null) return <Link to={PATHS.bills}>{t("bills.of", { month: monthText(bill, language) })}</Link>;
  return "—";
}
