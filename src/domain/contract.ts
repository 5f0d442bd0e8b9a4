import type { AccountId, ContractId, ContractNumber, OrderId, SellerId, Sha256 } from "./identifiers.ts";
import type { Instant } from "./time.ts";

interface ContractFacts {
  readonly id: ContractId;
  readonly account: AccountId;
  readonly order: OrderId;
  readonly seller: SellerId;
  readonly number: ContractNumber;
  readonly requestedAt: Instant;
  readonly policyVersion: number;
  /** Set when the order was unpaid at the request: the end of the hold (R8). */
  readonly holdUntil: Instant | null;
  /** Of the frozen snapshot's canonical JSON (R7). */
  readonly snapshot: Sha256;
}

/** A contract is being issued until its sealed file is stored; from then on the file is its file for ever (R5). */
export type Contract =
  | (ContractFacts & { readonly state: "issuing" })
  | (ContractFacts & { readonly state: "issued"; readonly issuedAt: Instant; readonly document: Sha256 });

export type IssuedContract = Extract<Contract, { state: "issued" }>;
