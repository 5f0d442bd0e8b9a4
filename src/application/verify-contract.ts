import { webcrypto } from "node:crypto";
import type { ContractNumber, Sha256 } from "../domain/identifiers.ts";
import type { Standing } from "../domain/standing.ts";
import { standingOf } from "../domain/standing.ts";
import type { Instant } from "../domain/time.ts";
import type { SignatureState, Verdict, VerificationReason } from "../domain/verification-reason.ts";
import type { Clock, Ledger } from "./ports.ts";

/** Whether a file is sealed, whole and certified; says nothing of whether it is ours or in force. */
export interface SealCheck {
  /** As in ETSI EN 319 102-1. */
  readonly verdict: Verdict;
  /** The first finding; its sentences for people are in domain/verification-text.ts. */
  readonly reason: VerificationReason;
  /** One English sentence with the particulars, for whoever looks into it. */
  readonly detail: string;
  /** Whether the signatures fit the bytes, whoever made them. */
  readonly signature: SignatureState;
  readonly sealedAt: string | null;
  readonly signer: string | null;
  /** What is proven, after ETSI EN 319 142-1, 6.1; null unless it passed. */
  readonly level: "B-B" | "B-T" | "B-LT" | "B-LTA" | null;
}

/** Reads a file that may be hostile; never throws on its account. */
export interface SealChecker {
  check(pdf: Uint8Array, at: Instant): SealCheck;
}

/** The same for files of strangers, who may send many and costly ones; "too_busy" where too many wait already. */
export interface UploadChecker {
  check(pdf: Uint8Array, at: Instant, charge?: Charge): Promise<SealCheck | "too_busy">;
  /** Whether the file can be read as a PDF at all, sealed or not. */
  isReadable(pdf: Uint8Array, at: Instant, charge?: Charge): Promise<boolean | "too_busy">;
}

/** Is told what looking at a file has cost, in milliseconds of a processor. */
export type Charge = (milliseconds: number) => void;

export interface Verification extends SealCheck {
  /** The exact bytes were issued here and their seal is sound. */
  readonly issuedHere: boolean;
  readonly number: ContractNumber | null;
  readonly standing: Standing | null;
}

/** Two answers about a PDF, kept apart: is it genuine, and what is it worth now? */
export async function verifyContract(
  { ledger, clock, seals }: { ledger: Ledger; clock: Clock; seals: SealChecker },
  pdf: Uint8Array,
): Promise<Verification> {
  const at = clock.now();
  return withStanding(ledger, pdf, seals.check(pdf, at), at);
}

/** The same two answers for a stranger. */
export async function verifyUpload(
  { ledger, clock, uploads }: { ledger: Ledger; clock: Clock; uploads: UploadChecker },
  pdf: Uint8Array,
): Promise<Verification | "too_busy"> {
  const at = clock.now();
  const check = await uploads.check(pdf, at);
  return check === "too_busy" ? check : withStanding(ledger, pdf, check, at);
}

async function withStanding(ledger: Ledger, pdf: Uint8Array, check: SealCheck, at: Instant): Promise<Verification> {
  const hash = await sha256Of(pdf);
  const contract = await ledger.contractByDocument(hash);
  const found = contract && (await ledger.contractWithOrder(contract.number));
  if (!found) return { ...check, ...(check.verdict === "passed" ? FOREIGN : {}), ...NOTHING_TOLD };
  if (contract.form === "sealed" && check.verdict !== "passed") return { ...check, ...NOTHING_TOLD };
  const { number } = contract;
  const standing = standingOf(contract, found.order, at);
  if (contract.form === "offline") return { ...check, ...UPLOADED, issuedHere: false, number, standing };
  return { ...check, issuedHere: true, number, standing };
}

/** Beside the loop of the service, which 8 MB would hold up by tens of milliseconds. */
async function sha256Of(pdf: Uint8Array): Promise<Sha256> {
  return Buffer.from(await webcrypto.subtle.digest("SHA-256", pdf)).toString("hex") as Sha256;
}

const NOTHING_TOLD = { issuedHere: false, number: null, standing: null } as const;

/** Sound and sealed under a root that is trusted here, by another installation or before a restore; not in these books. */
const FOREIGN = {
  verdict: "indeterminate",
  level: null,
  reason: "not_issued_here",
  detail: "The seal passes, but no contract of this system has these bytes.",
} as const satisfies Partial<SealCheck>;

/** R20: the file is the order's contract, but what signatures it bears are not of this system's making. */
const UPLOADED = {
  verdict: "indeterminate",
  level: null,
  reason: "uploaded_not_sealed_here",
  detail: "The seller's contract desk uploaded this file as the order's contract; this system did not seal it.",
} as const satisfies Partial<SealCheck>;
