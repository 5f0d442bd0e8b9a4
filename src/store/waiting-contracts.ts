import { sql, type Transaction } from "kysely";
import type { IssuingContract } from "../application/ports.ts";
import type { ClaimOrder } from "../application/unfinished-contracts.ts";
import type { UnissuedContract, Waiting } from "../domain/contract.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { CONTRACT_COLUMNS, contractFromRow, REPLACES } from "./contract-record.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Claims by the database's clock, so that nodes whose clocks differ agree on what was left alone. */
export async function claimInterruptedContract(database: Database, which: ClaimOrder): Promise<IssuingContract | null> {
  const row = await database
    .updateTable("contracts")
    .set({
      // Of one that waits, `attempts` are those to get a timestamp; markWaiting counts them.
      attempts: sql<number>`CASE WHEN waiting_for IS NULL THEN attempts + 1 ELSE attempts END`,
      claimed_until: sql<Date>`now() + ${CLAIM_SECONDS} * interval '1 second'`,
    })
    .where(({ eb, selectFrom }) =>
      eb(
        "contract_id",
        "=",
        selectFrom("contracts as interrupted")
          .select("interrupted.contract_id")
          .where("interrupted.state", "=", "issuing")
          .where(CLAIMABLE[which])
          .orderBy("interrupted.claimed_until")
          .limit(1)
          .forUpdate()
          .skipLocked(),
      ),
    )
    .returning([...CONTRACT_COLUMNS, "contracts.snapshot", REPLACES.as("replaces_number")])
    .executeTakeFirst();
  const contract = row && contractFromRow(row);
  if (!row || contract?.state !== "issuing") return null;
  return { contract, snapshot: JSON.parse(row.snapshot) as ContractSnapshot, snapshotJson: row.snapshot };
}

/**
 * Five seconds, then ten, twenty … up to an hour: what cannot be finished must not keep others waiting. One that waits for
 * a timestamp is claimed for a minute, which is more than any pause of theirs: so a claim can be told from a pause.
 */
const CLAIM_SECONDS = sql`CASE WHEN waiting_for IS NULL THEN least(power(2, least(attempts, 10)) * 5, 3600) ELSE 60 END`;

const CLAIMABLE = {
  being_sealed: sql<boolean>`interrupted.waiting_for IS NULL AND interrupted.claimed_until < now()`,
  waiting: sql<boolean>`interrupted.waiting_for IS NOT NULL AND interrupted.claimed_until < now()`,
  waiting_early: sql<boolean>`interrupted.waiting_for IS NOT NULL
    AND interrupted.claimed_until < now() + interval '30 seconds'`,
} as const satisfies Record<ClaimOrder, unknown>;

/**
 * One second, then two, four … up to thirty, each shortened by up to a half at random, so that contracts which began to
 * wait together do not ask together.
 */
const PAUSE_SECONDS = sql`least(power(2, least(attempts, 5)), 30) * (0.5 + random() / 2)`;

export async function markWaiting(
  database: Transaction<Tables>,
  { id, account }: UnissuedContract,
  { what, since, reason }: Waiting,
): Promise<{ readonly began: boolean; readonly since: Instant } | null> {
  const row = await database
    .selectFrom("contracts")
    .select("waiting_since")
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .where("state", "=", "issuing")
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const began = row.waiting_since === null;
  const waitingSince = row.waiting_since ?? new Date(since);
  await database
    .updateTable("contracts")
    .set({
      waiting_for: what,
      waiting_since: waitingSince,
      waiting_reason: reason,
      attempts: began ? 1 : sql<number>`attempts + 1`,
      claimed_until: began
        ? sql<Date>`now() + interval '1 second'`
        : sql<Date>`now() + ${PAUSE_SECONDS} * interval '1 second'`,
    })
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .execute();
  return { began, since: instantOf(waitingSince.getTime()) };
}

export async function retrySoon(database: Database, { id, account }: UnissuedContract): Promise<void> {
  await database
    .updateTable("contracts")
    .set({
      attempts: sql<number>`greatest(attempts - 1, 0)`,
      // Two to four seconds, at random, so that not all of them come at once.
      claimed_until: sql<Date>`now() + (2 + random() * 2) * interval '1 second'`,
    })
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .where("state", "=", "issuing")
    .where("waiting_for", "is", null)
    .execute();
}

export async function waitingForTimestamp(
  database: Database,
): Promise<{ readonly count: number; readonly since: Instant } | null> {
  const { count, since } = await database
    .selectFrom("contracts")
    .select(({ fn }) => [fn.countAll<string>().as("count"), fn.min("waiting_since").as("since")])
    .where("waiting_for", "is not", null)
    .executeTakeFirstOrThrow();
  return since && { count: Number(count), since: instantOf(since.getTime()) };
}
