import type { Evidence } from "../domain/evidence.ts";
import { lockForAccount, openForAccount } from "./account-lock.ts";

type Locked = Pick<Evidence, "account" | "id" | "kind" | "format">;

/** Bound to what is known of the piece, so that none can be taken for another, of another account or of this one. */
export function lockEvidence(key: Uint8Array, evidence: Locked, content: Uint8Array): Uint8Array {
  return lockForAccount(key, boundTo(evidence), content);
}

/** The content; null when it was altered, is another piece's, or was locked under another key. */
export function openEvidence(key: Uint8Array, evidence: Locked, locked: Uint8Array): Uint8Array | null {
  return openForAccount(key, boundTo(evidence), locked);
}

function boundTo({ account, id, kind, format }: Locked) {
  return [account, id, kind, format] as const;
}
