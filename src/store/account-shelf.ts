import { type RawBuilder, sql } from "kysely";
import { type AccountShelf, COUNTED_AT_MOST } from "../application/account-shelf.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import type { Database } from "./database.ts";
import { accountsWithPartner, joinedPartner, readAccount } from "./party-queries.ts";
import { accountFromRow } from "./party-records.ts";

/** Accounts as they are looked up and looked at. */
export function openAccountShelf(database: Database): AccountShelf {
  return {
    account: (account) => readAccount(database, account),
    async findAccounts({ account, text }, { limit, cursor }) {
      const from = cursor === null ? null : parseAccountId(cursor);
      let query = accountsWithPartner(database)
        .orderBy("accounts.account")
        .limit(limit + 1);
      if (account) query = query.where("accounts.account", "=", account);
      if (from) query = query.where("accounts.account", ">", from);
      if (text) query = query.where(isFoundBy(text));
      const rows = await query.execute();
      const items = rows.slice(0, limit).map((row) => accountFromRow(row, joinedPartner(row)));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
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

/** Both sides are spelled alike: what is small is for the database to say, which has spelled the columns. */
function isFoundBy(text: string): RawBuilder<boolean> {
  const folded = text.normalize("NFKC");
  const start = sql`lower(${folded})`;
  const part = sql`lower(${`%${folded.replaceAll(/[\\%_]/g, "\\$&")}%`})`;
  return sql`(accounts.searched_id ^@ ${start} OR accounts.searched_number ^@ ${start}
    OR accounts.searched_names LIKE ${part})`;
}
