import type { UnissuedContract, Waiting } from "../domain/contract.ts";
import type { Instant } from "../domain/time.ts";
import type { IssuingContract } from "./ports.ts";

/** How what a contract waits for is kept, within one transaction. */
export interface WaitingBooks {
  /**
   * Keeps what the contract waits for, and lets nobody take it up before a pause (at most 30 seconds) that grows with
   * every attempt. Null when it is issued already; else since when it waits, and whether it began just now.
   */
  markWaiting(
    contract: UnissuedContract,
    waiting: Waiting,
  ): Promise<{ readonly began: boolean; readonly since: Instant } | null>;
}

/**
 * Which contracts to finish: those that are simply being sealed; those that wait for a timestamp and whose pause is
 * over; or also those whose pause is not over yet.
 */
export type ClaimOrder = "being_sealed" | "waiting" | "waiting_early";

/** `timestamp_pending`: those in `issuing` that wait for a timestamp. */
export type ContractState = "issuing" | "timestamp_pending" | "issued";

/** The part of the books that says what is decided and not issued. */
export interface UnfinishedContracts {
  /**
   * Takes over one contract that nobody has been finishing for a while; null when there is none. Whoever has it, like
   * whoever has just requested it, holds it for five seconds, and longer by `renewClaim`.
   */
  claimInterruptedContract(which: ClaimOrder): Promise<IssuingContract | null>;
  /**
   * Says that it is still being worked on: nobody else takes it over for another five seconds. False when it is no longer
   * ours to work on: somebody took it over meanwhile, or has issued it.
   */
  renewClaim(issuing: IssuingContract): Promise<boolean>;
  /** Says that an attempt has failed: nobody takes it up before a pause, which grows from five seconds to an hour. */
  putOff(issuing: IssuingContract): Promise<void>;
  /** Within a few seconds it may be taken over again, however often it was: that it failed was no fault of its own. */
  retrySoon(issuing: IssuingContract): Promise<void>;
  /** How many contracts wait for a timestamp, and since when the first of them; null when none does. */
  waitingForTimestamp(): Promise<{ readonly count: number; readonly since: Instant } | null>;
}
