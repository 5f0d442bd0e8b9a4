import { type Kysely, sql } from "kysely";
import type { AuditLine, HistorySubject } from "../application/audit-shelf.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import { type EntryRow, lineFromRow } from "./audit-listing.ts";
import type { Tables } from "./tables.ts";

/** The entries of one object, newest first. */
export async function listHistory(
  database: Kysely<Tables>,
  { kind, account, id }: HistorySubject,
  { limit, cursor }: PageRequest,
): Promise<Page<AuditLine>> {
  const before = cursor !== null && /^\d{1,15}$/.test(cursor) ? sql`AND position < ${cursor}::bigint` : sql``;
  const proposals = sql`UNION ALL SELECT 'proposal', proposal_id::text FROM proposals
    WHERE kind = 'void_contract' AND object = ${id} AND account = ${account}`;
  const { rows } = await sql<EntryRow>`
    WITH objects (kind, id) AS (SELECT ${kind}::text, ${id}::text ${kind === "contract" ? proposals : sql``})
    SELECT position, entry_id, at, actor_kind, actor, origin, action, account, object_kind, object_id, policy_version, detail
    FROM objects JOIN audit_entries ON object_id = objects.id AND object_kind = objects.kind
    WHERE account = ${account} AND position IS NOT NULL ${before}
    ORDER BY position DESC LIMIT ${limit + 1}`.execute(database);
  const items = rows.slice(0, limit).map(lineFromRow);
  return { items, next: rows.length > limit ? String(items.at(-1)?.position) : null };
}
