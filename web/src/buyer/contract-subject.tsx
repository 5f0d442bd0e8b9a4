import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contract } from "../api/contracts.ts";
import { sessionQuery } from "../api/session.ts";
import { monthText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { OrderLink } from "../shell/thing-links.tsx";

/** What the contract is on: its order, or the bill of a month (R13). */
export function ContractSubject({ contract: { account, order, bill } }: { contract: Contract }) {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const { language } = useLanguage();
  if (order !== null) return <OrderLink order={order} />;
  if (bill === null) return "—";
  const text = t("bills.of", { month: monthText(bill, language) });
  // The seller's people find the bills of an account on its page.
  if (!session?.staff) return <Link to={PATHS.bills}>{text}</Link>;
  return (
    <Link to={PATHS.account} params={{ account }}>
      {text}
    </Link>
  );
}
