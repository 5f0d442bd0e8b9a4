import { createHash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { ChainKeys } from "../application/chain-keys.ts";
import { ADOPTED } from "../application/finding-list.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { writeEntries } from "./audit-entries.ts";
import type { Database } from "./database.ts";
import { everyObject, STATED_KINDS } from "./object-states.ts";
import type { Tables } from "./tables.ts";

/**
 * Once in the life of a database: writes down what every object is that was there before entries of the audit said so, and
 * binds the list to the chain by one entry. Objects of a new database are the default policy and catalogue.
 */
export async function adoptObjects(database: Database, keys: ChainKeys): Promise<void> {
  const { has_adopted } = await database.selectFrom("audit_head").select("has_adopted").executeTakeFirstOrThrow();
  if (has_adopted) return;
  await database.transaction().execute(async (transaction) => {
    const head = await transaction.selectFrom("audit_head").select("has_adopted").forUpdate().executeTakeFirstOrThrow();
    if (head.has_adopted) return;
    for (const kind of STATED_KINDS) {
      await sql`INSERT INTO audit_adopted (object_kind, account, object_id, object_state)
        SELECT ${kind}, account, object_id, state FROM (${everyObject(kind)}) objects`.execute(transaction);
    }
    await transaction.updateTable("audit_head").set({ has_adopted: true }).execute();
    const { objects, sha256 } = await hashOfAdopted(transaction);
    if (objects === 0) return;
    const entry = { action: ADOPTED, objectKind: "audit", objectId: "adopted", account: null, policyVersion: null };
    const actor = { kind: "system", id: "adopt-objects" } as const;
    await writeEntries(transaction, [{ ...entry, at: now(), actor, detail: { objects, sha256 } }], keys);
  });
}

/** In the order of kind, account and id by their bytes; a line each. */
export async function hashOfAdopted(
  database: Transaction<Tables>,
): Promise<{ readonly objects: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let objects = 0;
  const order = sql`object_kind COLLATE "C", coalesce(account, '') COLLATE "C", object_id COLLATE "C"`;
  await sql`DECLARE adopted NO SCROLL CURSOR FOR
    SELECT jsonb_build_array(object_kind, account, object_id, object_state)::text AS line
    FROM audit_adopted ORDER BY ${order}`.execute(database);
  for (;;) {
    const { rows } = await sql<{ line: string }>`FETCH 1000 FROM adopted`.execute(database);
    for (const { line } of rows) hash.update(`${line}\n`);
    objects += rows.length;
    if (rows.length === 0) break;
  }
  await sql`CLOSE adopted`.execute(database);
  return { objects, sha256: hash.digest("hex") };
}

function now(): Instant {
  return instantOf(Date.now());
}
