import type { AuditChain } from "./audit-chain.ts";
import type { WitnessedHead } from "./audit-findings.ts";
import type { ChainHead } from "./audit-record.ts";

/** What a node has seen of the chain, kept where whoever has the database has nothing to say. */
export interface AuditWitness {
  /** The last head that was noted; null before the first. */
  last(): Promise<ChainHead | null>;
  /** Notes a head, so that it is there after a crash. */
  note(head: ChainHead): Promise<void>;
  /** All that were noted and are still kept. */
  heads(): Promise<readonly WitnessedHead[]>;
}

export interface WatchChainPorts {
  readonly chain: AuditChain;
  readonly witness: AuditWitness;
}

/** `behind`: the books have no batch of that number any more; `other`: they have another one. */
export interface ChainBreak {
  readonly witnessed: ChainHead;
  readonly found: "behind" | "other";
}

/**
 * One round: goes on with the chain until nothing waits, and notes how far it is, whoever has gone on with it. Before
 * that it looks whether the chain is still the one that was noted; where it is not, it says so and goes on all the same, since
 * what is written now is worth being kept, and what was noted stays noted.
 */
export async function watchChain({ chain, witness }: WatchChainPorts): Promise<ChainBreak | null> {
  const last = await witness.last();
  const broken = last && (await findBreak(chain, last));
  while ((await chain.extend()) !== null);
  const head = await chain.head();
  if (head && (head.batch !== last?.batch || head.sha256 !== last.sha256)) await witness.note(head);
  return broken;
}

async function findBreak(chain: AuditChain, witnessed: ChainHead): Promise<ChainBreak | null> {
  const found = await chain.batch(witnessed.batch);
  if (found?.sha256 === witnessed.sha256) return null;
  return { witnessed, found: found ? "other" : "behind" };
}
