import { timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { IssuingContract, Ledger, LedgerTransaction } from "../application/ports.ts";
import type { Contract, IssuedContract } from "../domain/contract.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { AccountId, ContractId, ContractNumber, OrderId, Sha256 } from "../domain/identifiers.ts";
import type { Seller } from "../domain/parties.ts";
import { billWithFacts, listBills } from "./bill-queries.ts";
import { CONTRACT_COLUMNS, contractFromRow, REPLACES } from "./contract-record.ts";
import type { Database } from "./database.ts";
import { ledgerTransaction } from "./ledger-transaction.ts";
import { contractWithOrder, listAccounts, listContracts, listOrders, orderWithFacts } from "./listings.ts";
import { productsByCode, sellerById } from "./party-queries.ts";
import { sellerFromRow } from "./party-records.ts";
import { currentPolicy, openDraft, policyOfVersion } from "./policy-queries.ts";
import { listTickets, ticketThread } from "./ticket-queries.ts";

const ATTEMPTS = 5;
/** Serialisation failure and deadlock: PostgreSQL undid everything, so the work may simply run again. */
const RUN_AGAIN = new Set(["40001", "40P01"]);

/** The books in PostgreSQL. */
export function openLedger(database: Database): Ledger {
  return {
    transaction: (work) => inTransaction(database, work),
    accountOfOrder: (order) => accountOfOrder(database, order),
    orderWithFacts: (account, order) => orderWithFacts(database, account, order),
    listOrders: (filter, page) => listOrders(database, filter, page),
    contractByNumber: (number) => contractByNumber(database, number),
    contractByDocument: (document) => contractByDocument(database, document),
    contractWithOrder: (number) => contractWithOrder(database, number),
    listContracts: (account, page) => listContracts(database, account, page),
    verificationCodeFits: (contract, account, code) => verificationCodeFits(database, contract, account, code),
    claimInterruptedContract: () => claimInterruptedContract(database),
    defaultSeller: () => defaultSeller(database),
    seller: (seller) => sellerById(database, seller),
    listAccounts: (page) => listAccounts(database, page),
    products: () => productsByCode(database, null),
    currentPolicy: () => currentPolicy(database),
    policy: (version) => policyOfVersion(database, version),
    openDraft: () => openDraft(database),
    bill: (account, cycle) => billWithFacts(database, account, cycle),
    listBills: (account, page) => listBills(database, account, page),
    ticket: (ticket) => ticketThread(database, ticket),
    listTickets: (filter, page) => listTickets(database, filter, page),
  };
}

async function inTransaction<Value>(
  database: Database,
  work: (transaction: LedgerTransaction) => Promise<Value>,
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction().execute((transaction) => work(ledgerTransaction(transaction)));
    } catch (error) {
      if (attempt === ATTEMPTS || !RUN_AGAIN.has(sqlStateOf(error))) throw error;
    }
  }
}

function sqlStateOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

async function accountOfOrder(database: Database, order: OrderId): Promise<AccountId | null> {
  const row = await database
    .selectFrom("order_numbers")
    .select("account")
    .where("order_id", "=", order)
    .executeTakeFirst();
  return row ? (row.account as AccountId) : null;
}

async function contractByNumber(database: Database, number: ContractNumber): Promise<Contract | null> {
  const row = await database
    .selectFrom("contract_numbers")
    .innerJoin("contracts", (join) =>
      join
        .onRef("contracts.account", "=", "contract_numbers.account")
        .onRef("contracts.contract_id", "=", "contract_numbers.contract_id"),
    )
    .select(CONTRACT_COLUMNS)
    .select(REPLACES.as("replaces_number"))
    .where("contract_numbers.number", "=", number)
    .executeTakeFirst();
  return row ? contractFromRow(row) : null;
}

async function contractByDocument(database: Database, document: Sha256): Promise<IssuedContract | null> {
  const row = await database
    .selectFrom("contracts")
    .select(CONTRACT_COLUMNS)
    .select(REPLACES.as("replaces_number"))
    .where("document_sha256", "=", document)
    // One file may be uploaded for several orders, even one that was sealed here: our own seal counts, then what is not void.
    .orderBy("form", "desc")
    .orderBy(sql`voided_at IS NOT NULL`)
    .orderBy("contract_id")
    .limit(1)
    .executeTakeFirst();
  const contract = row ? contractFromRow(row) : null;
  return contract?.state === "issued" ? contract : null;
}

async function verificationCodeFits(
  database: Database,
  contract: ContractId,
  account: AccountId,
  code: string,
): Promise<boolean> {
  const row = await database
    .selectFrom("contracts")
    .select("verification_code")
    .where("account", "=", account)
    .where("contract_id", "=", contract)
    .executeTakeFirst();
  const expected = Buffer.from(row?.verification_code ?? "");
  const given = Buffer.from(code);
  return row !== undefined && expected.length === given.length && timingSafeEqual(expected, given);
}

/** Claims by the database's clock, so that nodes whose clocks differ agree on what was left alone. */
async function claimInterruptedContract(database: Database): Promise<IssuingContract | null> {
  const row = await database
    .updateTable("contracts")
    .set({
      attempts: sql<number>`attempts + 1`,
      // Five seconds, then ten, twenty … up to an hour: what cannot be finished must not keep others waiting.
      claimed_until: sql<Date>`now() + least(power(2, least(attempts, 10)) * 5, 3600) * interval '1 second'`,
    })
    .where(({ eb, selectFrom }) =>
      eb(
        "contract_id",
        "=",
        selectFrom("contracts as interrupted")
          .select("interrupted.contract_id")
          .where("interrupted.state", "=", "issuing")
          .where("interrupted.claimed_until", "<", sql<Date>`now()`)
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

async function defaultSeller(database: Database): Promise<Seller | null> {
  const row = await database
    .selectFrom("sellers")
    .innerJoin("settings", (join) =>
      join.on("settings.name", "=", "default_seller").onRef("settings.value", "=", "sellers.seller"),
    )
    .selectAll("sellers")
    .executeTakeFirst();
  return row ? sellerFromRow(row) : null;
}
