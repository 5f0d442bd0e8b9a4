import type { ChainHead } from "./audit-record.ts";

/** The chain that is made of the audit: who goes on with it, and how far it is. */
export interface AuditChain {
  /**
   * Gives positions to entries that were committed since the last time and signs them, with the events of the time, as one
   * batch of some hundred at most. Null when there was nothing, or when somebody else is doing it.
   */
  extend(): Promise<ChainHead | null>;
  /** Null before the first batch. */
  head(): Promise<ChainHead | null>;
  /** What batch the books have under this number. */
  batch(number: number): Promise<ChainHead | null>;
}
