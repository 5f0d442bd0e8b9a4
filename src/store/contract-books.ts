import { sql, type Transaction } from "kysely";
import type { Actor, IssuedFiles, IssuingContract } from "../application/ports.ts";
import {
  type Contract,
  type ContractSubject,
  cycleOf,
  type IssuedContract,
  orderOf,
  type Voiding,
} from "../domain/contract.ts";
import type { AccountId, ContractNumber, SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import { expectArchive } from "./archive-queries.ts";
import { CONTRACT_COLUMNS, contractFromRow, REPLACES } from "./contract-record.ts";
import { NOT_REPLACED } from "./joined-rows.ts";
import type { Tables } from "./tables.ts";

export async function contractOn(
  database: Transaction<Tables>,
  account: AccountId,
  subject: ContractSubject,
): Promise<Contract | null> {
  const key = subject.kind === "order" ? { order_id: subject.order } : { cycle: subject.cycle };
  const row = await database
    .selectFrom("contracts")
    .select(CONTRACT_COLUMNS)
    .select(REPLACES.as("replaces_number"))
    .where("account", "=", account)
    .where((condition) => condition.and(key))
    .where(NOT_REPLACED)
    .executeTakeFirst();
  return row ? contractFromRow(row) : null;
}

export async function contractByNumber(
  database: Transaction<Tables>,
  account: AccountId,
  number: ContractNumber,
): Promise<Contract | null> {
  const row = await database
    .selectFrom("contracts")
    .select(CONTRACT_COLUMNS)
    .select(REPLACES.as("replaces_number"))
    .where("account", "=", account)
    .where("number", "=", number)
    .executeTakeFirst();
  return row ? contractFromRow(row) : null;
}

export async function nextRunningNumber(
  database: Transaction<Tables>,
  seller: SellerId,
  yearMonth: string,
): Promise<number> {
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

/** Sellers whose contracts nobody counts are not written to, so that their requests do not wait for each other here. */
export async function takeQuota(database: Transaction<Tables>, seller: SellerId): Promise<boolean> {
  const row = await database
    .selectFrom("sellers")
    .select("quota_left")
    .where("seller", "=", seller)
    .executeTakeFirstOrThrow();
  if (row.quota_left === null) return true;
  const { numUpdatedRows } = await database
    .updateTable("sellers")
    .set({ quota_left: sql<number>`quota_left - 1` })
    .where("seller", "=", seller)
    .where("quota_left", ">", 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function insertContract(
  database: Transaction<Tables>,
  { contract, snapshotJson }: IssuingContract,
  verificationCode: string,
): Promise<void> {
  await insertRow(database, contract, snapshotJson, verificationCode, { state: "issuing" });
}

export async function insertOfflineContract(
  database: Transaction<Tables>,
  contract: IssuedContract,
  snapshotJson: string,
  verificationCode: string,
): Promise<void> {
  await insertRow(database, contract, snapshotJson, verificationCode, {
    state: "issued",
    form: "offline",
    issued_at: new Date(contract.issuedAt),
    document_sha256: contract.document,
  });
}

type StateColumns =
  | { readonly state: "issuing" }
  | { readonly state: "issued"; readonly form: "offline"; readonly issued_at: Date; readonly document_sha256: string };

async function insertRow(
  database: Transaction<Tables>,
  contract: Contract,
  snapshotJson: string,
  verificationCode: string,
  state: StateColumns,
): Promise<void> {
  const { account, id, holdUntil } = contract;
  const replaces = contract.replaces && (await idOf(database, account, contract.replaces));
  await database
    .insertInto("contracts")
    .values({
      account,
      contract_id: id,
      order_id: orderOf(contract),
      cycle: cycleOf(contract),
      replaces,
      seller: contract.seller,
      number: contract.number,
      requested_at: new Date(contract.requestedAt),
      hold_until: holdUntil === null ? null : new Date(holdUntil),
      policy_version: contract.policyVersion,
      snapshot: snapshotJson,
      snapshot_sha256: contract.snapshot,
      verification_code: verificationCode,
      ...state,
    })
    .execute();
  await database.insertInto("contract_numbers").values({ number: contract.number, account, contract_id: id }).execute();
  await resumeHold(database, contract);
}

async function idOf(database: Transaction<Tables>, account: AccountId, number: ContractNumber): Promise<string> {
  const { contract_id } = await database
    .selectFrom("contracts")
    .select("contract_id")
    .where("account", "=", account)
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return contract_id;
}

export async function markIssued(
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
      waiting_for: null,
      waiting_since: null,
      waiting_reason: null,
    })
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .where("state", "=", "issuing")
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await expectArchive(database, { account, id }, issuedAt);
  return true;
}

export async function voidContract(
  database: Transaction<Tables>,
  { id, account }: Contract,
  { at, reason }: Voiding,
  by: Actor,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("contracts")
    .set({ voided_at: new Date(at), voided_by: `${by.kind}:${by.id}`, void_reason: reason })
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .where("state", "=", "issued")
    .where("voided_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function settleHold(database: Transaction<Tables>, { id, account }: Contract): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom("open_holds")
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function resumeHold(
  database: Transaction<Tables>,
  { id, account, holdUntil }: Contract,
): Promise<boolean> {
  if (holdUntil === null) return false;
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("open_holds")
    .values({ account, contract_id: id, hold_until: new Date(holdUntil) })
    .onConflict((conflict) => conflict.columns(["account", "contract_id"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function takeEndedHold(database: Transaction<Tables>, at: Instant): Promise<Contract | null> {
  const due = await database
    .selectFrom("open_holds")
    .innerJoin("contracts", (join) =>
      join
        .onRef("contracts.account", "=", "open_holds.account")
        .onRef("contracts.contract_id", "=", "open_holds.contract_id"),
    )
    .innerJoin("orders", (join) =>
      join.onRef("orders.account", "=", "contracts.account").onRef("orders.order_id", "=", "contracts.order_id"),
    )
    .select(CONTRACT_COLUMNS)
    .select(REPLACES.as("replaces_number"))
    .where("open_holds.hold_until", "<=", new Date(at))
    .orderBy("open_holds.hold_until")
    .limit(1)
    .forUpdate("orders")
    .skipLocked()
    .executeTakeFirst();
  return due ? contractFromRow(due) : null;
}
