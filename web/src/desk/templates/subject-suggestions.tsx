import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { billsQuery } from "../../api/bills.ts";
import type { CompareSearch } from "../../api/compare-search.ts";
import { ordersQuery } from "../../api/orders.ts";
import { PATHS } from "../../paths.ts";
import { obstacleTo, type TrialSubject, trialOnBill, trialOnOrder } from "./use-trial-subject.ts";

const SUGGESTED = 6;

interface SubjectSuggestionsProps {
  readonly search: CompareSearch;
  readonly onBills: boolean;
}

/** A few of the newest orders or bills that the template draws contracts on. */
export function SubjectSuggestions({ search, onBills }: SubjectSuggestionsProps) {
  const { t } = useTranslation("desk");
  const orders = useQuery({ ...ordersQuery({ view: "all", q: "" }, ""), enabled: !onBills });
  const bills = useQuery({ ...billsQuery(""), enabled: onBills });
  const list = onBills ? bills.data?.items.map(trialOnBill) : orders.data?.items.map(trialOnOrder);
  if (!list) return null;
  const { template, seller } = search;
  const fitting = list.filter(
    (subject) =>
      obstacleTo(subject) === null &&
      (!template || subject.template === template) &&
      (!seller || subject.seller === seller),
  );
  if (fitting.length === 0) {
    return (
      <p className="soft">
        {t("templates.comparing.noneTitle")}
        {" · "}
        {t("templates.comparing.noneText")}
      </p>
    );
  }
  return (
    <div className="suggestions">
      <span className="soft" id="suggestions">
        {t(onBills ? "templates.comparing.billSuggestions" : "templates.comparing.suggestions")}
      </span>
      <ul aria-labelledby="suggestions">
        {fitting.slice(0, SUGGESTED).map((subject) => (
          <li key={subject.name}>
            <Link to={PATHS.compare} search={searchFor(search, subject)} className="order-number">
              {subject.name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The same comparison on another order or bill. */
export function searchFor(
  { order: _order, bill: _bill, ...others }: CompareSearch,
  { kind, name }: Pick<TrialSubject, "kind" | "name">,
): CompareSearch {
  return { ...others, [kind]: name };
}
