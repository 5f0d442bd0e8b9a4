import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseSellerId, type SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import { fingerprintOf, orNothing } from "./folder-files.ts";
import { type ApprovedKeys, withApproval } from "./key-approval.ts";
import { keyInUse } from "./key-choice.ts";
import { firstFilesOf, type KeyFolder, keyFolders, type ReadKey, readKeyFolder } from "./key-folder.ts";
import type { SealKey } from "./seal/seal-key.ts";
import { openRoots, type Roots } from "./seal-roots.ts";

/** The sellers' seal keys and the roots that vouch for them. */
export interface KeyRing {
  /** Whether the seller can seal at the instant (R18). */
  hasKey(seller: SellerId, at: Instant): Promise<boolean>;
  /** The same as last seen, without a look at files or a word with a signer; null when that was too long ago, or never. */
  hasKeyAsSeen(seller: SellerId, at: Instant): boolean | null;
  /** Throws when the seller has none for the instant: the ladder has refused before (R18). */
  key(seller: SellerId, at: Instant): Promise<SealKey>;
  /** Every key of the seller, usable or not, by name. */
  keys(seller: SellerId, at: Instant): Promise<readonly ReadKey[]>;
  /** The sellers that have a folder. */
  sellers(): Promise<readonly SellerId[]>;
  /** DER certificates of the authorities whose seals are accepted. */
  roots(): Promise<readonly Uint8Array[]>;
  /** The same as far as they have been read: none before `roots` or a key was asked for. */
  knownRoots(): readonly Uint8Array[];
}

export interface KeyRingOptions {
  /** How old what is known of the files may be. 0: they are looked at each time. */
  readonly freshForMs?: number;
  /** How long a signer or token that failed is left alone before it is asked again. */
  readonly tryAgainAfterMs?: number;
  /** Asked at each look; where it is left out, every key counts as approved. */
  readonly approved?: () => Promise<ApprovedKeys>;
}

/** A look at a seller's folder is some stats (0.2 ms), so that even this often it does not show. */
const FRESH_FOR_MS = 1_000;
/** A signer or token that failed is asked again in the background, while requests go on being refused at once. */
const TRY_AGAIN_AFTER_MS = 30_000;

const NONE_APPROVED: ApprovedKeys = new Set();

/** A look at files takes a thousandth of it, and a key file that is new a fiftieth. */
const LONGEST_WAIT_MS = 250;

interface KnownKey {
  readonly fingerprint: string;
  readonly read: ReadKey;
  readonly readAtMs: number;
}

interface KnownSeller {
  lookedAtMs: number;
  looking: Promise<void> | null;
  keys: ReadonlyMap<string, KnownKey>;
  rootsFingerprint: string;
  approved: ApprovedKeys;
}

export function sellerFolder(directory: string, seller: SellerId): string {
  return join(directory, "sellers", seller);
}

/**
 * Keys in a directory: `sellers/<seller>/<key>/key.json` with its files, or `sellers/<seller>/key.pem` with
 * `certificate.pem`; and `roots/*.pem`. Keys are kept in memory, and files that were put there, replaced or removed are noticed
 * within `freshForMs`, without a restart.
 */
export function openKeyRing(directory: string, options: KeyRingOptions = {}): KeyRing {
  const { freshForMs = FRESH_FOR_MS, tryAgainAfterMs = TRY_AGAIN_AFTER_MS } = options;
  const askApproved = options.approved ?? (async () => null);
  const roots = openRoots(join(directory, "roots"), freshForMs);
  const sellers = new Map<SellerId, KnownSeller>();

  const current = async (seller: SellerId, at: Instant): Promise<readonly ReadKey[]> => {
    const known = sellers.get(seller) ?? {
      lookedAtMs: -Infinity,
      looking: null,
      keys: new Map(),
      rootsFingerprint: "",
      approved: NONE_APPROVED,
    };
    sellers.set(seller, known);
    if (performance.now() - known.lookedAtMs >= freshForMs) {
      known.looking ??= look(sellerFolder(directory, seller), roots, known, at, tryAgainAfterMs, askApproved).finally(
        () => {
          known.looking = null;
        },
      );
      const isFirst = known.lookedAtMs === -Infinity;
      await (isFirst ? known.looking : orInTheBackground(known.looking));
    }
    return readKeysOf(known);
  };
  const inUse = async (seller: SellerId, at: Instant): Promise<SealKey | null> =>
    keyInUse((await current(seller, at)).flatMap(usable), at)?.key ?? null;

  return {
    hasKey: async (seller, at) => (await inUse(seller, at)) !== null,
    hasKeyAsSeen(seller, at) {
      const known = sellers.get(seller);
      if (known === undefined || performance.now() - known.lookedAtMs >= freshForMs) return null;
      return keyInUse(readKeysOf(known).flatMap(usable), at) !== null;
    },
    async key(seller, at) {
      const key = await inUse(seller, at);
      if (!key) throw new Error(`seller ${seller} has no seal key in use in ${directory}; see orderseal keys list`);
      return key;
    },
    keys: current,
    async sellers() {
      const names = await readdir(join(directory, "sellers")).catch(orNothing);
      return names.map(parseSellerId).filter((seller) => seller !== null);
    },
    roots: async () => (await roots.current()).certificates,
    knownRoots: () => roots.known(),
  };
}

function readKeysOf({ keys, approved }: KnownSeller): readonly ReadKey[] {
  return [...keys.values()].map(({ read }) => withApproval(read, approved));
}

/**
 * Somebody waits for an answer while a seller's key is looked for, and a key service that is tried anew may take seconds:
 * the look goes on by itself then, and what was known before counts until it ends.
 */
async function orInTheBackground(looking: Promise<void>): Promise<void> {
  // A look that fails is begun again by the next who asks.
  looking.catch(() => undefined);
  await Promise.race([looking, setTimeout(LONGEST_WAIT_MS, undefined, { ref: false })]);
}

/** A key without fault and with its private part at hand. */
export function usable({ name, key, certificate, fault }: ReadKey) {
  return key !== null && certificate !== null && fault === null ? [{ name, key, period: certificate.period }] : [];
}

async function look(
  folder: string,
  roots: Roots,
  known: KnownSeller,
  at: Instant,
  tryAgainAfterMs: number,
  askApproved: () => Promise<ApprovedKeys>,
): Promise<void> {
  const began = performance.now();
  const [found, trusted, approved] = await Promise.all([
    keyFolders(folder),
    roots.current(),
    // What was approved stays so while the books cannot be asked; what is new waits.
    askApproved().catch(() => known.approved),
  ]);
  const sameRoots = trusted.fingerprint === known.rootsFingerprint;
  const keys = await Promise.all(
    found.map(async (key): Promise<[string, KnownKey]> => {
      const before = known.keys.get(key.name);
      const isSame =
        before &&
        (sameRoots || isFinal(before.read)) &&
        (await fingerprintOf(before.read.files)) === before.fingerprint;
      if (!isSame) return [key.name, await readFresh(key, trusted.certificates, at)];
      if (before.read.mayBeTriedAgain && began - before.readAtMs >= tryAgainAfterMs) {
        tryAgain(key, trusted.certificates, before, known, at);
        return [key.name, { ...before, readAtMs: began }];
      }
      return [key.name, before];
    }),
  );
  known.keys = new Map(keys);
  known.rootsFingerprint = trusted.fingerprint;
  known.approved = approved;
  known.lookedAtMs = began;
}

/** A fault that only another file of the key can mend: no root makes a token take a wrong PIN, and it counts them. */
function isFinal({ fault, mayBeTriedAgain }: ReadKey): boolean {
  return fault !== null && !mayBeTriedAgain;
}

/** The fingerprint is taken before the files are read: what changes meanwhile is read again at the next look. */
async function readFresh(key: KeyFolder, roots: readonly Uint8Array[], at: Instant): Promise<KnownKey> {
  const first = await fingerprintOf(firstFilesOf(key));
  const read = await readKeyFolder(key, roots, at);
  const rest = read.files.slice(firstFilesOf(key).length);
  const fingerprint = rest.length === 0 ? first : `${first} ${await fingerprintOf(rest)}`;
  return { fingerprint, read, readAtMs: performance.now() };
}

function tryAgain(key: KeyFolder, roots: readonly Uint8Array[], before: KnownKey, known: KnownSeller, at: Instant) {
  const replace = async () => {
    const fresh = await readFresh(key, roots, at);
    // Somebody may have put another key there while the signer was asked.
    if (known.keys.get(key.name)?.read === before.read) known.keys = new Map(known.keys).set(key.name, fresh);
  };
  replace().catch(() => undefined);
}
