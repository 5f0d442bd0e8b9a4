import { sql } from "kysely";
import type { ContractFilter, ContractWithOrder, OrderWithFacts } from "../application/listed.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import type { AccountId, ContractNumber, OrderId } from "../domain/identifiers.ts";
import type { Account } from "../domain/parties.ts";
import type { TimeZone } from "../domain/time.ts";
import { type ArchiveRowJson, archiveFromRow, NEWEST_ARCHIVE } from "./archive-queries.ts";
import { CONTRACT_COLUMNS, type ContractRow, contractFromRow, REPLACES } from "./contract-record.ts";
import { contractIsAsked } from "./contract-search.ts";
import { CONTRACT_KEY, decodeCursor, encodeCursor } from "./cursor.ts";
import type { Database } from "./database.ts";
import { CONTRACT_ROW, NOT_REPLACED, SELLER_ROW, withDates } from "./joined-rows.ts";
import { ORDER_TEXT, orderFromJson } from "./order-record.ts";
import { joinedPartner } from "./party-queries.ts";
import { accountFromRow, sellerFromRow } from "./party-records.ts";

/** Orders with account, partner, seller and contract in one round trip. */
export function ordersWithFacts(database: Database) {
  return database
    .selectFrom("orders")
    .innerJoin("accounts", "accounts.account", "orders.account")
    .leftJoin("partners", "partners.partner", "accounts.partner")
    .leftJoin("sellers", (join) => join.on(SELLER_OF_ORDER))
    .leftJoin("contracts", (join) =>
      join
        .onRef("contracts.account", "=", "orders.account")
        .onRef("contracts.order_id", "=", "orders.order_id")
        .on(NOT_REPLACED),
    )
    .select(["orders.account", "orders.order_id", "orders.placed_at", ORDER_TEXT.as("text"), "accounts.identity"])
    .select(["partners.partner", "partners.kind", "partners.name", "partners.contact"])
    .select([SELLER_ROW.as("seller_row"), CONTRACT_ROW.as("contract_row")]);
}

/** By id, or by legal name where the order's source knows nothing else. */
const SELLER_OF_ORDER = sql<boolean>`(sellers.seller = orders.seller
  OR (orders.seller IS NULL AND sellers.legal_name_zh = orders.seller_name))`;

type FactsRow = Awaited<ReturnType<ReturnType<typeof ordersWithFacts>["execute"]>>[number];

export function fromFactsRow(row: FactsRow): OrderWithFacts {
  return {
    order: orderFromJson(row.text),
    account: accountFromRow(row, joinedPartner(row)),
    seller: row.seller_row && sellerFromRow(row.seller_row),
    contract: row.contract_row && contractFromRow(withDates(row.contract_row)),
  };
}

export async function orderWithFacts(
  database: Database,
  account: AccountId,
  order: OrderId,
): Promise<OrderWithFacts | null> {
  const row = await ordersWithFacts(database)
    .where("orders.account", "=", account)
    .where("orders.order_id", "=", order)
    .executeTakeFirst();
  return row ? fromFactsRow(row) : null;
}

function contractsWithOrders(database: Database) {
  return database
    .selectFrom("contracts")
    .leftJoin("orders", (join) =>
      join.onRef("orders.account", "=", "contracts.account").onRef("orders.order_id", "=", "contracts.order_id"),
    )
    .innerJoin("sellers", "sellers.seller", "contracts.seller")
    .select(CONTRACT_COLUMNS)
    .select([sql<string | null>`orders.body::text`.as("text"), REPLACES.as("replaces_number"), "sellers.time_zone"])
    .select(NEWEST_ARCHIVE.as("archive"));
}

function contractWithOrderFromRow(
  row: ContractRow & { text: string | null; time_zone: string; archive: ArchiveRowJson | null },
): ContractWithOrder {
  return {
    contract: contractFromRow(row),
    order: row.text === null ? null : orderFromJson(row.text),
    timeZone: row.time_zone as TimeZone,
    archive: archiveFromRow(row.archive),
  };
}

export async function contractWithOrder(database: Database, number: ContractNumber): Promise<ContractWithOrder | null> {
  const row = await contractsWithOrders(database)
    .innerJoin("contract_numbers", (join) =>
      join
        .onRef("contract_numbers.account", "=", "contracts.account")
        .onRef("contract_numbers.contract_id", "=", "contracts.contract_id"),
    )
    .where("contract_numbers.number", "=", number)
    .executeTakeFirst();
  return row ? contractWithOrderFromRow(row) : null;
}

export async function listContracts(
  database: Database,
  filter: ContractFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<ContractWithOrder>> {
  const from = decodeCursor(cursor, CONTRACT_KEY);
  let query = contractsWithOrders(database)
    .where(contractIsAsked(filter))
    .orderBy("contracts.requested_at", "desc")
    .orderBy("contracts.contract_id", "desc")
    .limit(limit + 1);
  if (from) {
    query = query.where(
      sql<boolean>`(contracts.requested_at, contracts.contract_id) < (${from.at}, ${from.key}::uuid)`,
    );
  }
  const rows = await query.execute();
  const last = rows[limit - 1];
  const next = rows.length > limit && last ? encodeCursor({ at: last.requested_at, key: last.contract_id }) : null;
  const items = rows.slice(0, limit).map(contractWithOrderFromRow);
  return { items, next };
}

export async function listAccounts(
  database: Database,
  { limit, cursor }: PageRequest,
): Promise<Page<{ account: Account; orders: number }>> {
  let query = database
    .selectFrom("accounts")
    .leftJoin("partners", "partners.partner", "accounts.partner")
    .select(["accounts.account", "accounts.identity"])
    .select(["partners.partner", "partners.kind", "partners.name", "partners.contact"])
    .select(({ selectFrom }) =>
      selectFrom("orders")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .whereRef("orders.account", "=", "accounts.account")
        .as("orders"),
    )
    .orderBy("accounts.account")
    .limit(limit + 1);
  if (cursor) query = query.where("accounts.account", ">", cursor);
  const rows = await query.execute();
  const items = rows
    .slice(0, limit)
    .map((row) => ({ account: accountFromRow(row, joinedPartner(row)), orders: Number(row.orders ?? 0) }));
  return { items, next: rows.length > limit ? (items.at(-1)?.account.id ?? null) : null };
}
