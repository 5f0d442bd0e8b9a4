import type { Sha256 } from "../domain/identifiers.ts";
import type { ObjectBooks } from "./object-books.ts";
import type { KeptObject, ObjectKeeping } from "./object-keeping.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";

export interface CollectOrphansPorts {
  readonly ledger: Pick<ObjectBooks, "referredAmong"> & Pick<Ledger, "transaction">;
  readonly objects: ObjectKeeping;
  readonly clock: Clock;
}

export interface Collection {
  /** Files in their place. */
  readonly lookedAt: number;
  /** Files in their place that nobody refers to, old enough; taken out of it unless it was a dry run. */
  readonly setAside: readonly Sha256[];
  /** Files that were set aside and are referred to after all. */
  readonly restored: readonly Sha256[];
  /** Files that were set aside, still not referred to a grace later. */
  readonly discarded: readonly Sha256[];
  /** What writers who crashed have left unfinished. */
  readonly remains: number;
}

export interface CollectOptions {
  /** How old a file must be to be set aside, and how long it is aside before it is discarded. */
  readonly graceMs?: number;
  readonly isDryRun?: boolean;
}

/** Whoever puts a file refers to it within the hour or never (`Objects.put`); the longest that we saw took seconds. */
export const GRACE_MS = 24 * 3_600_000;
const PAGE = 500;

/**
 * Takes away files that no row refers to: a crash, or a worker who was second, left them. No file that is or will be
 * referred to can be lost, though somebody may put the same bytes at the very moment:
 *
 * A file is discarded only after it was set aside at some t and nobody referred to it at t + grace or later; rows that
 * refer never vanish. Whoever put it did so before t or after. If before, the row is committed before t + grace, so that
 * it is seen and the file restored; until then `get` finds it aside. If after, the put has written a file of its own into
 * the place, which discarding does not touch. So no lock is needed, and none is taken.
 */
export async function collectOrphans(
  ports: CollectOrphansPorts,
  actor: Actor,
  { graceMs = GRACE_MS, isDryRun = false }: CollectOptions = {},
): Promise<Collection> {
  const { objects } = ports;
  const found = { setAside: [] as Sha256[], restored: [] as Sha256[], discarded: [] as Sha256[] };
  let lookedAt = 0;
  for await (const [old, referred] of judged(ports, objects.list())) {
    lookedAt += old.length;
    const orphans = old.filter(({ hash, ageMs }) => ageMs >= graceMs && !referred.has(hash)).map(({ hash }) => hash);
    found.setAside.push(...orphans);
    if (!isDryRun) await each(ports, actor, "object.set_aside", orphans, (hash) => objects.setAside(hash));
  }
  for await (const [aside, referred] of judged(ports, objects.listAside())) {
    const wanted = aside.filter(({ hash }) => referred.has(hash)).map(({ hash }) => hash);
    const unwanted = aside.filter(({ hash, ageMs }) => ageMs >= graceMs && !referred.has(hash)).map(({ hash }) => hash);
    found.restored.push(...wanted);
    found.discarded.push(...unwanted);
    if (isDryRun) continue;
    await each(ports, actor, "object.restored", wanted, (hash) => objects.restore(hash));
    await each(ports, actor, "object.discarded", unwanted, (hash) => objects.discard(hash));
  }
  return { lookedAt, ...found, remains: isDryRun ? 0 : await objects.clearRemains(graceMs) };
}

/** Pages of files with those of them that somebody refers to; asked after the files were seen, as the proof wants it. */
async function* judged(
  { ledger }: CollectOrphansPorts,
  kept: AsyncIterable<KeptObject>,
): AsyncIterable<readonly [readonly KeptObject[], ReadonlySet<Sha256>]> {
  let page: KeptObject[] = [];
  const judge = async () => [page, await ledger.referredAmong(page.map(({ hash }) => hash))] as const;
  for await (const file of kept) {
    page.push(file);
    if (page.length < PAGE) continue;
    yield await judge();
    page = [];
  }
  if (page.length > 0) yield await judge();
}

/** Written down first: a file that is gone without a word would be worse than a word too many. */
async function each(
  { ledger, clock }: CollectOrphansPorts,
  actor: Actor,
  action: string,
  hashes: readonly Sha256[],
  act: (hash: Sha256) => Promise<void>,
): Promise<void> {
  if (hashes.length === 0) return;
  await ledger.transaction(async (transaction) => {
    for (const hash of hashes) {
      await transaction.audit({
        at: clock.now(),
        actor,
        action,
        account: null,
        objectKind: "object",
        objectId: hash,
        policyVersion: null,
        detail: {},
      });
    }
  });
  for (const hash of hashes) await act(hash);
}
