import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";

/** Somebody whose signature is trusted: a name, the first bytes of a hash that tell keys of one name apart, and the key. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: string;
  readonly key: KeyObject;
}

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, section 4) up to its 32 bytes. */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");
const ED25519 = 1;
const PUBLIC_BYTES = 32;
const KEY_ID_BYTES = 4;
const MOST_SIGNATURES = 100;
/** A checkpoint or a status is some hundred bytes. */
const LONGEST = 64 * 1024;
const VERIFIER_KEY = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

/** Reads "name+id+key" (C2SP signed-note); null when it is none, or its id is not that of the key. */
export function parseVerifierKey(text: string): NoteVerifier | null {
  const [, name, keyId, base64] = VERIFIER_KEY.exec(text.trim()) ?? [];
  if (name === undefined || base64 === undefined) return null;
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== 1 + PUBLIC_BYTES || bytes[0] !== ED25519) return null;
  const expected = createHash("sha256")
    .update(`${name}\n`)
    .update(bytes)
    .digest("hex")
    .slice(0, KEY_ID_BYTES * 2);
  if (keyId !== expected) return null;
  const key = createPublicKey({
    key: Buffer.concat([SPKI_HEAD, bytes.subarray(1)]),
    format: "der",
    type: "spki",
  });
  return { name, keyId, key };
}

/**
 * The text of a note that one of the verifiers has signed, with its name; null for all others: where none has, where a signature of
 * a known one does not hold, or where it is no note (C2SP signed-note). Nothing of the text may be used before.
 */
export function openNote(
  note: string,
  verifiers: readonly NoteVerifier[],
): { readonly text: string; readonly signedBy: readonly string[] } | null {
  const end = note.lastIndexOf("\n\n");
  if (note.length > LONGEST || end < 1 || !note.endsWith("\n") || hasControls(note)) return null;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return null;
  const signedBy = new Set<string>();
  for (const line of lines) {
    const [, name, base64] = SIGNATURE_LINE.exec(line) ?? [];
    if (name === undefined || base64 === undefined) return null;
    const bytes = Buffer.from(base64, "base64");
    const keyId = bytes.subarray(0, KEY_ID_BYTES).toString("hex");
    const known = verifiers.find((each) => each.name === name && each.keyId === keyId);
    if (!known) continue;
    if (!verify(null, Buffer.from(text), known.key, bytes.subarray(KEY_ID_BYTES))) return null;
    signedBy.add(name);
  }
  return signedBy.size > 0 ? { text, signedBy: [...signedBy] } : null;
}

function hasControls(text: string): boolean {
  return [...text].some((character) => character < " " && character !== "\n");
}
