import type { Transaction } from "kysely";
import type { FirstAnswer } from "../application/ports.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Tables } from "./tables.ts";

/**
 * The insert waits for a running first request under the same key (its row is locked until it commits), so that the
 * second one then finds the answer. A first request that failed has left nothing behind.
 */
export async function claimIdempotencyKey(
  database: Transaction<Tables>,
  account: AccountId,
  key: string,
  fingerprint: string,
): Promise<"new" | "other_request" | FirstAnswer> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("idempotency_keys")
    .values({ account, key, fingerprint, answer: null })
    .onConflict((conflict) => conflict.columns(["account", "key"]).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return "new";
  const first = await database
    .selectFrom("idempotency_keys")
    .select(["fingerprint", "answer"])
    .where("account", "=", account)
    .where("key", "=", key)
    // Found unanswered, it is this request's until the end, so that others made again at once wait for its answer.
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (first.fingerprint !== fingerprint) return "other_request";
  // Not found, or not valid: nothing was done, so the request may be made again.
  return first.answer === null ? "new" : (first.answer as FirstAnswer);
}

export async function rememberAnswer(
  database: Transaction<Tables>,
  account: AccountId,
  key: string,
  answer: FirstAnswer,
): Promise<void> {
  await database
    .updateTable("idempotency_keys")
    .set({ answer: JSON.stringify(answer) })
    .where("account", "=", account)
    .where("key", "=", key)
    .execute();
}
