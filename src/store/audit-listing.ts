import type { Kysely, Selectable } from "kysely";
import type { AuditFilter, AuditLine } from "../application/audit-shelf.ts";
import type { Actor, Page, PageRequest } from "../application/ports.ts";
import { instantOf } from "../domain/time.ts";
import type { Tables } from "./tables.ts";

export async function listAudit(
  database: Kysely<Tables>,
  filter: AuditFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<AuditLine>> {
  let query = filtered(database, filter)
    .orderBy("position", "desc")
    .limit(limit + 1);
  if (cursor !== null && /^\d{1,15}$/.test(cursor)) query = query.where("position", "<", cursor);
  const rows = await query.execute();
  const items = rows.slice(0, limit).map(lineFromRow);
  return { items, next: rows.length > limit ? String(items.at(-1)?.position) : null };
}

export async function auditAfter(
  database: Kysely<Tables>,
  filter: AuditFilter,
  position: number,
  most: number,
): Promise<readonly AuditLine[]> {
  const rows = await filtered(database, filter)
    .where("position", ">", position)
    .orderBy("position")
    .limit(most)
    .execute();
  return rows.map(lineFromRow);
}

function filtered(database: Kysely<Tables>, { account, object, objectKind, action, actor, from, to }: AuditFilter) {
  let query = database
    .selectFrom("audit_entries")
    .select(["position", "entry_id", "at", "actor_kind", "actor", "origin", "action", "account", "object_kind"])
    .select(["object_id", "policy_version", "detail"])
    .where("position", "is not", null);
  if (account) query = query.where("account", "=", account);
  if (object) query = query.where("object_id", "=", object);
  if (objectKind) query = query.where("object_kind", "=", objectKind);
  if (action) query = query.where("action", "=", action);
  if (actor) query = query.where("actor", "=", actor);
  if (from !== null) query = query.where("at", ">=", new Date(from));
  if (to !== null) query = query.where("at", "<", new Date(to));
  return query;
}

export type EntryRow = Pick<
  Selectable<Tables["audit_entries"]>,
  | ("position" | "entry_id" | "at" | "actor_kind" | "actor" | "origin" | "action" | "account" | "object_kind")
  | ("object_id" | "policy_version" | "detail")
>;

export function lineFromRow(row: EntryRow): AuditLine {
  return {
    position: Number(row.position),
    id: row.entry_id,
    at: instantOf(row.at.getTime()),
    actor: { kind: row.actor_kind as Actor["kind"], id: row.actor },
    from: row.origin,
    action: row.action,
    account: row.account,
    object: { kind: row.object_kind, id: row.object_id },
    policyVersion: row.policy_version,
    detail: row.detail as AuditLine["detail"],
  };
}
