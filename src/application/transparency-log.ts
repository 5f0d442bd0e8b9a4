import type { ContractNumber } from "../domain/identifiers.ts";
import type { LogStatement } from "../domain/log-statement.ts";
import type { LeafRange } from "../domain/merkle-tree.ts";

/** A head of the tree, signed: whoever keeps it can hold every later one against it. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** SHA-256 of the tree (RFC 6962, section 2.1). */
  readonly root: Uint8Array;
  /** The signed text (C2SP tlog-checkpoint). */
  readonly note: string;
}

/** What a leaf stands for, with what is needed to recompute it. */
export interface LoggedStatement {
  readonly index: number;
  readonly statement: LogStatement;
  readonly salt: Uint8Array;
}

/** The log of contracts that were issued and voided: an RFC 6962 tree whose leaves tell nothing by themselves. */
export interface TransparencyLog {
  /**
   * Enters what events have told since the last time, some hundred at most, and signs the new head. False when there was nothing,
   * or when somebody else is doing it. No request waits for it.
   */
  extend(): Promise<boolean>;
  /**
   * Goes on under another name, after books were put back from a backup: what was entered since then is not in them, and two heads
   * of one size must never be signed for one name.
   */
  renew(): Promise<void>;
  /** The newest; null before the first round. */
  checkpoint(): Promise<Checkpoint | null>;
  /** The first that was signed of this size or a larger one; null when there is none. */
  checkpointFrom(size: number): Promise<Checkpoint | null>;
  /** Of the contract, oldest first: when it was issued, and each time that it was said to be void. */
  statementsOf(number: ContractNumber): Promise<readonly LoggedStatement[]>;
  /** Null when no leaf has this hash. */
  indexOf(leafHash: Uint8Array): Promise<number | null>;
  /** What was entered, from an index on: 32 bytes each. */
  entries(from: number, most: number): Promise<readonly Uint8Array[]>;
  /** The hashes of ranges within the tree. */
  hashes(ranges: readonly LeafRange[]): Promise<readonly Uint8Array[]>;
}

/** Signs for the log with keys that are not in the books: that of the present master key, and those of former ones. */
export interface LogKeys {
  /** The text with a line of signature by each key (C2SP signed-note), so that whoever knows any of them can check it. */
  sign(name: string, text: string): string;
  /** As whoever checks is given them: name, id and key, the present one first. */
  verifierKeys(name: string): readonly string[];
  /** Whether each of the signatures holds, and there is one. */
  verify(name: string, note: string): boolean;
}
