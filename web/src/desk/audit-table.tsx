import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AuditRecord } from "../api/audit.ts";
import { secondText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { ColumnTable } from "../shell/column-table.tsx";
import { TimesNote } from "../shell/times-note.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { ACTION_WORDS } from "./action-words.ts";
import { ACTOR_WORDS, OBJECT_WORDS } from "./audit-words.ts";
import { DetailList } from "./detail-list.tsx";
import { wordFor } from "./words.ts";

const COLUMNS = ["time", "actor", "action", "object", "detail"] as const;

export function AuditTable({ records }: { records: readonly AuditRecord[] }) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const [newest] = records;
  return (
    <>
      <ColumnTable
        className="labelled audit-table"
        caption={t("audit.caption")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`audit.column.${column}`) }))}
      >
        {records.map((record) => (
          <AuditRow key={record.id} record={record} />
        ))}
      </ColumnTable>
      {newest && <TimesNote zone={zone} at={newest.at} />}
    </>
  );
}

function AuditRow({ record }: { record: AuditRecord }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const { at, position, actor, from, action, policyVersion, detail } = record;
  return (
    <tr>
      <th scope="row" className="column-time">
        <time dateTime={at}>{secondText(at, zone, language)}</time>
        <span className="soft small">{t("audit.position", { position })}</span>
      </th>
      <td data-label={t("audit.column.actor")}>
        <div>
          <span className="wrap">{actor.id}</span>
          <span className="soft small">
            {wordFor(ACTOR_WORDS, actor.kind, language)}
            {from !== null && ` · ${t("audit.from_address", { from })}`}
          </span>
        </div>
      </td>
      <td data-label={t("audit.column.action")}>
        <div>
          <span>{wordFor(ACTION_WORDS, action, language)}</span>
          <span className="soft small code wrap">{action}</span>
        </div>
      </td>
      <td data-label={t("audit.column.object")}>
        <AuditObject record={record} />
      </td>
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

/** What it was done to, with the way there where the console has a page for it. */
function AuditObject({ record: { object, account } }: { record: AuditRecord }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  return (
    <div>
      <span className="wrap">
        <ObjectLink {...object} />
      </span>
      <span className="soft small">
        {wordFor(OBJECT_WORDS, object.kind, language)}
        {account !== null && account !== object.id && ` · ${t("audit.ofAccount", { account })}`}
      </span>
    </div>
  );
}

function ObjectLink({ kind, id }: AuditRecord["object"]) {
  switch (kind) {
    case "order":
      return (
        <Link to={PATHS.deskOrder} params={{ order: id }}>
          {id}
        </Link>
      );
    case "contract":
      return (
        <Link className="code" to={PATHS.deskContract} params={{ number: id }}>
          {id}
        </Link>
      );
    case "account":
      return (
        <Link to={PATHS.account} params={{ account: id }}>
          {id}
        </Link>
      );
    case "ticket":
      return (
        <Link className="code" to={PATHS.deskTicket} params={{ ticket: id }}>
          {id}
        </Link>
      );
    default:
      return id;
  }
}
