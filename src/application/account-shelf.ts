import type { AccountId } from "../domain/identifiers.ts";
import type { Account } from "../domain/parties.ts";
import type { TicketQueue } from "../domain/ticket.ts";

/** How much there is of an account. */
export interface AccountCounts {
  /** No more than `COUNTED_AT_MOST` are counted, of each. */
  readonly orders: number;
  readonly contracts: number;
  /** Null where they are not asked for. */
  readonly openTickets: number | null;
}

/** Nobody reads on from there, and counting a million orders would take as long as reading them. */
export const COUNTED_AT_MOST = 10_000;

/** Accounts, read outside of transactions. */
export interface AccountShelf {
  account(account: AccountId): Promise<Account | null>;
  /** Tickets are counted of these queues, of none where it names none; null: of all. */
  countOfAccount(account: AccountId, queues: readonly TicketQueue[] | null): Promise<AccountCounts>;
}
