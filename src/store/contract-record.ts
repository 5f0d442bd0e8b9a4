import { type RawBuilder, type Selectable, sql } from "kysely";
import type { BillCycle } from "../domain/bill.ts";
import type { Contract, ContractSubject, Voiding, Waiting } from "../domain/contract.ts";
import type { AccountId, ContractId, ContractNumber, OrderId, SellerId, Sha256 } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import { timestampFaultOf } from "../domain/timestamp-fault.ts";
import type { ContractsTable } from "./tables.ts";

/** The columns a contract is read from; the snapshot's text stays where it is unless it is needed. */
export const CONTRACT_COLUMNS = [
  "contracts.account",
  "contracts.contract_id",
  "contracts.order_id",
  "contracts.cycle",
  "contracts.form",
  "contracts.voided_at",
  "contracts.void_reason",
  "contracts.seller",
  "contracts.number",
  "contracts.state",
  "contracts.requested_at",
  "contracts.hold_until",
  "contracts.policy_version",
  "contracts.snapshot_sha256",
  "contracts.issued_at",
  "contracts.document_sha256",
  "contracts.waiting_since",
  "contracts.waiting_reason",
] as const;

/** The number of the contract that it stands in for; few have one. */
export const REPLACES: RawBuilder<string | null> = sql<string | null>`CASE WHEN contracts.replaces IS NOT NULL THEN
  (SELECT former.number FROM contracts former
    WHERE former.account = contracts.account AND former.contract_id = contracts.replaces) END`;

export type ContractRow = Pick<
  Selectable<ContractsTable>,
  (typeof CONTRACT_COLUMNS)[number] extends `contracts.${infer Column}`
    ? Column extends keyof ContractsTable
      ? Column
      : never
    : never
> & { readonly replaces_number: string | null };

export function contractFromRow(row: ContractRow): Contract {
  const facts = {
    id: row.contract_id as ContractId,
    account: row.account as AccountId,
    subject: subjectOf(row),
    seller: row.seller as SellerId,
    number: row.number as ContractNumber,
    requestedAt: instantOf(row.requested_at.getTime()),
    policyVersion: row.policy_version,
    holdUntil: row.hold_until && instantOf(row.hold_until.getTime()),
    snapshot: row.snapshot_sha256 as Sha256,
    replaces: row.replaces_number as ContractNumber | null,
  };
  if (row.issued_at === null || row.document_sha256 === null) {
    return { ...facts, state: "issuing", waitingFor: waitingFrom(row) };
  }
  return {
    ...facts,
    state: "issued",
    form: row.form === "offline" ? "offline" : "sealed",
    issuedAt: instantOf(row.issued_at.getTime()),
    document: row.document_sha256 as Sha256,
    voided: voidingOf(row),
  };
}

function subjectOf({ order_id, cycle }: ContractRow): ContractSubject {
  if (order_id !== null) return { kind: "order", order: order_id as OrderId };
  return { kind: "bill", cycle: cycle as BillCycle };
}

function waitingFrom({ waiting_since, waiting_reason }: ContractRow): Waiting | null {
  if (waiting_since === null || waiting_reason === null) return null;
  const since = instantOf(waiting_since.getTime());
  return { what: "timestamp", since, reason: timestampFaultOf(waiting_reason) };
}

function voidingOf({ voided_at, void_reason }: ContractRow): Voiding | null {
  return voided_at && { at: instantOf(voided_at.getTime()), reason: void_reason ?? "" };
}
