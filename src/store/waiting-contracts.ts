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
      takeovers: sql<number>`CASE WHEN at_work THEN takeovers + 1 ELSE takeovers END`,
      at_work: true,
      claimed_until: sql<Date>`now() + ${LEASE_SECONDS} * interval '1 second'`,
    })
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("account", "contract_id"),
        "=",
        selectFrom("contracts as interrupted")
          .select(["interrupted.account", "interrupted.contract_id"])
          .where("interrupted.state", "=", "issuing")
          .where(CLAIMABLE[which])
          .orderBy("interrupted.claimed_until")
          .limit(1)
          .forUpdate()
          .skipLocked()
          .$asTuple("account", "contract_id"),
      ),
    )
    .returning([...CONTRACT_COLUMNS, "contracts.snapshot", "contracts.takeovers", REPLACES.as("replaces_number")])
    .executeTakeFirst();
  const contract = row && contractFromRow(row);
  if (!row || contract?.state !== "issuing") return null;
  const snapshot = JSON.parse(row.snapshot) as ContractSnapshot;
  return { contract, snapshot, snapshotJson: row.snapshot, claim: row.takeovers, claimedAt: null };
}

const RENEWED_SECONDS = 5;
/**
 * Five seconds: whoever works renews it, so that only the dead lose it. What was taken over from the dead five times may be
 * what kills them, and rests for ten seconds then, twenty … up to an hour, so that not everybody dies of it all the time.
 */
const LEASE_SECONDS = sql`CASE WHEN takeovers <= 5 THEN ${RENEWED_SECONDS} ELSE least(power(2, least(takeovers - 5, 10)) * 5, 3600) END`;

const CLAIMABLE = {
  being_sealed: sql<boolean>`interrupted.waiting_for IS NULL AND interrupted.claimed_until < now()`,
  waiting: sql<boolean>`interrupted.waiting_for IS NOT NULL AND interrupted.claimed_until < now()`,
  waiting_early: sql<boolean>`interrupted.waiting_for IS NOT NULL
    AND (interrupted.claimed_until < now() OR NOT interrupted.at_work)`,
} as const satisfies Record<ClaimOrder, unknown>;

export async function renewClaim(database: Database, { contract, claim }: IssuingContract): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("contracts")
    // Never shorter: the long lease of what may be deadly stays.
    .set({
      claimed_until: sql<Date>`greatest(claimed_until, now() + ${RENEWED_SECONDS} * interval '1 second')`,
    })
    .where("account", "=", contract.account)
    .where("contract_id", "=", contract.id)
    .where("state", "=", "issuing")
    .where("takeovers", "=", claim)
    // The work is over, and its failure put down.
    .where("at_work", "=", true)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Five seconds, then ten, twenty … up to an hour: what cannot be finished must not keep others waiting. */
const REST_SECONDS = sql`least(power(2, least(attempts, 10)) * 5, 3600)`;

export async function putOff(database: Database, { contract, claim }: IssuingContract): Promise<void> {
  await database
    .updateTable("contracts")
    .set({
      attempts: sql<number>`attempts + 1`,
      at_work: false,
      claimed_until: sql<Date>`now() + ${REST_SECONDS} * interval '1 second'`,
    })
    .where("account", "=", contract.account)
    .where("contract_id", "=", contract.id)
    .where("state", "=", "issuing")
    .where("takeovers", "=", claim)
    .execute();
}

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
      at_work: false,
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

export async function retrySoon(database: Database, { contract, claim }: IssuingContract): Promise<void> {
  await database
    .updateTable("contracts")
    .set({
      at_work: false,
      // Two to four seconds, at random, so that not all of them come at once.
      claimed_until: sql<Date>`now() + (2 + random() * 2) * interval '1 second'`,
    })
    .where("account", "=", contract.account)
    .where("contract_id", "=", contract.id)
    .where("takeovers", "=", claim)
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
