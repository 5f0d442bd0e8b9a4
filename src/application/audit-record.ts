import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { Sha256 } from "../domain/identifiers.ts";

/** An audit entry as the database has it, each field as text: whatever is changed in one changes its hash. */
export interface EntryRecord {
  readonly id: string;
  /** "2026-11-29T03:18:59.123456Z", to the microsecond. */
  readonly at: string;
  readonly recordedAt: string;
  readonly actorKind: string;
  readonly actor: string;
  readonly from: string | null;
  readonly action: string;
  readonly account: string | null;
  readonly objectKind: string;
  readonly objectId: string;
  readonly policyVersion: string | null;
  /** JSON, as PostgreSQL spells jsonb. */
  readonly detail: string;
  readonly objectState: string | null;
  /** Hexadecimal; null in entries of releases before the chain. */
  readonly mac: string | null;
  readonly macKey: string | null;
}

/** An event of the outbox, likewise. */
export interface EventRecord {
  readonly id: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly account: string;
  readonly type: string;
  readonly subject: string;
  readonly data: string;
}

/** A link of the chain: what came since the batch before it. */
export interface BatchRecord {
  readonly batch: number;
  readonly lastPosition: number;
  /** The SHA-256 of each entry since the batch before, one after the other: a position is a place in this list. */
  readonly entryHashes: Buffer;
  readonly lastEvent: number;
  readonly eventHashes: Buffer;
  /** The hash of the batch before; "" before the first. */
  readonly previous: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly key: string;
}

/** A batch with its signature, as it is stored. */
export interface SignedBatch extends BatchRecord {
  readonly sha256: string;
  readonly signature: Buffer;
}

/** Where the chain is: whoever knows this of a moment can tell later whether the books still go on from there. */
export interface ChainHead {
  readonly batch: number;
  readonly position: number;
  readonly sha256: Sha256;
}

export const HASH_BYTES = 32;

export function hashOfRecord(record: EntryRecord | EventRecord): Buffer {
  return sha256(canonicalJson({ ...record }));
}

/** What the signature is over; its SHA-256 is what the next batch names. */
export function bodyOfBatch({ entryHashes, eventHashes, ...rest }: BatchRecord): Buffer {
  const { batch, lastPosition, lastEvent, previous, madeAt, key } = rest;
  const [entries, events] = [sha256(entryHashes).toString("hex"), sha256(eventHashes).toString("hex")];
  return Buffer.from(canonicalJson({ batch, lastPosition, entries, lastEvent, events, previous, madeAt, key }));
}

export function hashOfBatch(body: Buffer): Sha256 {
  return sha256(body).toString("hex") as Sha256;
}

/** What an entry says, as whoever writes it knows it: without what the database adds. */
export type Statement = Omit<EntryRecord, "recordedAt" | "objectState" | "mac" | "macKey">;

/** What the code of an entry is over: JSON of what it says, its details by their names. */
export function bodyOfStatement(statement: Statement): Buffer {
  const { id, at, actorKind, actor, from, action, account, objectKind, objectId, policyVersion, detail } = statement;
  const details = Object.entries(JSON.parse(detail) as Record<string, unknown>).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  const said = [id, at, actorKind, actor, from, action, account, objectKind, objectId, policyVersion, details];
  return Buffer.from(
    JSON.stringify(said, (_, value: unknown) => (typeof value === "string" ? wellFormed(value) : value)),
  );
}

/** As a database keeps it: half a character is none. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function sha256(content: string | Buffer): Buffer {
  return createHash("sha256").update(content).digest();
}
