import { timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { ChainKeys } from "../application/chain-keys.ts";
import type { Ledger } from "../application/ports.ts";
import type { Contract, IssuedContract } from "../domain/contract.ts";
import type { AccountId, ContractId, ContractNumber, OrderId, Sha256 } from "../domain/identifiers.ts";
import { openAccountShelf } from "./account-shelf.ts";
import { archiveTrouble, claimArchiveWork, putOffArchive } from "./archive-queries.ts";
import { auditAfter, listAudit } from "./audit-listing.ts";
import { billWithFacts, listBills } from "./bill-queries.ts";
import { catalogueShelf } from "./catalogue-queries.ts";
import { CONTRACT_COLUMNS, contractFromRow, REPLACES } from "./contract-record.ts";
import type { Database } from "./database.ts";
import { openEvidenceShelf } from "./evidence-shelf.ts";
import { forgetOldAnswers } from "./idempotency.ts";
import { contractWithOrder, listAccounts, listContracts, orderWithFacts } from "./listings.ts";
import { listHistory } from "./object-history.ts";
import { damagedObjects, referredAmong, referredObjects } from "./object-queries.ts";
import { listOrders } from "./order-listing.ts";
import { defaultSeller, productsByCode, sellerById } from "./party-queries.ts";
import { currentPolicy, listPolicies, openDraft, policyOfVersion, publishedPolicy } from "./policy-queries.ts";
import { openProfileShelf } from "./profile-shelf.ts";
import { approvedSealKeys, listProposals } from "./proposal-queries.ts";
import { runTransaction } from "./run-transaction.ts";
import { listTickets, ticketThread } from "./ticket-listing.ts";
import { openTodayShelf } from "./today-shelf.ts";
import { claimInterruptedContract, putOff, renewClaim, retrySoon, waitingForTimestamp } from "./waiting-contracts.ts";
import { listWordings, listWordingVersions, wordingStatus } from "./wording-listing.ts";
import { currentWording, openWordingDraft, wordingOfVersion } from "./wording-queries.ts";

/** The books in PostgreSQL; entries of the audit are coded with `keys`, without which no verification takes them for ours. */
export function openLedger(database: Database, keys: ChainKeys | null = null): Ledger {
  return {
    transaction: (work) => runTransaction(database, work, undefined, keys),
    accountOfOrder: (order) => accountOfOrder(database, order),
    orderWithFacts: (account, order) => orderWithFacts(database, account, order),
    listOrders: (filter, page) => listOrders(database, filter, page),
    contractByNumber: (number) => contractByNumber(database, number),
    contractByDocument: (document) => contractByDocument(database, document),
    contractWithOrder: (number) => contractWithOrder(database, number),
    listContracts: (filter, page) => listContracts(database, filter, page),
    verificationCodeFits: (contract, account, code) => verificationCodeFits(database, contract, account, code),
    claimInterruptedContract: (which) => claimInterruptedContract(database, which),
    renewClaim: (contract) => renewClaim(database, contract),
    putOff: (contract) => putOff(database, contract),
    retrySoon: (contract) => retrySoon(database, contract),
    waitingForTimestamp: () => waitingForTimestamp(database),
    claimArchiveWork: (at, resting) => claimArchiveWork(database, at, resting),
    putOffArchive: (contract, trouble, until) => putOffArchive(database, contract, trouble, until),
    archiveTrouble: () => archiveTrouble(database),
    referredObjects: () => referredObjects(database),
    damagedObjects: () => damagedObjects(database),
    referredAmong: (hashes) => referredAmong(database, hashes),
    defaultSeller: () => defaultSeller(database),
    seller: (seller) => sellerById(database, seller),
    listAccounts: (page) => listAccounts(database, page),
    products: () => productsByCode(database, null),
    listHistory: (subject, page) => listHistory(database, subject, page),
    listAudit: (filter, page) => listAudit(database, filter, page),
    auditAfter: (filter, position, most) => auditAfter(database, filter, position, most),
    listProposals: (state, page) => listProposals(database, state, page),
    approvedSealKeys: () => approvedSealKeys(database),
    currentPolicy: () => currentPolicy(database),
    policy: (version) => policyOfVersion(database, version),
    openDraft: () => openDraft(database),
    publishedPolicy: (version) => publishedPolicy(database, version),
    listPolicies: (page) => listPolicies(database, page),
    ...catalogueShelf(database),
    currentWording: (seller) => currentWording(database, seller),
    wording: (seller, version) => wordingOfVersion(database, seller, version),
    openWordingDraft: (seller) => openWordingDraft(database, seller),
    wordingStatus: (seller) => wordingStatus(database, seller),
    listWordings: (page) => listWordings(database, page),
    listWordingVersions: (seller, page) => listWordingVersions(database, seller, page),
    frozenData: (contract) => frozenData(database, contract),
    bill: (account, cycle) => billWithFacts(database, account, cycle),
    listBills: (account, page) => listBills(database, account, page),
    ticket: (ticket) => ticketThread(database, ticket),
    listTickets: (filter, page) => listTickets(database, filter, page),
    ...openAccountShelf(database),
    ...openEvidenceShelf(database),
    ...openProfileShelf(database),
    ...openTodayShelf(database),
    forgetOldAnswers: (most) => forgetOldAnswers(database, most),
  };
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
    .where(
      // Each half by its own index; an OR over both would read every contract.
      sql<boolean>`(account, contract_id) IN (
        SELECT sealed.account, sealed.contract_id FROM contracts sealed WHERE sealed.document_sha256 = ${document}
        UNION SELECT archives.account, archives.contract_id FROM contract_archives archives
        WHERE archives.document_sha256 = ${document})`,
    )
    // One file may be uploaded for several orders, even one that was sealed here: our own seal counts, then what is not void.
    .orderBy("form", "desc")
    .orderBy(sql`voided_at IS NOT NULL`)
    .orderBy("contract_id")
    .limit(1)
    .executeTakeFirst();
  const contract = row ? contractFromRow(row) : null;
  return contract?.state === "issued" ? contract : null;
}

async function frozenData(database: Database, { account, id }: Contract): Promise<string> {
  const { snapshot } = await database
    .selectFrom("contracts")
    .select("snapshot")
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .executeTakeFirstOrThrow();
  return snapshot;
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
