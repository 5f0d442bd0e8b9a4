import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** What is known of a piece without its key, and bound to it: its account first, and what tells it from every other piece. */
type BoundTo = readonly [account: string, ...what: (string | number)[]];

/** AES-256-GCM under an account's key: a byte that names the format, a random nonce, the ciphertext, the tag. */
export function lockForAccount(key: Uint8Array, boundTo: BoundTo, content: Uint8Array): Uint8Array {
  const head = Buffer.concat([Buffer.of(FORMAT), randomBytes(NONCE_BYTES)]);
  const cipher = createCipheriv(CIPHER, key, head.subarray(1));
  cipher.setAAD(additional(head, boundTo));
  return Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** The content; null when it was altered, is another piece's, or was locked under another key. */
export function openForAccount(key: Uint8Array, boundTo: BoundTo, locked: Uint8Array): Uint8Array | null {
  if (locked[0] !== FORMAT || locked.length < HEAD_BYTES + TAG_BYTES) return null;
  const head = locked.subarray(0, HEAD_BYTES);
  const decipher = createDecipheriv(CIPHER, key, head.subarray(1), { authTagLength: TAG_BYTES });
  decipher.setAAD(additional(head, boundTo));
  decipher.setAuthTag(locked.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(locked.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function additional(head: Uint8Array, boundTo: BoundTo): Buffer {
  return Buffer.concat([head, Buffer.from(JSON.stringify(boundTo))]);
}
