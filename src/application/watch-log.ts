import type { Checkpoint, TransparencyLog } from "./transparency-log.ts";

/** A head that this node has seen, kept where whoever has the database has nothing to say. */
export type SeenHead = Pick<Checkpoint, "origin" | "size"> & { readonly root: string };

export interface LogWitness {
  /** The last that was noted; null before the first. */
  last(): Promise<SeenHead | null>;
  /** Notes a head, so that it is there after a crash. */
  note(head: SeenHead): Promise<void>;
}

export interface WatchLogPorts {
  readonly transparencyLog: TransparencyLog;
  readonly logWitness: LogWitness;
}

/**
 * One round: enters what is new until nothing waits, and notes the head. Where the books no longer have the head that was noted, they
 * were altered or put back: then nothing is entered, since a second head of one size would be a lie that the key tells.
 */
export async function watchLog({ transparencyLog: log, logWitness }: WatchLogPorts): Promise<"sound" | SeenHead> {
  const seen = await logWitness.last();
  const before = await log.checkpoint();
  // A log by another name is another log, as after a restore that was meant.
  if (seen && before?.origin === seen.origin) {
    const kept = await log.checkpointFrom(seen.size);
    if (kept?.size !== seen.size || rootText(kept) !== seen.root) return seen;
  }
  while (await log.extend());
  const head = await log.checkpoint();
  if (head && (head.origin !== seen?.origin || head.size !== seen.size)) {
    await logWitness.note({ origin: head.origin, size: head.size, root: rootText(head) });
  }
  return "sound";
}

function rootText({ root }: Checkpoint): string {
  return Buffer.from(root).toString("hex");
}
