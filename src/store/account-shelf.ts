import { type RawBuilder, sql } from "kysely";
import { type AccountShelf, COUNTED_AT_MOST } from "../application/account-shelf.ts";
import type { Database } from "./database.ts";
import { readAccount } from "./party-queries.ts";

/** Accounts as they are looked up and looked at. */
export function openAccountShelf(database: Database): AccountShelf {
  return {
    account: (account) => readAccount(database, account),
    async countOfAccount(account, queues) {
      const count = (from: RawBuilder<unknown>) =>
        sql<number>`(SELECT count(*)::integer FROM (SELECT FROM ${from} LIMIT ${COUNTED_AT_MOST}) counted)`;
      const ofQueue = queues === null ? sql`true` : sql`queue = ANY(${[...queues]}::text[])`;
      const { rows } = await sql<{ orders: number; contracts: number; tickets: number }>`SELECT
        ${count(sql`orders WHERE account = ${account}`)} AS orders,
        ${count(sql`contracts WHERE account = ${account}`)} AS contracts,
        ${count(sql`tickets WHERE account = ${account} AND state = 'open' AND ${ofQueue}`)} AS tickets`.execute(
        database,
      );
      const [row] = rows;
      return {
        orders: row?.orders ?? 0,
        contracts: row?.contracts ?? 0,
        openTickets: queues?.length === 0 ? null : (row?.tickets ?? 0),
      };
    },
  };
}
