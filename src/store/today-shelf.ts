import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Backlog, EndingHold, RefusalCount, TodayShelf, UnsealedContract } from "../application/today-shelf.ts";
import type { AccountId, ContractNumber, OrderId, SellerId } from "../domain/identifiers.ts";
import type { ProposalKind } from "../domain/proposal.ts";
import type { TicketId } from "../domain/ticket.ts";
import { type Instant, instantOf, type TimeZone } from "../domain/time.ts";
import { timestampFaultOf } from "../domain/timestamp-fault.ts";
import { houseZone } from "./party-queries.ts";
import type { Tables } from "./tables.ts";

/** What waits at the desk. Counts are taken from partial indexes, so that what is settled costs nothing. */
export function openTodayShelf(database: Kysely<Tables>): TodayShelf {
  return {
    houseZone: () => houseZone(database),
    async waitingTickets(queue) {
      const open = await database
        .selectFrom("tickets")
        .select(sql<number>`count(*)::integer`.as("open"))
        .where("state", "=", "open")
        .where("queue", "=", queue)
        .executeTakeFirstOrThrow();
      const oldest = await database
        .selectFrom("tickets")
        .select(["ticket_id", "order_id", "opened_at"])
        .where("state", "=", "open")
        .where("queue", "=", queue)
        .orderBy("opened_at")
        .limit(1)
        .executeTakeFirst();
      return {
        ...open,
        oldest: oldest
          ? {
              ticket: oldest.ticket_id as TicketId,
              order: oldest.order_id as OrderId,
              openedAt: instantOf(oldest.opened_at.getTime()),
            }
          : null,
      };
    },
    endingHolds: (from, until, most) => endingHolds(database, from, until, most),
    refusalsOf: (first, last) => countRefusals(database, first, last),
    stuckContracts: (before, most) =>
      unsealed(
        database,
        sql`state = 'issuing' AND waiting_for IS NULL AND requested_at < ${new Date(before)}`,
        sql`requested_at`,
        most,
      ),
    contractsWaitingForTimestamp: (most) => unsealed(database, sql`waiting_for IS NOT NULL`, sql`waiting_since`, most),
    async openProposals() {
      const rows = await database
        .selectFrom("proposals")
        .select(({ fn }) => ["kind", "proposed_by", fn.min("proposed_at").as("since")])
        .select(sql<number>`count(*)::integer`.as("count"))
        .where("state", "=", "open")
        .groupBy(["kind", "proposed_by"])
        .execute();
      return rows.map(({ kind, proposed_by, count, since }) => ({
        kind: kind as ProposalKind,
        proposedBy: proposed_by,
        count,
        since: instantOf(since.getTime()),
      }));
    },
  };
}

interface HoldRow {
  readonly order_id: OrderId;
  readonly account: AccountId;
  readonly buyer: string | null;
  readonly number: ContractNumber;
  readonly hold_until: Date;
  readonly time_zone: TimeZone;
}

async function endingHolds(
  database: Kysely<Tables>,
  from: Instant,
  until: Instant,
  most: number,
): Promise<Backlog<EndingHold>> {
  const within = sql`hold_until > ${new Date(from)} AND hold_until <= ${new Date(until)}`;
  const { rows: counted } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM open_holds WHERE ${within}`.execute(database);
  const { rows } = await sql<HoldRow>`SELECT order_id, next.account, identity ->> 'legalName' AS buyer, number,
      next.hold_until, time_zone
    FROM (SELECT account, contract_id, hold_until FROM open_holds WHERE ${within} ORDER BY hold_until LIMIT ${most}) next
    JOIN contracts USING (account, contract_id)
    JOIN accounts USING (account)
    JOIN sellers USING (seller)
    ORDER BY next.hold_until, number`.execute(database);
  const first = rows.map(({ order_id: order, account, buyer, number: contract, hold_until, time_zone: timeZone }) => ({
    ...{ order, account, buyer, contract, timeZone },
    until: instantOf(hold_until.getTime()),
  }));
  return { count: counted[0]?.count ?? 0, first };
}

/** Day by day, because each is then counted from the index, and all at once would be sorted. */
async function countRefusals(database: Kysely<Tables>, first: string, last: string): Promise<readonly RefusalCount[]> {
  const { rows } = await sql<RefusalCount>`SELECT days.day::date::text AS day, code, count
    FROM generate_series(${first}::date, ${last}::date, interval '1 day') AS days (day)
    CROSS JOIN LATERAL (SELECT code, count(*)::integer AS count FROM refusals
      WHERE refusals.day = days.day::date GROUP BY code) counted
    ORDER BY days.day, code`.execute(database);
  return rows;
}

interface UnsealedRow {
  readonly number: ContractNumber;
  readonly order_id: OrderId | null;
  readonly account: AccountId;
  readonly seller: SellerId;
  readonly since: Date;
  readonly waiting_reason: string | null;
}

async function unsealed(
  database: Kysely<Tables>,
  which: RawBuilder<unknown>,
  since: RawBuilder<unknown>,
  most: number,
): Promise<Backlog<UnsealedContract>> {
  const { rows: counted } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM contracts WHERE ${which}`.execute(database);
  const { rows } = await sql<UnsealedRow>`
    SELECT number, order_id, account, seller, ${since} AS since, waiting_reason FROM contracts WHERE ${which}
    ORDER BY ${since} LIMIT ${most}`.execute(database);
  const first = rows.map(({ number: contract, order_id: order, account, seller, since: at, waiting_reason }) => ({
    ...{ contract, order, account, seller },
    since: instantOf(at.getTime()),
    reason: waiting_reason === null ? null : timestampFaultOf(waiting_reason),
  }));
  return { count: counted[0]?.count ?? 0, first };
}
