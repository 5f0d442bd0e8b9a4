import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type WordingStatus, wordingVersionsQuery } from "../../api/wordings.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { TimesNote } from "../../shell/times-note.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { usePageOf } from "../../shell/use-page-of.ts";

const COLUMNS = ["version", "drafted", "published", "at"] as const;

/** What a seller has published, newest first, each with the two persons whose work it is. */
export function VersionsList({ status: { seller } }: { status: WordingStatus }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const { after = "" } = useSearch({ from: "/desk/templates/wording/$seller" });
  const versions = usePageOf(wordingVersionsQuery(seller, after));
  return (
    <PagedList
      list={versions}
      empty={<EmptyState title={t("templates.page.noVersions.title")} text={t("templates.page.noVersions.text")} />}
    >
      {(items) => (
        <>
          <div className="table-card">
            <table className="table stacking labelled">
              <caption className="unseen">{t("templates.page.versionsCaption")}</caption>
              <thead>
                <tr>
                  {COLUMNS.map((column) => (
                    <th key={column} scope="col">
                      {t(`templates.page.column.${column}`)}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="unseen">{t("templates.list.action")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ version, draftedBy, publishedBy, publishedAt }) => (
                  <tr key={version}>
                    <th scope="row">{t("templates.sellers.version", { version })}</th>
                    <td data-label={t("templates.page.column.drafted")} className="wrap">
                      {draftedBy}
                    </td>
                    <td data-label={t("templates.page.column.published")} className="wrap">
                      {publishedBy}
                    </td>
                    <td data-label={t("templates.page.column.at")}>
                      <time dateTime={publishedAt}>{momentText(publishedAt, zone, language)}</time>
                    </td>
                    <td className="column-action">
                      <Link
                        to={PATHS.compare}
                        search={{ seller, left: `${version}`, right: "in_force" }}
                        aria-label={t("templates.page.compareWith", { version })}
                      >
                        {t("templates.compare")}
                      </Link>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {items[0] && <TimesNote zone={zone} at={items[0].publishedAt} />}
        </>
      )}
    </PagedList>
  );
}
