import type { CanonicalValue } from "./canonical-json.ts";
import { orderPart, type SnapshotOrder } from "./contract-snapshot.ts";
import type { IssuanceFacts, Issue } from "./decide-issuance.ts";
import type { ContractNumber, Sha256 } from "./identifiers.ts";
import type { TicketId } from "./ticket.ts";
import { isoOf } from "./time.ts";

/** What is on record of a contract that was signed on paper and uploaded (R20): of what it says, only the file knows. */
export interface OfflineSnapshot {
  readonly [key: string]: CanonicalValue;
  readonly schema: "orderseal.offline/1";
  readonly number: string;
  readonly ticket: string;
  /** SHA-256 of the uploaded file. */
  readonly document: string;
  readonly policyVersion: number;
  readonly uploadedAt: string;
  readonly seller: string;
  readonly buyerAccount: string;
  readonly order: SnapshotOrder;
  readonly holdUntil: string | null;
  readonly replaces: string | null;
}

export interface OfflineSnapshotInput {
  readonly facts: IssuanceFacts;
  readonly issue: Issue;
  readonly number: ContractNumber;
  readonly ticket: TicketId;
  readonly document: Sha256;
}

export function offlineSnapshotOf({ facts, issue, number, ticket, document }: OfflineSnapshotInput): OfflineSnapshot {
  const { order, seller, at } = facts;
  return {
    schema: "orderseal.offline/1",
    number,
    ticket,
    document,
    policyVersion: issue.policyVersion,
    uploadedAt: isoOf(at),
    seller: seller?.id ?? "",
    buyerAccount: order.account,
    order: orderPart(order),
    holdUntil: issue.holdUntil === null ? null : isoOf(issue.holdUntil),
    replaces: issue.replaces,
  };
}
