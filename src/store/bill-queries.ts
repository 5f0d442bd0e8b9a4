import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { BillWithFacts } from "../application/listed.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import { type Bill, type BillCycle, parseBillCycle } from "../domain/bill.ts";
import { type AccountId, parseAccountId } from "../domain/identifiers.ts";
import { contractFromRow } from "./contract-record.ts";
import { CONTRACT_ROW, NOT_REPLACED, SELLER_ROW, withDates } from "./joined-rows.ts";
import { moneyFromJson, orderToJson } from "./order-record.ts";
import { joinedPartner } from "./party-queries.ts";
import { accountFromRow, sellerFromRow } from "./party-records.ts";
import type { Tables } from "./tables.ts";

const BILL_TEXT: RawBuilder<string> = sql<string>`bills.body::text`;

export async function lockBill(
  database: Transaction<Tables>,
  account: AccountId,
  cycle: BillCycle,
): Promise<Bill | null> {
  const row = await database
    .selectFrom("bills")
    .select(BILL_TEXT.as("text"))
    .where("account", "=", account)
    .where("cycle", "=", cycle)
    .forUpdate()
    .executeTakeFirst();
  return row ? (moneyFromJson(row.text) as Bill) : null;
}

export async function enterBill(database: Transaction<Tables>, bill: Bill): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("bills")
    .values({ account: bill.account, cycle: bill.cycle, ...columnsOf(bill) })
    .onConflict((conflict) => conflict.columns(["account", "cycle"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function replaceBill(database: Transaction<Tables>, bill: Bill): Promise<void> {
  await database
    .updateTable("bills")
    .set(columnsOf(bill))
    .where("account", "=", bill.account)
    .where("cycle", "=", bill.cycle)
    .execute();
}

function columnsOf(bill: Bill) {
  return { state: bill.state, seller: bill.seller, body: orderToJson(bill) };
}

/** Bills with account, partner, seller and the newest contract in one round trip. */
function billsWithFacts(database: Kysely<Tables>) {
  return database
    .selectFrom("bills")
    .innerJoin("accounts", "accounts.account", "bills.account")
    .leftJoin("partners", "partners.partner", "accounts.partner")
    .innerJoin("sellers", "sellers.seller", "bills.seller")
    .leftJoin("contracts", (join) =>
      join
        .onRef("contracts.account", "=", "bills.account")
        .onRef("contracts.cycle", "=", "bills.cycle")
        .on(NOT_REPLACED),
    )
    .select(["bills.account", "bills.cycle", BILL_TEXT.as("text"), "accounts.identity"])
    .select(["partners.partner", "partners.kind", "partners.name", "partners.contact"])
    .select([SELLER_ROW.as("seller_row"), CONTRACT_ROW.as("contract_row")]);
}

type FactsRow = Awaited<ReturnType<ReturnType<typeof billsWithFacts>["execute"]>>[number];

function fromRow(row: FactsRow): BillWithFacts {
  if (!row.seller_row) throw new Error(`the seller of bill ${row.cycle} is not in the books`);
  return {
    bill: moneyFromJson(row.text) as Bill,
    account: accountFromRow(row, joinedPartner(row)),
    seller: sellerFromRow(row.seller_row),
    contract: row.contract_row && contractFromRow(withDates(row.contract_row)),
  };
}

export async function billWithFacts(
  database: Kysely<Tables>,
  account: AccountId,
  cycle: BillCycle,
): Promise<BillWithFacts | null> {
  const row = await billsWithFacts(database)
    .where("bills.account", "=", account)
    .where("bills.cycle", "=", cycle)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Newest month first; the cursor is the month and account of the last row. */
export async function listBills(
  database: Kysely<Tables>,
  account: AccountId | null,
  { limit, cursor }: PageRequest,
): Promise<Page<BillWithFacts>> {
  let query = billsWithFacts(database)
    .orderBy("bills.cycle", "desc")
    .orderBy("bills.account")
    .limit(limit + 1);
  if (account) query = query.where("bills.account", "=", account);
  const from = readCursor(cursor);
  if (from) {
    query = query.where(({ or, and, eb }) =>
      or([
        eb("bills.cycle", "<", from.cycle),
        and([eb("bills.cycle", "=", from.cycle), eb("bills.account", ">", from.account)]),
      ]),
    );
  }
  const rows = await query.execute();
  const last = rows[limit - 1];
  const next = rows.length > limit && last ? Buffer.from(`${last.cycle}|${last.account}`).toString("base64url") : null;
  return { items: rows.slice(0, limit).map(fromRow), next };
}

function readCursor(text: string | null): { readonly cycle: BillCycle; readonly account: AccountId } | null {
  const [cycle, account] = Buffer.from(text ?? "", "base64url")
    .toString("utf8")
    .split("|");
  const [month, id] = [parseBillCycle(cycle ?? ""), parseAccountId(account ?? "")];
  return month && id ? { cycle: month, account: id } : null;
}
