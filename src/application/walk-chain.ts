import type { AuditReading, Numbered } from "./audit-findings.ts";
import {
  bodyOfBatch,
  type ChainHead,
  type EntryRecord,
  type EventRecord,
  HASH_BYTES,
  hashOfBatch,
  hashOfRecord,
  type SignedBatch,
} from "./audit-record.ts";
import type { ChainKeys } from "./chain-keys.ts";
import { type FindingList, finding } from "./finding-list.ts";

interface Visitor {
  /** An entry that has its position, whether or not it is the right one. */
  entry(record: EntryRecord, position: number): void;
  /** With the hash of what it says. */
  batch(batch: SignedBatch, sha256: string): void;
}

interface Walked {
  readonly entries: number;
  readonly events: number;
  readonly batches: number;
  readonly head: ChainHead | null;
}

/** Goes through the chain from its first batch to its last, and beside it through entries and events. */
export async function walkChain(
  reading: AuditReading,
  keys: ChainKeys,
  found: FindingList,
  visitor: Visitor,
): Promise<Walked> {
  const links = new LinkChecker(keys, found);
  const entries = new Lane(reading, "entry", reading.entries(), found, visitor.entry);
  const events = new Lane(reading, "event", reading.events(), found, () => {});
  for await (const batch of reading.batches()) {
    const { sha256, isNext } = links.check(batch);
    visitor.batch(batch, sha256);
    if (!isNext) continue;
    await entries.follow(batch.entryHashes, batch.lastPosition, batch.batch);
    await events.follow(batch.eventHashes, batch.lastEvent, batch.batch);
  }
  const { batch: last, lastEvent } = await reading.head();
  const { head } = links;
  // Its batch is gone, or somebody has set the mark; in either case what follows is not what was written.
  if (last !== (head?.batch ?? 0)) {
    const batch = Math.min(last, head?.batch ?? 0) + 1;
    found.add(finding("batch_missing", { batch, position: (head?.position ?? 0) + 1 }));
  }
  await entries.finish();
  // Events get their positions first and are chained within a second.
  await events.finish(lastEvent);
  return { entries: entries.read, events: events.read, batches: links.read, head };
}

/** Looks at each batch for itself, and whether it goes on from the one before. */
class LinkChecker {
  readonly #keys: ChainKeys;
  readonly #found: FindingList;
  readonly #unknown = new Set<string>();
  head: ChainHead | null = null;
  read = 0;

  constructor(keys: ChainKeys, found: FindingList) {
    this.#keys = keys;
    this.#found = found;
  }

  check(batch: SignedBatch): { readonly sha256: string; readonly isNext: boolean } {
    const { batch: number, previous, key, signature, lastPosition } = batch;
    this.read += 1;
    const [last, lastHash, position] = [this.head?.batch ?? 0, this.head?.sha256 ?? "", (this.head?.position ?? 0) + 1];
    if (number > last + 1) this.#found.add(finding("batch_missing", { batch: last + 1, position }));
    const body = bodyOfBatch(batch);
    const sha256 = hashOfBatch(body);
    const verdict = sha256 === batch.sha256 ? this.#keys.verify(key, body, signature) : "not_ours";
    if (verdict === "not_ours" || number <= last) {
      this.#found.add(finding("batch_not_signed", { batch: number, position }));
    } else if (verdict === "unknown_key" && !this.#unknown.has(key)) {
      this.#unknown.add(key);
      this.#found.add(finding("unknown_key", { batch: number, position, key }));
    }
    if (number === last + 1 && previous !== lastHash) {
      this.#found.add(finding("batch_not_linked", { batch: number, position }));
    }
    if (number <= last) return { sha256, isNext: false };
    this.head = { batch: number, position: lastPosition, sha256: batch.sha256 as ChainHead["sha256"] };
    return { sha256, isNext: true };
  }
}

/** Entries, or events, beside what the batches say of them. */
class Lane<Item extends EntryRecord | EventRecord> {
  readonly #reading: AuditReading;
  readonly #what: "entry" | "event";
  readonly #items: AsyncIterator<Numbered<Item>>;
  readonly #found: FindingList;
  readonly #visit: (record: Item, position: number) => void;
  #next: Numbered<Item> | null | undefined;
  #last = 0;
  read = 0;

  constructor(
    reading: AuditReading,
    what: "entry" | "event",
    items: AsyncIterable<Numbered<Item>>,
    found: FindingList,
    visit: (record: Item, position: number) => void,
  ) {
    this.#reading = reading;
    this.#what = what;
    this.#items = items[Symbol.asyncIterator]();
    this.#found = found;
    this.#visit = visit;
  }

  async follow(hashes: Buffer, last: number, batch: number): Promise<void> {
    const first = last - hashes.length / HASH_BYTES + 1;
    // Where a batch is missing, what it was about has no hash any more; that it is missing has been said.
    await this.#pass(first, this.#last + 1 === first);
    for (let position = first; position <= last; position++) {
      const place = (position - first) * HASH_BYTES;
      await this.#compare(position, hashes.subarray(place, place + HASH_BYTES), batch);
    }
    this.#last = Math.max(this.#last, last);
  }

  /** What has a position and is in no batch; up to `waiting` it may still come into one. */
  async finish(waiting = 0): Promise<void> {
    await this.#pass(waiting + 1, false);
    await this.#pass(Number.POSITIVE_INFINITY, true);
  }

  async #compare(position: number, expected: Buffer, batch: number): Promise<void> {
    await this.#pass(position, true);
    const item = await this.#peek();
    if (item?.position !== position) return this.#say("missing", position, null, batch);
    this.#next = undefined;
    this.#see(item);
    const hash = hashOfRecord(item.record);
    if (hash.equals(expected)) return;
    const isElsewhere = await this.#reading.isChained(hash, this.#what === "entry" ? "entries" : "events");
    this.#say(isElsewhere ? "out_of_order" : "altered", position, item.record.id, batch);
  }

  async #pass(until: number, areStray: boolean): Promise<void> {
    for (let item = await this.#peek(); item && item.position < until; item = await this.#peek()) {
      this.#next = undefined;
      this.#see(item);
      if (areStray) this.#say("inserted", item.position, item.record.id, null);
    }
  }

  #see({ record, position }: Numbered<Item>): void {
    this.read += 1;
    this.#visit(record, position);
  }

  #say(
    wrong: "altered" | "missing" | "out_of_order" | "inserted",
    position: number,
    id: string | null,
    batch: number | null,
  ): void {
    const where = this.#what === "entry" ? { position, entry: id, batch } : { event: position, batch };
    this.#found.add(finding(`${this.#what}_${wrong}`, where));
  }

  async #peek(): Promise<Numbered<Item> | null> {
    if (this.#next === undefined) {
      const { value, done } = await this.#items.next();
      this.#next = done ? null : value;
    }
    return this.#next ?? null;
  }
}
