import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type HistoryEntry, type HistorySubject, historyQuery } from "../api/history.ts";
import { secondText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { ColumnTable } from "../shell/column-table.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { TimesNote } from "../shell/times-note.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { usePageOf } from "../shell/use-page-of.ts";
import { ACTION_WORDS } from "./action-words.ts";
import { ACTOR_WORDS } from "./audit-words.ts";
import { DetailList } from "./detail-list.tsx";
import { wordFor } from "./words.ts";

const COLUMNS = ["time", "actor", "action", "detail"] as const;

/** What happened to an order or a contract: when, by whom, what; newest first. */
export function HistoryList({ subject }: { subject: HistorySubject }) {
  const { t } = useTranslation("desk");
  const { historyAfter = "" } = useSearch({ strict: false });
  const history = usePageOf(historyQuery(subject, historyAfter));
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="desk-subheading">
        {t("history.heading")}
      </h2>
      <PagedList list={history} param="historyAfter" empty={<p className="soft">{t("history.empty")}</p>}>
        {(entries) => <HistoryTable entries={entries} />}
      </PagedList>
    </section>
  );
}

function HistoryTable({ entries }: { entries: readonly HistoryEntry[] }) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const [newest] = entries;
  return (
    <>
      <ColumnTable
        className="labelled history-table"
        caption={t("history.heading")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`audit.column.${column}`) }))}
      >
        {entries.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} />
        ))}
      </ColumnTable>
      {newest && <TimesNote zone={zone} at={newest.at} />}
    </>
  );
}

function HistoryRow({ entry: { at, actor, action, policyVersion, detail } }: { entry: HistoryEntry }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  return (
    <tr>
      <th scope="row" className="column-time">
        <time dateTime={at}>{secondText(at, zone, language)}</time>
      </th>
      <td data-label={t("audit.column.actor")}>
        <div>
          <span className="wrap">{actor.id}</span>
          <span className="soft small">{wordFor(ACTOR_WORDS, actor.kind, language)}</span>
        </div>
      </td>
      <td data-label={t("audit.column.action")}>{wordFor(ACTION_WORDS, action, language)}</td>
      <td data-label={t("audit.column.detail")} className="column-detail">
        <div>
          <DetailList detail={detail} />
          {policyVersion !== null && (
            <span className="soft small">{t("audit.policy", { version: policyVersion })}</span>
          )}
        </div>
      </td>
    </tr>
  );
}
