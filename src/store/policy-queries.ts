import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { PolicyDraft, PolicyOrigin, PublishedPolicy } from "../application/policy-books.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import { DEFAULT_POLICY, type Policy, type PolicyBody } from "../domain/policy.ts";
import { instantOf } from "../domain/time.ts";
import type { Tables } from "./tables.ts";

export async function currentPolicy(database: Kysely<Tables>): Promise<Policy> {
  const row = await database
    .selectFrom("policies")
    .select(["version", "body"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Error("no policy is published: the database was not prepared");
  return policyFromRow(row);
}

export async function policyOfVersion(database: Kysely<Tables>, version: number): Promise<Policy | null> {
  const row = await database
    .selectFrom("policies")
    .select(["version", "body"])
    .where("version", "=", version)
    .executeTakeFirst();
  return row ? policyFromRow(row) : null;
}

export async function publishedPolicy(database: Kysely<Tables>, version: number): Promise<PublishedPolicy | null> {
  const row = await database.selectFrom("policies").selectAll().where("version", "=", version).executeTakeFirst();
  return row ? publishedFromRow(row) : null;
}

export async function listPolicies(
  database: Kysely<Tables>,
  { limit, cursor }: PageRequest,
): Promise<Page<PublishedPolicy>> {
  let query = database
    .selectFrom("policies")
    .selectAll()
    .orderBy("version", "desc")
    .limit(limit + 1);
  if (cursor !== null && /^\d{1,9}$/.test(cursor)) query = query.where("version", "<", Number(cursor));
  const items = (await query.execute()).map(publishedFromRow);
  const shown = items.slice(0, limit);
  return { items: shown, next: items.length > limit ? String(shown.at(-1)?.policy.version) : null };
}

function publishedFromRow(row: Selectable<Tables["policies"]>): PublishedPolicy {
  return {
    policy: policyFromRow(row),
    origin: row.origin as PublishedPolicy["origin"],
    draftedBy: row.drafted_by,
    publishedBy: row.published_by,
    publishedAt: instantOf(row.published_at.getTime()),
  };
}

/** Versions of earlier releases knew fewer settings; what they did not name was as it is by default. */
function policyFromRow({ version, body }: { version: number; body: unknown }): Policy {
  return { ...bodyFromJson(body), version };
}

function bodyFromJson(body: unknown): PolicyBody {
  const { version: _version, voidAlone: _voidAlone, ...defaults } = DEFAULT_POLICY;
  const { holdDays, ...settings } = body as Partial<PolicyBody> & { holdDays?: number };
  const hold = holdDays === undefined ? {} : { hold: { start: "request", count: "days", days: holdDays } as const };
  // Under versions that did not know of it, one person voided alone.
  return { ...defaults, voidAlone: null, ...hold, ...settings };
}

/** One row for all: whoever holds it is the only one to publish. */
export async function lockPolicy(database: Transaction<Tables>): Promise<Policy> {
  await lockSetting(database, "policy_lock");
  return currentPolicy(database);
}

/** Whoever else locks the same name waits until this transaction ends. */
export async function lockSetting(database: Transaction<Tables>, name: string): Promise<void> {
  await database
    .insertInto("settings")
    .values({ name, value: "" })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: sql<string>`excluded.value` }))
    .execute();
}

export async function publishPolicy(
  database: Transaction<Tables>,
  { version, ...body }: Policy,
  origin: PolicyOrigin,
): Promise<void> {
  const drafted_by = origin.origin === "draft" ? origin.draft.draftedBy : null;
  await database
    .insertInto("policies")
    .values({
      version,
      body: JSON.stringify(body),
      origin: origin.origin,
      drafted_by,
      published_by: origin.publishedBy,
    })
    .execute();
  if (origin.origin === "draft") {
    await database
      .updateTable("policy_drafts")
      .set({ state: "published" })
      .where("draft_id", "=", origin.draft.id)
      .execute();
  }
}

export async function openDraft(database: Kysely<Tables>): Promise<PolicyDraft | null> {
  const row = await database.selectFrom("policy_drafts").selectAll().where("state", "=", "open").executeTakeFirst();
  if (!row) return null;
  return {
    id: row.draft_id,
    basedOn: row.based_on,
    body: bodyFromJson(row.body),
    draftedBy: row.drafted_by,
    draftedAt: instantOf(row.drafted_at.getTime()),
  };
}

export async function saveDraft(database: Transaction<Tables>, draft: PolicyDraft): Promise<void> {
  await withdrawDraft(database);
  await database
    .insertInto("policy_drafts")
    .values({
      draft_id: draft.id,
      based_on: draft.basedOn,
      body: JSON.stringify(draft.body),
      drafted_by: draft.draftedBy,
      drafted_at: new Date(draft.draftedAt),
      state: "open",
    })
    .execute();
}

export async function withdrawDraft(database: Transaction<Tables>): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("policy_drafts")
    .set({ state: "withdrawn" })
    .where("state", "=", "open")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
