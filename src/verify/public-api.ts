/**
 * The verifier for others to build on: `import { verifyDocument } from "orderseal/verify"`. What the package promises under that name, and the
 * only file that gathers what others export: it has no database, no server and no network behind it. See docs/transparency-log.md.
 */
export { type Verdict, verdictOfReason } from "../domain/verification-reason.ts";
export { reasonSentence } from "../domain/verification-text.ts";
export { type CheckingLimits, type CheckingProcess, openCheckingProcess } from "./checking-process.ts";
export { readEmbeddedFile } from "./embedded-file.ts";
export {
  isConsistent,
  openCheckpoint,
  openLogProof,
  openStatus,
  type ProofFault,
  type ProvenStatement,
  type SignedHead,
} from "./log-proof.ts";
export { type NoteVerifier, openNote, parseVerifierKey } from "./signed-note.ts";
export type { SealLevel, SignerIdentity, VerdictReason } from "./verdict.ts";
export { type DocumentVerdict, type VerifyOptions, verifyDocument } from "./verify-document.ts";
