import type { Selectable } from "kysely";
import type { Contract } from "../domain/contract.ts";
import type { AccountId, ContractId, ContractNumber, OrderId, SellerId, Sha256 } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import type { ContractsTable } from "./tables.ts";

/** The columns a contract is read from; the snapshot's text stays where it is unless it is needed. */
export const CONTRACT_COLUMNS = [
  "contracts.account",
  "contracts.contract_id",
  "contracts.order_id",
  "contracts.seller",
  "contracts.number",
  "contracts.state",
  "contracts.requested_at",
  "contracts.hold_until",
  "contracts.policy_version",
  "contracts.snapshot_sha256",
  "contracts.issued_at",
  "contracts.document_sha256",
] as const;

export type ContractRow = Pick<
  Selectable<ContractsTable>,
  (typeof CONTRACT_COLUMNS)[number] extends `contracts.${infer Column}`
    ? Column extends keyof ContractsTable
      ? Column
      : never
    : never
>;

export function contractFromRow(row: ContractRow): Contract {
  const facts = {
    id: row.contract_id as ContractId,
    account: row.account as AccountId,
    order: row.order_id as OrderId,
    seller: row.seller as SellerId,
    number: row.number as ContractNumber,
    requestedAt: instantOf(row.requested_at.getTime()),
    policyVersion: row.policy_version,
    holdUntil: row.hold_until && instantOf(row.hold_until.getTime()),
    snapshot: row.snapshot_sha256 as Sha256,
  };
  if (row.issued_at === null || row.document_sha256 === null) return { ...facts, state: "issuing" };
  return {
    ...facts,
    state: "issued",
    issuedAt: instantOf(row.issued_at.getTime()),
    document: row.document_sha256 as Sha256,
  };
}
