import { sql, type Transaction } from "kysely";
import type { AuditEntry, DomainEvent, LedgerTransaction } from "../application/ports.ts";
import type { AccountId, OrderId, PartnerId } from "../domain/identifiers.ts";
import type { Order, SalesChannel } from "../domain/order.ts";
import type { Identity, Partner, Seller } from "../domain/parties.ts";
import type { Product } from "../domain/policy.ts";
import type { Instant } from "../domain/time.ts";
import { accessBooks } from "./access-books.ts";
import { enterArchive } from "./archive-queries.ts";
import { enterBill, lockBill, replaceBill } from "./bill-queries.ts";
import {
  contractByNumber,
  contractOn,
  insertContract,
  insertOfflineContract,
  markIssued,
  nextRunningNumber,
  resumeHold,
  settleHold,
  takeEndedHold,
  takeQuota,
  voidContract,
} from "./contract-books.ts";
import { evidenceBooks } from "./evidence-books.ts";
import { claimKey, freeKey, keepAnswer } from "./idempotency.ts";
import { newId } from "./new-id.ts";
import { ORDER_TEXT, orderFromJson, orderToJson } from "./order-record.ts";
import { defaultSeller, productsByCode, readAccount, sellerById, sellerByName } from "./party-queries.ts";
import { partnerFromRow } from "./party-records.ts";
import { currentPolicy, lockPolicy, openDraft, publishPolicy, saveDraft, withdrawDraft } from "./policy-queries.ts";
import { profileBooks } from "./profile-books.ts";
import { proposalBooks } from "./proposal-queries.ts";
import { refusalBooks } from "./refusal-books.ts";
import { retainedBooks } from "./retained-books.ts";
import { saveSeller } from "./save-seller.ts";
import { signInBooks } from "./sign-in-books.ts";
import type { Tables } from "./tables.ts";
import {
  addAttachment,
  addMessage,
  assignTicket,
  closeTicket,
  countAttachments,
  handTicketTo,
  insertTicket,
  lockTicket,
  openTicketOfOrder,
} from "./ticket-queries.ts";
import { markWaiting } from "./waiting-contracts.ts";
import { webhookBooks } from "./webhook-books.ts";
import {
  lockWording,
  openWordingDraft,
  publishWording,
  saveWordingDraft,
  withdrawWordingDraft,
  wordingOfVersion,
} from "./wording-queries.ts";

/** The books within one PostgreSQL transaction; `record` is given what is to be in the audit, for the end of it. */
export function ledgerTransaction(
  database: Transaction<Tables>,
  record: (entry: AuditEntry) => void = () => {},
): LedgerTransaction {
  return {
    lockOrder: (account, order) => lockOrder(database, account, order),
    claimOrderNumber: (order, account) => claimOrderNumber(database, order, account),
    saveOrder: (order) => saveOrder(database, order),
    account: (account) => readAccount(database, account),
    saveAccount: (account, identity, servedBy) => saveAccount(database, account, identity, servedBy),
    partner: (partner) => readPartner(database, partner),
    savePartner: (partner, onlyNew) => savePartner(database, partner, onlyNew),
    platformName: async () => (await defaultSeller(database))?.legalName ?? null,
    sellerOf: (channel) => readSeller(database, channel),
    saveSeller: (seller, onlyNew) => saveSeller(database, seller, onlyNew),
    saveProduct: (product) => saveProduct(database, product),
    products: (codes) => productsByCode(database, codes),
    currentPolicy: () => currentPolicy(database),
    reportsOf: (account, order) => reportsOf(database, account, order),
    saveReport: (reported, arrivedAt) => saveReport(database, reported, arrivedAt),
    lockBill: (account, cycle) => lockBill(database, account, cycle),
    enterBill: (bill) => enterBill(database, bill),
    replaceBill: (bill) => replaceBill(database, bill),
    seller: (seller) => sellerById(database, seller),
    lockPolicy: () => lockPolicy(database),
    publishPolicy: (policy, origin) => publishPolicy(database, policy, origin),
    openDraft: () => openDraft(database),
    saveDraft: (draft) => saveDraft(database, draft),
    withdrawDraft: () => withdrawDraft(database),
    lockWording: (seller) => lockWording(database, seller),
    wording: (seller, version) => wordingOfVersion(database, seller, version),
    openWordingDraft: (seller) => openWordingDraft(database, seller),
    saveWordingDraft: (draft) => saveWordingDraft(database, draft),
    withdrawWordingDraft: (seller) => withdrawWordingDraft(database, seller),
    publishWording: (wording, draft, publishedBy) => publishWording(database, wording, draft, publishedBy),
    lockTicket: (account, ticket) => lockTicket(database, account, ticket),
    openTicketOfOrder: (account, order) => openTicketOfOrder(database, account, order),
    insertTicket: (ticket) => insertTicket(database, ticket),
    addMessage: (ticket, message) => addMessage(database, ticket, message),
    handTicketTo: (ticket, side, at) => handTicketTo(database, ticket, side, at),
    assignTicket: (ticket, assignee) => assignTicket(database, ticket, assignee),
    countAttachments: (ticket) => countAttachments(database, ticket),
    addAttachment: (ticket, attachment, author) => addAttachment(database, ticket, attachment, author),
    closeTicket: (ticket, closing, at, by) => closeTicket(database, ticket, closing, at, by),
    contractOn: (account, subject) => contractOn(database, account, subject),
    contractByNumber: (account, number) => contractByNumber(database, account, number),
    takeQuota: (seller) => takeQuota(database, seller),
    nextRunningNumber: (seller, yearMonth) => nextRunningNumber(database, seller, yearMonth),
    insertContract: (issuing, code) => insertContract(database, issuing, code),
    insertOfflineContract: (contract, json, code) => insertOfflineContract(database, contract, json, code),
    voidContract: (contract, voiding, by) => voidContract(database, contract, voiding, by),
    settleHold: (contract) => settleHold(database, contract),
    resumeHold: (contract) => resumeHold(database, contract),
    takeEndedHold: (at) => takeEndedHold(database, at),
    markWaiting: (contract, waiting) => markWaiting(database, contract, waiting),
    markIssued: (contract, issuedAt, files) => markIssued(database, contract, issuedAt, files),
    enterArchive: (contract, archive, continues) => enterArchive(database, contract, archive, continues),
    claimKey: (request) => claimKey(database, request),
    keepAnswer: (request, answer) => keepAnswer(database, request, answer),
    freeKey: (request) => freeKey(database, request),
    ...webhookBooks(database),
    ...accessBooks(database),
    ...proposalBooks(database),
    ...evidenceBooks(database),
    ...profileBooks(database),
    ...retainedBooks(database),
    ...refusalBooks(database),
    ...signInBooks(database),
    audit: async (entry) => record(entry),
    publish: (event) => publish(database, event),
  };
}

async function lockOrder(database: Transaction<Tables>, account: AccountId, order: OrderId): Promise<Order | null> {
  const row = await database
    .selectFrom("orders")
    .select(ORDER_TEXT.as("text"))
    .where("account", "=", account)
    .where("order_id", "=", order)
    .forUpdate()
    .executeTakeFirst();
  return row ? orderFromJson(row.text) : null;
}

/** The directory row also serialises two first reports of one order: the second waits for the first to commit. */
async function claimOrderNumber(database: Transaction<Tables>, order: OrderId, account: AccountId): Promise<boolean> {
  await database
    .insertInto("order_numbers")
    .values({ order_id: order, account })
    .onConflict((conflict) => conflict.column("order_id").doNothing())
    .execute();
  const owner = await database
    .selectFrom("order_numbers")
    .select("account")
    .where("order_id", "=", order)
    .executeTakeFirstOrThrow();
  return owner.account === account;
}

async function saveOrder(database: Transaction<Tables>, order: Order): Promise<void> {
  const row = {
    revision: order.revision,
    occurred_at: new Date(order.occurredAt),
    placed_at: new Date(order.placedAt),
    state: order.status.state,
    seller: order.channel.seller,
    seller_name: order.channel.kind === "marketplace" ? order.channel.sellerName : null,
    products: order.lines.map((line) => line.product),
    domain_name: order.domainName,
    body: orderToJson(order),
  };
  await database
    .insertInto("orders")
    .values({ account: order.account, order_id: order.id, ...row })
    .onConflict((conflict) => conflict.columns(["account", "order_id"]).doUpdateSet(row))
    .execute();
}

async function reportsOf(database: Transaction<Tables>, account: AccountId, order: OrderId): Promise<readonly Order[]> {
  const rows = await database
    .selectFrom("order_reports")
    .select(sql<string>`body::text`.as("text"))
    .where("account", "=", account)
    .where("order_id", "=", order)
    .orderBy("revision")
    .execute();
  return rows.map(({ text }) => orderFromJson(text));
}

async function saveReport(database: Transaction<Tables>, reported: Order, arrivedAt: Instant): Promise<void> {
  await database
    .insertInto("order_reports")
    .values({
      account: reported.account,
      order_id: reported.id,
      revision: reported.revision,
      occurred_at: new Date(reported.occurredAt),
      arrived_at: new Date(arrivedAt),
      body: orderToJson(reported),
    })
    .execute();
}

async function saveAccount(
  database: Transaction<Tables>,
  account: AccountId,
  identity: Identity,
  servedBy: PartnerId | null,
): Promise<void> {
  const row = { identity: JSON.stringify(identity), partner: servedBy };
  await database
    .insertInto("accounts")
    .values({ account, ...row })
    .onConflict((conflict) => conflict.column("account").doUpdateSet(row))
    .execute();
}

async function readPartner(database: Transaction<Tables>, partner: PartnerId): Promise<Partner | null> {
  const row = await database.selectFrom("partners").selectAll().where("partner", "=", partner).executeTakeFirst();
  return row ? partnerFromRow(row) : null;
}

async function savePartner(
  database: Transaction<Tables>,
  { id, kind, name, contact }: Partner,
  onlyNew = false,
): Promise<"saved" | "taken"> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("partners")
    .values({ partner: id, kind, name, contact })
    .onConflict((conflict) => {
      const there = conflict.column("partner");
      return onlyNew ? there.doNothing() : there.doUpdateSet({ kind, name, contact });
    })
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? "saved" : "taken";
}

async function readSeller(database: Transaction<Tables>, channel: SalesChannel): Promise<Seller | null> {
  if (channel.kind === "direct") return sellerById(database, channel.seller);
  if (channel.seller !== null) return sellerById(database, channel.seller);
  return sellerByName(database, channel.sellerName);
}

async function saveProduct(database: Transaction<Tables>, { code, name }: Product): Promise<void> {
  const row = { name_zh: name["zh-CN"], name_en: name.en };
  await database
    .insertInto("products")
    .values({ code, ...row })
    .onConflict((conflict) => conflict.column("code").doUpdateSet(row))
    .execute();
}

async function publish(database: Transaction<Tables>, event: DomainEvent): Promise<void> {
  await database
    .insertInto("outbox")
    .values({
      event_id: newId(),
      at: new Date(event.at),
      account: event.account,
      type: event.type,
      subject: event.subject,
      data: JSON.stringify(event.data),
    })
    .execute();
}
