import { type LogStatement, statementText } from "../domain/log-statement.ts";
import { leafHash, nodeHash, nodesCompletedBy, nodesOf, rangeHash } from "../domain/merkle-tree.ts";
import { entryOf, sha256 } from "./log-hash.ts";
import type { Checkpoint, LogKeys } from "./transparency-log.ts";
import type { SeenHead } from "./watch-log.ts";

/**
 * What can be wrong with the transparency log. Of a leaf: it does not say what the books say, is missing though the books tell of
 * it, or is not where it was. Of a node: it is not what its children make it. Of a signed head: its root is not that of the
 * leaves, its signature does not hold, or nobody here has its key, which proves nothing. `not_as_witnessed`, `rolled_back`: a head
 * that somebody has noted outside of the books is not theirs, or they no longer go as far.
 */
export type LogFault =
  | `leaf_${"altered" | "missing" | "out_of_place"}`
  | "node_altered"
  | `checkpoint_${"altered" | "not_signed"}`
  | "not_as_witnessed"
  | "rolled_back";

export interface LogFinding {
  readonly fault: LogFault;
  /** Of the leaf, or the size of the head; of a missing leaf the event that told of it. */
  readonly at: number;
}

/** A leaf as the books have it, with what they say that it should state. */
export interface ReadLeaf {
  readonly index: number;
  readonly salt: Uint8Array;
  readonly entry: Uint8Array;
  readonly statement: string;
  /** From the event and the contract; null where there is no such event any more. */
  readonly told: LogStatement | null;
  /** The leaf's own hash and those of the inner nodes that it completes, as they are kept; null for one that is missing. */
  readonly nodes: readonly (Uint8Array | null)[];
}

export interface LogReading {
  readonly origin: string | null;
  readonly size: number;
  leaves(): AsyncIterable<ReadLeaf>;
  /** By size. */
  checkpoints(): AsyncIterable<Checkpoint>;
  /** Events that tell of an issued or voided contract, were looked at and have no leaf. */
  unlogged(most: number): Promise<readonly number[]>;
}

export interface LogSource {
  /** Nothing is changed and nobody waits meanwhile. */
  readLog<Value>(work: (reading: LogReading) => Promise<Value>): Promise<Value>;
}

export interface VerifiedLog {
  readonly origin: string | null;
  readonly leaves: number;
  readonly checkpoints: number;
  /** The first of them, up to `most`. */
  readonly findings: readonly LogFinding[];
  readonly more: boolean;
  /** The root of all leaves, in hexadecimal: computed here. */
  readonly root: string;
}

export interface VerifyLogOptions {
  /** Heads that were noted outside of the books. */
  readonly witnessed: readonly SeenHead[];
  /** How many findings are named. */
  readonly most: number;
}

/** Computes the whole tree anew from what the books tell, and holds every kept node and every head that was signed against it. */
export async function verifyLog(
  { logSource, logKeys }: { readonly logSource: LogSource; readonly logKeys: LogKeys },
  options: VerifyLogOptions,
): Promise<VerifiedLog> {
  return logSource.readLog((reading) => new LogVerifier(reading, logKeys, options).verify());
}

class LogVerifier {
  readonly #reading: LogReading;
  readonly #keys: LogKeys;
  readonly #most: number;
  readonly #witnessed: readonly SeenHead[];
  readonly #findings: LogFinding[] = [];
  #more = false;
  /** The right edge, by level and index. */
  readonly #edge = new Map<string, Uint8Array>();
  #size = 0;

  constructor(reading: LogReading, keys: LogKeys, { witnessed, most }: VerifyLogOptions) {
    this.#reading = reading;
    this.#keys = keys;
    this.#most = most;
    this.#witnessed = witnessed.filter(({ origin }) => origin === reading.origin);
  }

  async verify(): Promise<VerifiedLog> {
    const heads = this.#reading.checkpoints()[Symbol.asyncIterator]();
    let next = await heads.next();
    let checkpoints = 0;
    const judgeHeads = async () => {
      this.#judgeWitnessed();
      while (!next.done && next.value.size === this.#size) {
        this.#judgeHead(next.value);
        checkpoints += 1;
        next = await heads.next();
      }
    };
    await judgeHeads();
    for await (const leaf of this.#reading.leaves()) {
      this.#judgeLeaf(leaf);
      await judgeHeads();
    }
    if (this.#size !== this.#reading.size) this.#add("leaf_missing", this.#size);
    for (const { size } of this.#witnessed) if (size > this.#size) this.#add("rolled_back", size);
    // A head of more leaves than there are.
    for (; !next.done; next = await heads.next()) this.#add("checkpoint_altered", next.value.size);
    for (const event of await this.#reading.unlogged(this.#most + 1)) this.#add("leaf_missing", event);
    const [findings, more, leaves] = [this.#findings, this.#more, this.#size];
    const root = Buffer.from(this.#root()).toString("hex");
    return { origin: this.#reading.origin, leaves, checkpoints, findings, more, root };
  }

  #judgeLeaf({ index, salt, entry, statement, told, nodes }: ReadLeaf): void {
    if (index !== this.#size) this.#add("leaf_out_of_place", index);
    const expected = entryOf(salt, statement);
    const says = told && statementText(told);
    if (says !== statement || !isSame(expected, entry)) this.#add("leaf_altered", index);
    const computed = this.#grow(leafHash(sha256, entry));
    if (!computed.every((hash, level) => isSame(hash, nodes[level] ?? null))) this.#add("node_altered", index);
  }

  /** The leaf's hash and those of the nodes that it completes. */
  #grow(leaf: Uint8Array): readonly Uint8Array[] {
    const index = this.#size;
    const computed = [leaf];
    this.#edge.set(`0/${index}`, leaf);
    for (const { level, index: at } of nodesCompletedBy(index)) {
      const [left, right] = [`${level - 1}/${at * 2}`, `${level - 1}/${at * 2 + 1}`];
      const hash = nodeHash(sha256, this.#known(left), this.#known(right));
      computed.push(hash);
      this.#edge.set(`${level}/${at}`, hash);
      this.#edge.delete(left);
      this.#edge.delete(right);
    }
    this.#size += 1;
    return computed;
  }

  #judgeHead({ origin, size, root, note }: Checkpoint): void {
    const computed = Buffer.from(this.#root()).toString("base64");
    const text = `${origin}\n${size}\n${computed}\n\n`;
    if (!isSame(this.#root(), root) || !note.startsWith(text)) this.#add("checkpoint_altered", size);
    else if (!this.#keys.verify(origin, note)) this.#add("checkpoint_not_signed", size);
  }

  #judgeWitnessed(): void {
    for (const { size, root } of this.#witnessed) {
      if (size === this.#size && Buffer.from(this.#root()).toString("hex") !== root)
        this.#add("not_as_witnessed", size);
    }
  }

  #root(): Uint8Array {
    const nodes = nodesOf({ start: 0, end: this.#size });
    return rangeHash(
      sha256,
      nodes.map(({ level, index }) => this.#known(`${level}/${index}`)),
    );
  }

  #known(name: string): Uint8Array {
    const hash = this.#edge.get(name);
    if (!hash) throw new Error(`node ${name} was not computed`);
    return hash;
  }

  #add(fault: LogFault, at: number): void {
    if (this.#findings.length < this.#most) this.#findings.push({ fault, at });
    else this.#more = true;
  }
}

function isSame(one: Uint8Array, other: Uint8Array | null): boolean {
  return other !== null && Buffer.compare(one, other) === 0;
}
