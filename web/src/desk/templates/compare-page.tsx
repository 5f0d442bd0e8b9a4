import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CompareSearch } from "../../api/compare-search.ts";
import { templatesQuery } from "../../api/templates.ts";
import { wordingStatusQuery } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { type Fact, FactList } from "../../shell/fact-list.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { SubjectForm } from "./subject-form.tsx";
import { TwoWordings } from "./two-wordings.tsx";
import { obstacleTo, type TrialSubject, useTrialSubject } from "./use-trial-subject.ts";
import "./templates.css";

/** One order's contract in two wordings of its seller, side by side; what is compared lives in the address. */
export function ComparePage() {
  const { t } = useTranslation("desk");
  const search = useSearch({ from: "/desk/templates/compare" });
  const { subject, error, isPending } = useTrialSubject(search);
  usePageTitle(t("templates.comparing.heading"));
  return (
    <>
      <p className="small back-line">
        <Link to={PATHS.templates}>{t("templates.page.back")}</Link>
      </p>
      <h1>{t("templates.comparing.heading")}</h1>
      <p className="lead">{t("templates.comparing.lead")}</p>
      <SubjectForm search={search} />
      {error && <ProblemPanel error={error} />}
      {isPending && <TableSkeleton />}
      {subject && <Trial subject={subject} search={search} />}
    </>
  );
}

function Trial({ subject, search }: { subject: TrialSubject; search: CompareSearch }) {
  const { t } = useTranslation("desk");
  const { seller } = subject;
  const status = useQuery({ ...wordingStatusQuery(seller ?? ""), enabled: seller !== null });
  const obstacle = obstacleTo(subject);
  return (
    <>
      <section
        className="card chosen-subject"
        aria-label={t(subject.kind === "bill" ? "templates.comparing.chosenBill" : "templates.comparing.chosen")}
      >
        <FactList facts={useSubjectFacts(subject)} />
        {obstacle !== null && (
          <p className="field-fault" role="status">
            {t("templates.comparing.cannot", { sentence: obstacle })}
          </p>
        )}
        {obstacle === null && seller === null && (
          <p className="field-fault" role="status">
            {t("templates.comparing.noSeller")}
          </p>
        )}
      </section>
      {status.error && <ProblemPanel error={status.error} onRetry={() => void status.refetch()} />}
      {obstacle === null && status.data && <TwoWordings subject={subject} status={status.data} search={search} />}
    </>
  );
}

function useSubjectFacts({ kind, name, seller, sellerName, template }: TrialSubject): Fact[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { data: templates = [] } = useQuery(templatesQuery);
  const title = templates.find((each) => each.name === template)?.title[language];
  return [
    {
      label: t(kind === "bill" ? "templates.comparing.chosenBill" : "templates.comparing.chosen"),
      value:
        kind === "bill" ? (
          name
        ) : (
          <Link to={PATHS.deskOrder} params={{ order: name }} className="order-number">
            {name}
          </Link>
        ),
    },
    { label: t("templates.sellers.column.seller"), value: sellerName ?? seller ?? "–" },
    { label: t("templates.comparing.template"), value: title ?? template, note: template },
  ];
}
