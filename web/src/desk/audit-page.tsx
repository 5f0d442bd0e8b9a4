import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { auditQuery, instantsOf } from "../api/audit.ts";
import { auditFiltersOf } from "../api/audit-filters.ts";
import { auditExportUrl } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { usePageOf } from "../shell/use-page-of.ts";
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
  const search = useSearch({ from: "/desk/audit" });
  const filters = auditFiltersOf(search);
  const asked = instantsOf(filters, useHouseZone());
  const records = usePageOf(auditQuery(asked, search.after ?? ""));
  usePageTitle(t("audit.heading"));
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
            href={auditExportUrl(format, asked)}
            download
            aria-label={t("audit.exportFor", { format: name })}
          >
            <Icon name="download" size={15} /> {name}
          </a>
        ))}
      </p>
      <PagedList
        list={records}
        empty={<EmptyState icon="search" title={t("audit.emptyTitle")} text={t("audit.emptyText")} />}
      >
        {(items) => <AuditTable records={items} />}
      </PagedList>
    </>
  );
}
