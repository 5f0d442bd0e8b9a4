import { sql, type Transaction } from "kysely";
import type { ClaimedKey, RepeatableRequest } from "../application/repeatable-request.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

const KEPT_HOURS = 48;
/** SQLSTATE of a lock that was waited for too long. */
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * The row is the lock: the insert of a second request waits for the transaction that inserted the same key, and a process
 * that dies takes its row with it. It waits for 25 ms only, because it holds a connection meanwhile.
 */
export async function claimKey(database: Transaction<Tables>, request: RepeatableRequest): Promise<ClaimedKey> {
  const { owner, route, key, fingerprint } = request;
  await sql`SET LOCAL lock_timeout = '25ms'`.execute(database);
  try {
    const { numInsertedOrUpdatedRows } = await database
      .insertInto("idempotency_keys")
      .values({ owner, route, key, fingerprint, answer: null })
      .onConflict((conflict) => conflict.columns(["owner", "route", "key"]).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) {
      // What the work itself waits for is its own business.
      await sql`SET LOCAL lock_timeout TO DEFAULT`.execute(database);
      return { kind: "new" };
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === LOCK_NOT_AVAILABLE) return { kind: "running" };
    throw error;
  }
  const first = await database
    .selectFrom("idempotency_keys")
    .select(["fingerprint", "answer"])
    .where("owner", "=", owner)
    .where("route", "=", route)
    .where("key", "=", key)
    .executeTakeFirst();
  // Forgotten between the two statements: another look will find it free.
  if (!first) return { kind: "running" };
  return first.fingerprint === fingerprint ? { kind: "answered", answer: first.answer } : { kind: "other_request" };
}

export async function keepAnswer(
  database: Transaction<Tables>,
  { owner, route, key }: RepeatableRequest,
  answer: unknown,
): Promise<void> {
  await database
    .updateTable("idempotency_keys")
    .set({ answer: JSON.stringify(answer) })
    .where("owner", "=", owner)
    .where("route", "=", route)
    .where("key", "=", key)
    .execute();
}

export async function freeKey(database: Transaction<Tables>, { owner, route, key }: RepeatableRequest): Promise<void> {
  await database
    .deleteFrom("idempotency_keys")
    .where("owner", "=", owner)
    .where("route", "=", route)
    .where("key", "=", key)
    .execute();
}

/** By the database's clock, which also wrote down when the answer was given: nodes' clocks may differ. */
export async function forgetOldAnswers(database: Database, most: number): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom("idempotency_keys")
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("owner", "route", "key"),
        "in",
        selectFrom("idempotency_keys as old")
          .select(["old.owner", "old.route", "old.key"])
          .where("old.created_at", "<", sql<Date>`now() - ${KEPT_HOURS} * interval '1 hour'`)
          .orderBy("old.created_at")
          .limit(most)
          .forUpdate()
          .skipLocked()
          .$asTuple("owner", "route", "key"),
      ),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
