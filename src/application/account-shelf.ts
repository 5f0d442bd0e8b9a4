import type { AccountId } from "../domain/identifiers.ts";
import type { Account } from "../domain/parties.ts";
import type { TicketQueue } from "../domain/ticket.ts";
import type { Page, PageRequest } from "./ports.ts";

/** How much there is of an account. */
interface AccountCounts {
  /** No more than `COUNTED_AT_MOST` are counted, of each. */
  readonly orders: number;
  readonly contracts: number;
  /** Null where they are not asked for. */
  readonly openTickets: number | null;
}

interface AccountFilter {
  readonly account: AccountId | null;
  readonly text: string | null;
}

/** Nobody reads on from there, and counting a million orders would take as long as reading them. */
export const COUNTED_AT_MOST = 10_000;

/** Accounts, read outside of transactions. */
export interface AccountShelf {
  account(account: AccountId): Promise<Account | null>;
  /**
   * By their ids; of one account only where one is named. `text`: start of an id or of a registration number, or part of a
   * legal name; neither capital letters nor full width count. Null asks for all.
   */
  findAccounts(asked: AccountFilter, page: PageRequest): Promise<Page<Account>>;
  /** Tickets are counted of these queues, of none where it names none; null: of all. */
  countOfAccount(account: AccountId, queues: readonly TicketQueue[] | null): Promise<AccountCounts>;
}
