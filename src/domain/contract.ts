import type { BillCycle } from "./bill.ts";
import type { AccountId, ContractId, ContractNumber, OrderId, SellerId, Sha256 } from "./identifiers.ts";
import type { Instant } from "./time.ts";
import type { TimestampFault } from "./timestamp-fault.ts";

/** What a contract is about: one order (R4), or one month's bill (R13). */
export type ContractSubject =
  | { readonly kind: "order"; readonly order: OrderId }
  | { readonly kind: "bill"; readonly cycle: BillCycle };

/** The desk's decision that a contract is worth nothing any more (R22). */
export interface Voiding {
  readonly at: Instant;
  readonly reason: string;
}

/** What keeps a decided contract from being issued; nobody has to ask for it again. */
export interface Waiting {
  readonly what: "timestamp";
  /** When it began to wait. */
  readonly since: Instant;
  /** What the last attempt failed by. */
  readonly reason: TimestampFault;
}

interface ContractFacts {
  readonly id: ContractId;
  readonly account: AccountId;
  readonly subject: ContractSubject;
  readonly seller: SellerId;
  readonly number: ContractNumber;
  readonly requestedAt: Instant;
  readonly policyVersion: number;
  /** Set when the order was unpaid at the request: the end of the hold (R8). */
  readonly holdUntil: Instant | null;
  /** Of the frozen snapshot's canonical JSON (R7). */
  readonly snapshot: Sha256;
  /** The voided contract in whose place it stands, where the policy allows that (R4). */
  readonly replaces: ContractNumber | null;
}

/** A contract is being issued until its file is stored; from then on the file is its file for ever (R5). */
export type Contract =
  | (ContractFacts & {
      readonly state: "issuing";
      /** Null while it is simply being sealed. */
      readonly waitingFor: Waiting | null;
    })
  | (ContractFacts & {
      readonly state: "issued";
      /** `sealed` by this system, or an `offline` one that the desk has uploaded (R20). */
      readonly form: "sealed" | "offline";
      readonly issuedAt: Instant;
      readonly document: Sha256;
      readonly voided: Voiding | null;
    });

export type UnissuedContract = Extract<Contract, { state: "issuing" }>;
export type IssuedContract = Extract<Contract, { state: "issued" }>;

/** The order that the contract is about; null for one about a bill. */
export function orderOf({ subject }: Pick<Contract, "subject">): OrderId | null {
  return subject.kind === "order" ? subject.order : null;
}

/** What keeps it from being issued; null for one that is issued or simply being sealed. */
export function waitingOf(contract: Contract): Waiting | null {
  return contract.state === "issuing" ? contract.waitingFor : null;
}

/** The month whose bill the contract is about; null for one about an order. */
export function cycleOf({ subject }: Pick<Contract, "subject">): BillCycle | null {
  return subject.kind === "bill" ? subject.cycle : null;
}
