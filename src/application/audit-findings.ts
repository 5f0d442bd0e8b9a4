import type { ChainHead, EntryRecord, EventRecord, SignedBatch } from "./audit-record.ts";

/**
 * What can be wrong with the audit. Of an entry or an event: `altered`, `missing`, `out_of_order`, `inserted`; of an entry
 * alone: `not_by_us`, written by somebody without our key. Of a batch: `batch_missing`, `not_signed`, `not_linked`, and
 * `unknown_key`, which proves nothing for or against it. `rolled_back`, `not_as_witnessed`: the chain is not what it was when
 * somebody noted its head. Of an object: it is not what its newest entry says, has no entry, or is gone. `adoption_altered`:
 * the list of objects from before the chain.
 */
export type AuditFault =
  | `${"entry" | "event"}_${"altered" | "missing" | "out_of_order" | "inserted"}`
  | "entry_not_by_us"
  | `batch_${"missing" | "not_signed" | "not_linked"}`
  | "unknown_key"
  | "rolled_back"
  | "not_as_witnessed"
  | `object_${"altered" | "unrecorded" | "gone"}`
  | "adoption_altered";

export interface AuditFinding {
  readonly fault: AuditFault;
  /** Of the entry, or of the first one that the fault concerns; null where the entry has none. */
  readonly position: number | null;
  /** The entry's id, where there is one. */
  readonly entry: string | null;
  readonly event: number | null;
  readonly batch: number | null;
  readonly object: AuditedObject | null;
  /** The key that a batch or an entry names. */
  readonly key: string | null;
}

interface AuditedObject {
  readonly kind: string;
  readonly account: string | null;
  readonly id: string;
}

export interface Numbered<Item> {
  readonly position: number;
  readonly record: Item;
}

/** An object that is not what its newest entry says. */
export interface StrayObject {
  readonly object: AuditedObject;
  readonly fault: "object_altered" | "object_unrecorded" | "object_gone";
  /** Of its newest entry; null where it has none yet, or none at all. */
  readonly position: number | null;
  readonly entry: string | null;
}

/** The audit as the books have it at one moment; one stream is read at a time, or several in turn. */
export interface AuditReading {
  /** By number. */
  batches(): AsyncIterable<SignedBatch>;
  /** Whatever has a position, by position. */
  entries(): AsyncIterable<Numbered<EntryRecord>>;
  events(): AsyncIterable<Numbered<EventRecord>>;
  /** What has no position yet. */
  unchained(): AsyncIterable<EntryRecord>;
  /** How far the books say that the chain goes; and the last event that has a position, which may not be chained yet. */
  head(): Promise<{
    readonly batch: number;
    readonly position: number;
    readonly event: number;
    readonly lastEvent: number;
  }>;
  /** Whether some batch has this hash among those of its entries, or of its events. */
  isChained(hash: Buffer, of: "entries" | "events"): Promise<boolean>;
  /** At most `most` of those that are not as recorded, and how many there are in all, right and wrong. */
  strayObjects(most: number): Promise<{ readonly objects: number; readonly stray: readonly StrayObject[] }>;
  /** The list of objects from before the chain. */
  adopted(): Promise<{ readonly objects: number; readonly sha256: string }>;
  /** Whether entries on objects of this kind say what became of it. */
  isStated(kind: string): boolean;
}

export interface AuditSource {
  /** Nothing is changed and nobody waits meanwhile. */
  read<Value>(work: (reading: AuditReading) => Promise<Value>): Promise<Value>;
}

/** A head that somebody has noted outside of the books. */
export type WitnessedHead = Pick<ChainHead, "batch" | "sha256">;
