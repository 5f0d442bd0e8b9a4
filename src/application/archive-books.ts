import type { Archive } from "../domain/archive.ts";
import type { IssuedContract } from "../domain/contract.ts";
import type { SellerId, Sha256 } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";

/** A contract that is to be archived for the first time, or whose archive is to be renewed. */
export interface ArchiveWork {
  readonly contract: IssuedContract;
  /** The newest one; null before the first. */
  readonly archive: Archive | null;
}

/** Archives inside one transaction. */
export interface ArchiveBooks {
  /**
   * Enters an archive that continues this file, and when it will have to be renewed; false when somebody else has
   * continued that file before.
   */
  enterArchive(contract: IssuedContract, archive: Archive, continues: Sha256): Promise<boolean>;
}

/** How many contracts wait for their archive after a failure, and what the longest waiting one was told. */
export interface ArchiveTrouble {
  readonly contracts: number;
  readonly reason: string;
}

/** What is to be archived. */
export interface ArchiveQueue {
  /**
   * Takes over one contract that is due at `at`; null when none is. Until it is entered or put off it comes back by
   * itself, after one minute first and after longer and longer pauses, of a day at most. Contracts of the sellers who are
   * `resting` are left for later.
   */
  claimArchiveWork(at: Instant, resting: readonly SellerId[]): Promise<ArchiveWork | null>;
  /** Says why it came to nothing; `until` puts it off for longer than the claim did. */
  putOffArchive(contract: IssuedContract, trouble: string, until: Instant | null): Promise<void>;
  /** Null while nothing is in trouble. */
  archiveTrouble(): Promise<ArchiveTrouble | null>;
}
