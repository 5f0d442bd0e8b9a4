import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { templatesQuery } from "../../api/templates.ts";
import { wordingsQuery } from "../../api/wordings.ts";
import { PATHS } from "../../paths.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageOf } from "../../shell/use-page-of.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { TemplatesTable } from "./templates-table.tsx";
import { WordingsTable } from "./wordings-table.tsx";
import "./templates.css";

/** What contracts are drawn from, and what each seller says in them. */
export function TemplatesPage() {
  const { t } = useTranslation("desk");
  const { after = "" } = useSearch({ from: "/desk/templates" });
  const templates = useQuery(templatesQuery);
  const wordings = usePageOf(wordingsQuery(after));
  usePageTitle(t("templates.heading"));
  return (
    <>
      <div className="heading-with-action">
        <h1>{t("templates.heading")}</h1>
        <Link to={PATHS.compare} className="pager-link">
          {t("templates.compare")}
        </Link>
      </div>
      <p className="lead">{t("templates.lead")}</p>
      <h2 className="desk-subheading">{t("templates.list.heading")}</h2>
      {templates.isError && <ProblemPanel error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.isPending && <TableSkeleton />}
      {templates.data && <TemplatesTable templates={templates.data} />}
      <h2 className="desk-subheading">{t("templates.sellers.heading")}</h2>
      <PagedList
        list={wordings}
        empty={<EmptyState title={t("templates.sellers.emptyTitle")} text={t("templates.sellers.emptyText")} />}
      >
        {(items) => <WordingsTable wordings={items} />}
      </PagedList>
    </>
  );
}
