import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { auditQuery, instantsOf } from "../api/audit.ts";
import { auditExportUrl } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { AuditFilterForm } from "./audit-filter-form.tsx";
import { AuditTable } from "./audit-table.tsx";

const EXPORTS = [
  ["csv", "CSV"],
  ["ndjson", "NDJSON"],
] as const;

/** Who did what, newest first; what is asked for lives in the address, and goes along into an export. */
export function AuditPage() {
  const { t } = useTranslation("desk");
  const filters = useSearch({ from: "/desk/audit" });
  const records = useInfiniteQuery(auditQuery(filters));
  usePageTitle(t("audit.heading"));
  const items = records.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("audit.heading")}</h1>
      <p className="lead">{t("audit.lead")}</p>
      <AuditFilterForm key={JSON.stringify(filters)} filters={filters} />
      <p className="export-links">
        <span className="soft">{t("audit.export")}</span>
        {EXPORTS.map(([format, name]) => (
          <a
            key={format}
            href={auditExportUrl(format, instantsOf(filters))}
            download
            aria-label={t("audit.exportFor", { format: name })}
          >
            <Icon name="download" size={15} /> {name}
          </a>
        ))}
      </p>
      {records.isError && <ProblemPanel error={records.error} onRetry={() => void records.refetch()} />}
      {records.isPending && <TableSkeleton />}
      {records.isSuccess && items.length > 0 && <AuditTable records={items} />}
      {records.isSuccess && items.length === 0 && (
        <EmptyState icon="search" title={t("audit.emptyTitle")} text={t("audit.emptyText")} />
      )}
      <LoadMore list={records} />
    </>
  );
}
