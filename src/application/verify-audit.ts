import type { AuditFinding, AuditReading, AuditSource, WitnessedHead } from "./audit-findings.ts";
import { bodyOfStatement, type EntryRecord } from "./audit-record.ts";
import type { ChainKeys } from "./chain-keys.ts";
import { ADOPTED, FindingList, finding } from "./finding-list.ts";
import { walkChain } from "./walk-chain.ts";

export interface VerifyAuditPorts {
  readonly audit: AuditSource;
  readonly chainKeys: ChainKeys;
}

export interface VerifiedAudit {
  readonly entries: number;
  readonly events: number;
  readonly batches: number;
  readonly objects: number;
  /** Written and not chained yet: of the last second, or since no service runs. */
  readonly unchained: number;
  /** Heads that were noted outside of the books and compared. */
  readonly witnessed: number;
  /** The first of each kind and the rest, up to `most`. */
  readonly findings: readonly AuditFinding[];
  /** True when there are more than are named. */
  readonly more: boolean;
  /** Where the audit ceases to be what was written; null when it is sound. */
  readonly first: AuditFinding | null;
  readonly head: { readonly batch: number; readonly position: number; readonly sha256: string } | null;
}

export interface VerifyAuditOptions {
  readonly witnessed: Iterable<WitnessedHead>;
  /** How many findings are named. */
  readonly most: number;
  readonly progress?: (entries: number) => void;
}

/**
 * Looks whether the audit is what was written and nothing else: every entry and event by the hash that its batch has of it,
 * every batch by its signature and by the one before it, heads that were noted elsewhere by what has become of them, and every
 * object by what its newest entry says of it. Reads in pieces, so that memory does not grow with the audit.
 */
export async function verifyAudit(ports: VerifyAuditPorts, options: VerifyAuditOptions): Promise<VerifiedAudit> {
  return ports.audit.read((reading) => verify(reading, ports.chainKeys, options));
}

async function verify(
  reading: AuditReading,
  keys: ChainKeys,
  { witnessed, most, progress }: VerifyAuditOptions,
): Promise<VerifiedAudit> {
  const found = new FindingList(most);
  const codes = new CodeChecker(reading, keys, found);
  const heads = new Map<number, Set<string>>();
  for (const { batch, sha256 } of witnessed) heads.set(batch, (heads.get(batch) ?? new Set()).add(sha256));
  const walked = await walkChain(reading, keys, found, {
    entry: (record, position) => {
      codes.check(record, position);
      if (position % 1_000 === 0) progress?.(position);
    },
    batch: ({ batch, lastPosition: position }, sha256) => {
      const known = heads.get(batch);
      if (known && (known.size > 1 || !known.has(sha256))) found.add(finding("not_as_witnessed", { batch, position }));
    },
  });
  const beyond = Math.min(...[...heads.keys()].filter((batch) => batch > (walked.head?.batch ?? 0)));
  // Whatever follows the head is gone, of which the witness knows the batch and nothing else.
  if (beyond !== Number.POSITIVE_INFINITY) {
    found.add(finding("rolled_back", { batch: beyond, position: (walked.head?.position ?? 0) + 1 }));
  }
  let unchained = 0;
  for await (const record of reading.unchained()) {
    unchained += 1;
    codes.check(record, null);
  }
  const adopted = await reading.adopted();
  if (!codes.fitsAdopted(adopted))
    found.add(finding("adoption_altered", { position: codes.adoption?.position ?? null }));
  const { objects, stray } = await reading.strayObjects(most + 1);
  for (const { fault, object, position, entry } of stray) found.add(finding(fault, { object, position, entry }));
  const { findings, more, first } = found;
  return { ...walked, objects, unchained, witnessed: heads.size, findings, more, first };
}

/** Looks who has written an entry: whoever does has a key that is not in the books. */
class CodeChecker {
  readonly #reading: AuditReading;
  readonly #keys: ChainKeys;
  readonly #found: FindingList;
  readonly #unknown = new Set<string>();
  /** Those of former releases have no code, and all of them come first. */
  #codesHaveBegun = false;
  adoption: { readonly position: number | null; readonly detail: string } | null = null;

  constructor(reading: AuditReading, keys: ChainKeys, found: FindingList) {
    this.#reading = reading;
    this.#keys = keys;
    this.#found = found;
  }

  check(record: EntryRecord, position: number | null): void {
    const { mac, macKey, id: entry, detail, action } = record;
    if (mac === null || macKey === null) {
      if (this.#codesHaveBegun) this.#found.add(finding("entry_not_by_us", { position, entry }));
      return;
    }
    this.#codesHaveBegun = true;
    const verdict = this.#keys.verifyCode(macKey, bodyOfStatement(record), Buffer.from(mac, "hex"));
    const lacksState = record.objectState === null && this.#reading.isStated(record.objectKind);
    if (verdict === "not_ours" || lacksState) this.#found.add(finding("entry_not_by_us", { position, entry }));
    if (verdict === "unknown_key" && !this.#unknown.has(macKey)) {
      this.#unknown.add(macKey);
      this.#found.add(finding("unknown_key", { position, entry, key: macKey }));
    }
    if (verdict !== "not_ours" && action === ADOPTED) this.adoption ??= { position, detail };
  }

  fitsAdopted({ objects, sha256 }: { readonly objects: number; readonly sha256: string }): boolean {
    if (this.adoption === null) return objects === 0;
    const said = JSON.parse(this.adoption.detail) as { readonly objects?: unknown; readonly sha256?: unknown };
    return said.objects === objects && said.sha256 === sha256;
  }
}
