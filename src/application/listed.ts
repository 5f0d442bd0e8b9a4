import type { Archive } from "../domain/archive.ts";
import type { Bill } from "../domain/bill.ts";
import type { Contract } from "../domain/contract.ts";
import type { AccountId, OrderId, ProductCode } from "../domain/identifiers.ts";
import type { Order } from "../domain/order.ts";
import type { Account, Seller } from "../domain/parties.ts";
import type { Ticket, TicketQueue, TicketSide } from "../domain/ticket.ts";
import type { TimeZone } from "../domain/time.ts";
import type { ContractState } from "./unfinished-contracts.ts";

export interface OrderFilter {
  readonly account: AccountId | null;
  readonly state: Order["status"]["state"] | null;
  readonly product: ProductCode | null;
  /** The beginning of an order number or of a domain name; where none begins so, any part of one. */
  readonly text: string | null;
  /** Leaves out what clearly has no contract and can have none, as the policy's products and identities tell. */
  readonly contractable: { readonly products: readonly string[]; readonly identityRequired: boolean } | null;
}

/** An order with what the decision needs to know about it. */
export interface OrderWithFacts {
  readonly order: Order;
  readonly account: Account;
  readonly seller: Seller | null;
  readonly contract: Contract | null;
}

/** `order` and `bill`: sealed here, on one of these; `offline`: uploaded by the desk (R20). */
export const CONTRACT_KINDS = ["order", "bill", "offline"] as const;
export type ContractKind = (typeof CONTRACT_KINDS)[number];

/** Which contracts; null asks for all. */
export interface ContractFilter {
  readonly account: AccountId | null;
  readonly state: ContractState | null;
  readonly kind: ContractKind | null;
  /** Start of a contract number, of an order number, or of an account's id; only in the first, capital letters do not count. */
  readonly text: string | null;
}

export const EVERY_CONTRACT: ContractFilter = { account: null, state: null, kind: null, text: null };

/** A bill with what the decision needs to know about it. */
export interface BillWithFacts {
  readonly bill: Bill;
  readonly account: Account;
  readonly seller: Seller;
  readonly contract: Contract | null;
}

export interface TicketFilter {
  /** Leaves out what only the desk has to settle: payments that came too late. */
  readonly forBuyer: boolean;
  readonly account: AccountId | null;
  readonly queues: readonly TicketQueue[] | null;
  readonly state: Ticket["status"]["state"] | null;
  /** Those of one person, or of nobody; null: whoever has them. */
  readonly assignee: { readonly person: string } | "nobody" | null;
  readonly order: OrderId | null;
  /** Open ones that wait for this side. */
  readonly waitsFor: TicketSide | null;
  readonly oldestFirst: boolean;
}

export interface ContractWithOrder {
  readonly contract: Contract;
  /** Null for a contract on a bill. */
  readonly order: Order | null;
  /** The seller's: the one to show times in. */
  readonly timeZone: TimeZone;
  /** The newest one. */
  readonly archive: Archive | null;
}
