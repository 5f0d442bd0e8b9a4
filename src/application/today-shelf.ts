import type { AccountId, ContractNumber, OrderId, SellerId } from "../domain/identifiers.ts";
import type { ProposalKind } from "../domain/proposal.ts";
import type { TicketId, TicketQueue } from "../domain/ticket.ts";
import type { Instant, TimeZone } from "../domain/time.ts";
import type { TimestampFault } from "../domain/timestamp-fault.ts";

/** Some of what waits, the most urgent first, and how many there are in all. */
export interface Backlog<Item> {
  readonly count: number;
  readonly first: readonly Item[];
}

export interface OldestTicket {
  readonly ticket: TicketId;
  readonly order: OrderId;
  readonly openedAt: Instant;
}

export interface EndingHold {
  readonly order: OrderId;
  readonly account: AccountId;
  /** The name that the account is verified under now; null where it is not. */
  readonly buyer: string | null;
  readonly contract: ContractNumber;
  readonly until: Instant;
  /** The seller's. */
  readonly timeZone: TimeZone;
}

/** A contract that was decided and has no sealed file yet. */
export interface UnsealedContract {
  readonly contract: ContractNumber;
  readonly order: OrderId | null;
  readonly account: AccountId;
  readonly seller: SellerId;
  /** When it was requested; of one that waits for a timestamp, since when it does. */
  readonly since: Instant;
  /** What the timestamp authority's last attempt failed by; null while it is not waited for. */
  readonly reason: TimestampFault | null;
}

export interface RefusalCount {
  /** "2026-10-12", in the house's zone as it was that day. */
  readonly day: string;
  readonly code: string;
  readonly count: number;
}

/** Open proposals of one kind by one person. */
export interface OpenProposals {
  readonly kind: ProposalKind;
  readonly proposedBy: string;
  readonly count: number;
  readonly since: Instant;
}

/** What waits at the desk, each found by an index of its own, however much there is that does not wait. */
export interface TodayShelf {
  houseZone(): Promise<TimeZone>;
  waitingTickets(queue: TicketQueue): Promise<{ readonly open: number; readonly oldest: OldestTicket | null }>;
  /** Holds of unpaid orders that end after `from` and not after `until`. */
  endingHolds(from: Instant, until: Instant, most: number): Promise<Backlog<EndingHold>>;
  /** Of these days and those between them, by day and code. */
  refusalsOf(firstDay: string, lastDay: string): Promise<readonly RefusalCount[]>;
  /** Requested before the instant, not waiting for a timestamp, and not sealed. */
  stuckContracts(requestedBefore: Instant, most: number): Promise<Backlog<UnsealedContract>>;
  contractsWaitingForTimestamp(most: number): Promise<Backlog<UnsealedContract>>;
  openProposals(): Promise<readonly OpenProposals[]>;
}
