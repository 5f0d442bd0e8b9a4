import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";

/** What is deleted when its time is over, within the transaction that records it; so many at most. */
export interface RetainedBooks {
  /**
   * Evidence given before the instant, of accounts to which nothing has happened since, none of whose orders that stand has a
   * term that ends later; how many pieces of which account.
   */
  deleteDueEvidence(before: Instant, most: number): Promise<ReadonlyMap<AccountId, number>>;
  /** Deliveries that were taken over so many days ago, with their attempts, by the database's clock; says how many. */
  deleteOldDeliveries(days: number, most: number): Promise<number>;
}
