import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Evidence } from "../domain/evidence.ts";

const CIPHER = "aes-256-gcm";
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

type Locked = Pick<Evidence, "account" | "id" | "kind" | "format">;

/**
 * AES-256-GCM: a byte that names the format, a random nonce, the ciphertext, the tag. What is known of the piece without
 * its key is bound to it, so that none can be taken for another, of another account or of this one.
 */
export function lockEvidence(key: Uint8Array, evidence: Locked, content: Uint8Array): Uint8Array {
  const head = Buffer.concat([Buffer.of(FORMAT), randomBytes(NONCE_BYTES)]);
  const cipher = createCipheriv(CIPHER, key, head.subarray(1));
  cipher.setAAD(boundTo(head, evidence));
  return Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** The content; null when it was altered, is another piece's, or was locked under another key. */
export function openEvidence(key: Uint8Array, evidence: Locked, locked: Uint8Array): Uint8Array | null {
  if (locked[0] !== FORMAT || locked.length < HEAD_BYTES + TAG_BYTES) return null;
  const head = locked.subarray(0, HEAD_BYTES);
  const decipher = createDecipheriv(CIPHER, key, head.subarray(1), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(head, evidence));
  decipher.setAuthTag(locked.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(locked.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function boundTo(head: Uint8Array, { account, id, kind, format }: Locked): Buffer {
  return Buffer.concat([head, Buffer.from(JSON.stringify([account, id, kind, format]))]);
}
