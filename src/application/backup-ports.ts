import type { Sha256 } from "../domain/identifiers.ts";

/** A migration that the backed-up database had applied, with the hash of its text. */
export interface AppliedMigration {
  readonly name: string;
  readonly sha256: string;
}

export interface DumpedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The books as they were at one moment, whatever is written meanwhile. */
export interface BooksDump {
  readonly migrations: readonly AppliedMigration[];
  readonly tables: readonly DumpedTable[];
  /** The table's rows in pieces of a few megabytes, each of whole rows. */
  rows(table: DumpedTable): AsyncIterable<Uint8Array>;
  /** Every file that the rows refer to, each once. */
  files(): AsyncIterable<Sha256>;
}

export interface BooksLoad {
  /** False when the database refuses them: they are not as they were written. */
  rows(table: DumpedTable, piece: Uint8Array): Promise<boolean>;
}

/**
 * `not_empty`: the database holds somebody's books already. `newer`: the backup was made by a later version.
 * `other_schema`: the database is not as the backup's was, and cannot be brought there. `inconsistent`: rows refer to
 * others that are not in the backup.
 */
export type LoadRefusal = "not_empty" | "newer" | "other_schema" | "inconsistent";

/** Copies the whole books out and in. */
export interface BooksCopier {
  dump<Value>(work: (dump: BooksDump) => Promise<Value>): Promise<Value>;
  /**
   * Loads into a database that holds nothing, all or nothing: what `work` has loaded stays only if it answers true.
   * Checks and foreign keys hold for what is loaded; the database ends as the newest migration has it.
   */
  load(
    migrations: readonly AppliedMigration[],
    work: (load: BooksLoad) => Promise<boolean>,
  ): Promise<"loaded" | "undone" | LoadRefusal>;
}

/** One file of a backup; small enough to be held in memory. */
export interface BackupEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The first entry of every backup. */
export interface BackupManifest {
  readonly format: 1;
  readonly madeAt: string;
  readonly migrations: readonly AppliedMigration[];
  readonly tables: readonly DumpedTable[];
  /** Roots that the contracts' seals are verified by; the seal keys themselves are not part of a backup. */
  readonly certificates: readonly TrustedCertificate[];
}

/** A root that seals or timestamps are accepted from: public, unlike the keys beside it. */
export interface TrustedCertificate {
  /** Below the key directory: "roots/company.pem". */
  readonly path: string;
  readonly pem: string;
}

export interface TrustedCertificates {
  read(): Promise<readonly TrustedCertificate[]>;
  /** Puts those there that are missing; what stands there already is the operator's, and stays. */
  add(certificates: readonly TrustedCertificate[]): Promise<void>;
}

/** The last entry: what must have come before it. A backup without it was cut off. */
export interface BackupEnd {
  readonly tables: Readonly<Record<string, { readonly pieces: number; readonly sha256: string }>>;
  readonly files: number;
  /** Files that the books refer to and that were missing or altered when the backup was made. */
  readonly damaged: readonly Sha256[];
}

export const MANIFEST_NAME = "manifest.json";
export const END_NAME = "end.json";
