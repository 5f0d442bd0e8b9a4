import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type PublishedPolicy, policyVersionsQuery } from "../../api/policy.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { TimesNote } from "../../shell/times-note.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { usePageOf } from "../../shell/use-page-of.ts";
import { useActorText } from "../use-actor-text.ts";

const COLUMNS = ["version", "draftedBy", "publishedBy", "publishedAt"] as const;

/** Every version that was ever in force, newest first. */
export function VersionsPart() {
  const { t } = useTranslation("desk");
  const { after = "" } = useSearch({ from: "/desk/policy" });
  const versions = usePageOf(policyVersionsQuery(after));
  return (
    <section aria-labelledby="policy-versions">
      <h2 id="policy-versions" className="desk-subheading">
        {t("policy.versions")}
      </h2>
      <PagedList
        list={versions}
        empty={<EmptyState title={t("policy.noVersions")} text={t("policy.noVersionsText")} />}
      >
        {(items) => <VersionsTable versions={items} />}
      </PagedList>
    </section>
  );
}

function VersionsTable({ versions }: { versions: readonly PublishedPolicy[] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const actorText = useActorText();
  return (
    <>
      <ColumnTable
        className="labelled"
        caption={t("policy.versions")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`policy.${column}`) }))}
      >
        {versions.map(({ version, origin, draftedBy, publishedBy, publishedAt }) => (
          <tr key={version}>
            <th scope="row">
              <Link className="entry-link" to={PATHS.policyVersion} params={{ version: String(version) }}>
                {t("policy.versionName", { version })}
              </Link>
              {origin !== "draft" && <span className="soft small">{t(`policy.origin.${origin}`)}</span>}
            </th>
            <td data-label={t("policy.draftedBy")}>
              <span className="wrap">{draftedBy ?? "—"}</span>
            </td>
            <td data-label={t("policy.publishedBy")}>
              <span className="wrap">{origin === "default" ? "—" : actorText(publishedBy)}</span>
            </td>
            <td data-label={t("policy.publishedAt")}>
              <time dateTime={publishedAt}>{momentText(publishedAt, zone, language)}</time>
            </td>
          </tr>
        ))}
      </ColumnTable>
      <TimesNote zone={zone} />
    </>
  );
}
