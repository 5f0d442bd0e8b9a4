import type { Archive } from "../domain/archive.ts";
import type { IssuedContract } from "../domain/contract.ts";
import type { ContractNumber, SellerId, Sha256 } from "../domain/identifiers.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import type { ArchiveWork } from "./archive-books.ts";
import { downloadArchive } from "./download-archive.ts";
import { downloadContract } from "./download-contract.ts";
import type { Clock, Ledger, Objects } from "./ports.ts";
import type { SealChecker } from "./verify-contract.ts";

/** Makes the long-term form of a sealed file. */
export interface Archivist {
  /**
   * The sealed file, or an archive of it, with validation data and a document timestamp behind it. Never throws for
   * what an authority does.
   */
  archive(pdf: Uint8Array, at: Instant): Promise<ArchiveOutcome>;
}

export type ArchiveOutcome =
  | { readonly ok: true; readonly pdf: Uint8Array; readonly renewBefore: Instant }
  | { readonly ok: false; readonly trouble: ArchiveTroubleCode; readonly detail: string };

/**
 * `revoked`: a certificate that the seal rests on was revoked. `no_source`: it names nobody who could be asked.
 * `revocation_unavailable`, `timestamp_unavailable`: an authority is down or answers nonsense. `not_sound`: the
 * verifier does not accept what was made. `nothing_gained`: the new timestamp would end no later than the present one.
 */
type ArchiveTroubleCode =
  | "revoked"
  | "no_source"
  | "revocation_unavailable"
  | "timestamp_unavailable"
  | "not_sound"
  | "nothing_gained";

export interface ArchiveContractPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly objects: Objects;
  readonly archivist: Archivist;
  readonly seals: SealChecker;
}

export type ArchiveRound =
  | { readonly kind: "nothing_due" }
  | { readonly kind: "archived"; readonly contract: ContractNumber; readonly archive: Archive }
  | {
      readonly kind: "put_off";
      readonly contract: ContractNumber;
      readonly seller: SellerId;
      readonly trouble: ArchiveTroubleCode;
      readonly detail: string;
    };

const SYSTEM = { kind: "system", id: "archive-contract" } as const;
/** What asking again tomorrow will not change. */
const LONG_PAUSE_MS = 30 * 86_400_000;
const LASTING = new Set<ArchiveTroubleCode>(["revoked", "no_source", "nothing_gained"]);

/**
 * Archives one contract that is due, or renews its archive. The sealed file stays as it is (R5): the archive is a file of
 * its own, which begins with it, is looked at by the verifier and stored before the books name it. A failure leaves
 * nothing behind but its reason and a later time to try again. Contracts of sellers who are `resting` are left alone.
 */
export async function archiveNextContract(
  ports: ArchiveContractPorts,
  resting: readonly SellerId[] = [],
): Promise<ArchiveRound> {
  const { ledger, clock } = ports;
  const at = clock.now();
  const work = await ledger.claimArchiveWork(at, resting);
  if (!work) return { kind: "nothing_due" };
  try {
    return await archiveOne(ports, work, at);
  } catch (error) {
    // Broken infrastructure is for whoever runs the service; doctor shows it where the contract stands.
    await ledger.putOffArchive(
      work.contract,
      `failed: ${error instanceof Error ? error.message : String(error)}`,
      null,
    );
    throw error;
  }
}

async function archiveOne(
  ports: ArchiveContractPorts,
  { contract, archive }: ArchiveWork,
  at: Instant,
): Promise<ArchiveRound> {
  const { ledger, clock, archivist } = ports;
  const sealed = await downloadContract(ports, contract);
  const base = archive ? await downloadArchive(ports, contract, archive) : sealed;
  const outcome = await archivist.archive(base, at);
  const made = outcome.ok ? judged(ports, outcome, { sealed, base, former: archive }, at) : outcome;
  if (!made.ok) {
    const { trouble, detail } = made;
    const until = LASTING.has(trouble) ? instantOf(at + LONG_PAUSE_MS) : null;
    await ledger.putOffArchive(contract, `${trouble}: ${detail}`, until);
    return { kind: "put_off", contract: contract.number, seller: contract.seller, trouble, detail };
  }
  const document = await ports.objects.put(made.pdf);
  const entered: Archive = { level: "B-LTA", document, madeAt: clock.now(), renewBefore: made.renewBefore };
  await enter(ports, contract, entered, archive?.document ?? contract.document);
  return { kind: "archived", contract: contract.number, archive: entered };
}

interface Base {
  readonly sealed: Uint8Array;
  readonly base: Uint8Array;
  readonly former: Archive | null;
}

/** Looks at the archive with code that had no part in making it, before it is kept. */
function judged(
  { seals }: ArchiveContractPorts,
  made: Extract<ArchiveOutcome, { ok: true }>,
  { sealed, base, former }: Base,
  at: Instant,
): ArchiveOutcome {
  const unsound = (detail: string) => ({ ok: false, trouble: "not_sound", detail }) as const;
  if (!startsWith(base, sealed) || !startsWith(made.pdf, base))
    return unsound("it does not begin with the sealed file");
  const { verdict, level, reason, detail } = seals.check(made.pdf, at);
  if (verdict !== "passed") return unsound(`the verifier says ${reason}: ${detail}`);
  if (level !== "B-LTA")
    return unsound(`it proves no more than ${level}; is the timestamp's root among the trusted ones?`);
  if (former && made.renewBefore <= former.renewBefore) {
    return { ok: false, trouble: "nothing_gained", detail: "the authority still stamps with the certificate it had" };
  }
  return made;
}

function startsWith(file: Uint8Array, start: Uint8Array): boolean {
  return file.length >= start.length && start.every((byte, index) => byte === file[index]);
}

async function enter(
  { ledger }: ArchiveContractPorts,
  contract: IssuedContract,
  archive: Archive,
  continues: Sha256,
): Promise<void> {
  await ledger.transaction(async (transaction) => {
    // Another worker has been faster; its file counts, and this one is never referred to.
    if (!(await transaction.enterArchive(contract, archive, continues))) return;
    const { level, document, madeAt } = archive;
    await transaction.audit({
      at: madeAt,
      actor: SYSTEM,
      action: "contract.archived",
      account: contract.account,
      objectKind: "contract",
      objectId: contract.number,
      policyVersion: contract.policyVersion,
      detail: { level, document, continues },
    });
    await transaction.publish({
      type: "contract.archived",
      at: madeAt,
      account: contract.account,
      subject: contract.number,
      data: { level, document, continues },
    });
  });
}
