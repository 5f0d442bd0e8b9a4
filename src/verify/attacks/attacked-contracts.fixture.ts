import { createHash } from "node:crypto";
import type { Ledger } from "../../application/ports.ts";
import { type Verification, verifyContract } from "../../application/verify-contract.ts";
import { snapshotFixture } from "../../document/contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "../../document/document-renderer.ts";
import { setUpArchiveBench } from "../../document/seal/archive-bench.fixture.ts";
import { archivePdf } from "../../document/seal/archive-pdf.ts";
import { SEALED_AT, sealOrThrow, setUpSealBench } from "../../document/seal/sealed-sample.fixture.ts";
import { anOrder } from "../../domain/facts.fixture.ts";
import { instantOf } from "../../domain/time.ts";
import { sealChecker } from "../../seal-checking.ts";
import { type DocumentVerdict, verifyDocument } from "../verify-document.ts";

/** Contracts by the real renderer and the real sealer: what attackers find. */
export interface AttackedContract {
  readonly kind: ContractKind;
  readonly pdf: Buffer;
  /** What its verifier trusts. */
  readonly roots: readonly Uint8Array[];
}

export const CONTRACT_KINDS = ["sealed", "rsa", "order", "stamped", "archived"] as const;
export type ContractKind = (typeof CONTRACT_KINDS)[number];
export type AttackedContracts = Readonly<Record<ContractKind, AttackedContract>>;

const ATTACKED_AT = new Date("2026-03-03T00:00:00Z");
const ec = setUpSealBench("p256");
const rsa = setUpSealBench("rsa2048");

export async function makeAttackedContracts(): Promise<AttackedContracts> {
  const bench = await setUpArchiveBench();
  try {
    const gathered = await bench.gather(bench.sealed);
    if (!gathered.ok) throw new Error(`no data: ${gathered.detail}`);
    const archive = await archivePdf({ pdf: bench.sealed, data: gathered.data, timestamp: bench.timestamp });
    if (!archive.ok) throw new Error(`no archive: ${archive.failure.detail}`);
    const archiveRoots = [bench.authority.root.certificateDer];
    return {
      sealed: { kind: "sealed", pdf: await sealOrThrow(ec.input), roots: [ec.authority.root.certificateDer] },
      rsa: { kind: "rsa", pdf: await sealOrThrow(rsa.input), roots: [rsa.authority.root.certificateDer] },
      order: { kind: "order", pdf: await sealAgain(drawOrder()), roots: [ec.authority.root.certificateDer] },
      stamped: { kind: "stamped", pdf: bench.sealed, roots: archiveRoots },
      archived: { kind: "archived", pdf: Buffer.from(archive.pdf), roots: archiveRoots },
    };
  } finally {
    await bench.close();
  }
}

function drawOrder() {
  const { pdf, seal } = openDocumentRenderer().draw({
    kind: "contract",
    snapshot: snapshotFixture({ language: "en" }),
  });
  if (seal === null) throw new Error("a contract has a place for the seal");
  return { pdf, placement: seal };
}

/** Sealed by the seller of the contracts "sealed" and "order": what attackers get who prepare a file beforehand. */
export function sealAgain(prepared: Partial<typeof ec.input>): Promise<Buffer> {
  return sealOrThrow({ ...ec.input, ...prepared });
}

/** The drawn contract before any seal. */
export const UNSEALED = Buffer.from(ec.input.pdf);

/** A seal by somebody under another root, with the same names in its certificate. */
export function sealByStranger(pdf: Uint8Array): Promise<Buffer> {
  return sealOrThrow({ ...setUpSealBench("p256").input, pdf });
}

export function judgeOffline(pdf: Uint8Array, { roots }: Pick<AttackedContract, "roots">): DocumentVerdict {
  return verifyDocument(pdf, { roots, at: ATTACKED_AT });
}

/**
 * What the service says, by books that believe every file to be one of theirs: an attacker who could make another file of
 * the same hash would still be left with the seal.
 */
export function judgeWithGullibleBooks(
  pdf: Uint8Array,
  { roots }: Pick<AttackedContract, "roots">,
): Promise<Verification> {
  return judgeWithBooks(() => true, pdf, roots);
}

/** What the service says that has issued this contract and no other. */
export function judgeWithItsBooks(pdf: Uint8Array, issued: AttackedContract): Promise<Verification> {
  const own = createHash("sha256").update(issued.pdf).digest("hex");
  return judgeWithBooks((hash) => hash === own, pdf, issued.roots);
}

const CONTRACT = {
  form: "sealed",
  number: "ACME-202603-000001-X",
  state: "issued",
  requestedAt: instantOf(SEALED_AT.getTime()),
  holdUntil: null,
};

function judgeWithBooks(
  knows: (hash: string) => boolean,
  pdf: Uint8Array,
  roots: readonly Uint8Array[],
): Promise<Verification> {
  // As much of the ledger as a verification asks for.
  const ledger = {
    contractByDocument: async (hash: string) => (knows(hash) ? CONTRACT : null),
    contractWithOrder: async () => ({ contract: CONTRACT, order: anOrder() }),
  } as unknown as Ledger;
  const clock = { now: () => instantOf(ATTACKED_AT.getTime()) };
  return verifyContract({ ledger, clock, seals: sealChecker(() => roots) }, pdf);
}
