import { sql, type Transaction } from "kysely";
import type { AuditEntry, DomainEvent, IssuedFiles, IssuingContract, LedgerTransaction } from "../application/ports.ts";
import type { Contract } from "../domain/contract.ts";
import type { AccountId, ContractNumber, OrderId, PartnerId, SellerId } from "../domain/identifiers.ts";
import type { Order, SalesChannel } from "../domain/order.ts";
import type { Identity, Partner, Seller } from "../domain/parties.ts";
import type { Product } from "../domain/policy.ts";
import type { Instant } from "../domain/time.ts";
import { CONTRACT_COLUMNS, contractFromRow } from "./contract-record.ts";
import { claimIdempotencyKey, rememberAnswer } from "./idempotency.ts";
import { newId } from "./new-id.ts";
import { ORDER_TEXT, orderFromJson, orderToJson } from "./order-record.ts";
import { currentPolicy, productsByCode, readAccount } from "./party-queries.ts";
import { partnerFromRow, sellerFromRow } from "./party-records.ts";
import type { Tables } from "./tables.ts";

/** The books within one PostgreSQL transaction. */
export function ledgerTransaction(database: Transaction<Tables>): LedgerTransaction {
  return {
    lockOrder: (account, order) => lockOrder(database, account, order),
    claimOrderNumber: (order, account) => claimOrderNumber(database, order, account),
    saveOrder: (order) => saveOrder(database, order),
    account: (account) => readAccount(database, account),
    saveAccount: (account, identity, servedBy) => saveAccount(database, account, identity, servedBy),
    partner: (partner) => readPartner(database, partner),
    savePartner: (partner) => savePartner(database, partner),
    sellerOf: (channel) => readSeller(database, channel),
    saveSeller: (seller) => saveSeller(database, seller),
    saveProduct: (product) => saveProduct(database, product),
    products: (codes) => productsByCode(database, codes),
    currentPolicy: () => currentPolicy(database),
    contractOfOrder: (account, order) => readContract(database, account, { order_id: order }),
    contractByNumber: (account, number) => readContract(database, account, { number }),
    nextRunningNumber: (seller, yearMonth) => nextRunningNumber(database, seller, yearMonth),
    insertContract: (issuing, code) => insertContract(database, issuing, code),
    markIssued: (contract, issuedAt, files) => markIssued(database, contract, issuedAt, files),
    claimIdempotencyKey: (account, key, fingerprint) => claimIdempotencyKey(database, account, key, fingerprint),
    rememberAnswer: (account, key, answer) => rememberAnswer(database, account, key, answer),
    audit: (entry) => audit(database, entry),
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

async function savePartner(database: Transaction<Tables>, { id, kind, name, contact }: Partner): Promise<void> {
  await database
    .insertInto("partners")
    .values({ partner: id, kind, name, contact })
    .onConflict((conflict) => conflict.column("partner").doUpdateSet({ kind, name, contact }))
    .execute();
}

async function readSeller(database: Transaction<Tables>, channel: SalesChannel): Promise<Seller | null> {
  const query = database.selectFrom("sellers").selectAll();
  const row = await (channel.kind === "marketplace" && channel.seller === null
    ? query.where("legal_name_zh", "=", channel.sellerName)
    : query.where("seller", "=", channel.seller)
  ).executeTakeFirst();
  return row ? sellerFromRow(row) : null;
}

async function saveSeller(
  database: Transaction<Tables>,
  seller: Seller,
): Promise<"saved" | "prefix_taken" | "name_taken"> {
  const { numberPrefix: prefix, id } = seller;
  const owner = await database
    .selectFrom("number_prefixes")
    .select("seller")
    .where("prefix", "=", prefix)
    .executeTakeFirst();
  if (owner && owner.seller !== id) return "prefix_taken";
  const namesake = await database
    .selectFrom("sellers")
    .select("seller")
    .where("legal_name_zh", "=", seller.legalName["zh-CN"])
    .where("seller", "<>", id)
    .executeTakeFirst();
  if (namesake) return "name_taken";
  const row = {
    legal_name_zh: seller.legalName["zh-CN"],
    legal_name_en: seller.legalName.en,
    registration_number: seller.registrationNumber,
    address_zh: seller.address["zh-CN"],
    address_en: seller.address.en,
    contact: seller.contact,
    number_prefix: seller.numberPrefix,
    time_zone: seller.timeZone,
    can_seal: seller.canSeal,
  };
  await database
    .insertInto("sellers")
    .values({ seller: seller.id, ...row })
    .onConflict((conflict) => conflict.column("seller").doUpdateSet(row))
    .execute();
  await database
    .insertInto("number_prefixes")
    .values({ prefix, seller: id })
    .onConflict((conflict) => conflict.column("prefix").doNothing())
    .execute();
  // The first seller is the one that sells whatever no source names a seller for.
  await database
    .insertInto("settings")
    .values({ name: "default_seller", value: seller.id })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  return "saved";
}

async function saveProduct(database: Transaction<Tables>, { code, name, selfService }: Product): Promise<void> {
  const row = { name_zh: name["zh-CN"], name_en: name.en, self_service: [...selfService] };
  await database
    .insertInto("products")
    .values({ code, ...row })
    .onConflict((conflict) => conflict.column("code").doUpdateSet(row))
    .execute();
}

async function readContract(
  database: Transaction<Tables>,
  account: AccountId,
  key: { order_id: OrderId } | { number: ContractNumber },
): Promise<Contract | null> {
  const row = await database
    .selectFrom("contracts")
    .select(CONTRACT_COLUMNS)
    .where("account", "=", account)
    .where((condition) => condition.and(key))
    .executeTakeFirst();
  return row ? contractFromRow(row) : null;
}

async function nextRunningNumber(database: Transaction<Tables>, seller: SellerId, yearMonth: string): Promise<number> {
  const { last } = await database
    .insertInto("contract_counters")
    .values({ seller, year_month: yearMonth, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(["seller", "year_month"]).doUpdateSet({ last: sql<number>`contract_counters.last + 1` }),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  return last;
}

async function insertContract(
  database: Transaction<Tables>,
  { contract, snapshotJson }: IssuingContract,
  verificationCode: string,
): Promise<void> {
  await database
    .insertInto("contracts")
    .values({
      account: contract.account,
      contract_id: contract.id,
      order_id: contract.order,
      seller: contract.seller,
      number: contract.number,
      state: "issuing",
      requested_at: new Date(contract.requestedAt),
      hold_until: contract.holdUntil === null ? null : new Date(contract.holdUntil),
      policy_version: contract.policyVersion,
      snapshot: snapshotJson,
      snapshot_sha256: contract.snapshot,
      verification_code: verificationCode,
    })
    .execute();
  await database
    .insertInto("contract_numbers")
    .values({ number: contract.number, account: contract.account, contract_id: contract.id })
    .execute();
}

async function markIssued(
  database: Transaction<Tables>,
  { id, account }: Contract,
  issuedAt: Instant,
  { sealed, unsealed }: IssuedFiles,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("contracts")
    .set({
      state: "issued",
      issued_at: new Date(issuedAt),
      document_sha256: sealed,
      unsealed_sha256: unsealed,
    })
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .where("state", "=", "issuing")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function audit(database: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  await database
    .insertInto("audit_entries")
    .values({
      entry_id: newId(),
      at: new Date(entry.at),
      actor_kind: entry.actor.kind,
      actor: entry.actor.id,
      action: entry.action,
      account: entry.account,
      object_kind: entry.objectKind,
      object_id: entry.objectId,
      policy_version: entry.policyVersion,
      detail: JSON.stringify(entry.detail),
    })
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
