import { createHash } from "node:crypto";
import { type LogStatement, parseStatement } from "../domain/log-statement.ts";
import { leafHash, provesConsistency, provesInclusion, type TreeHead } from "../domain/merkle-tree.ts";
import { parseStatus, type StatusRecord } from "../domain/status-record.ts";
import { type NoteVerifier, openNote } from "./signed-note.ts";

/** Of a tlog-proof: what it proves to be in the log, and since which head. */
export interface ProvenStatement {
  readonly statement: LogStatement;
  readonly index: number;
  readonly head: SignedHead;
}

export interface SignedHead extends TreeHead {
  readonly origin: string;
}

/** What is wrong with a proof or a record, for whoever shows it. */
export type ProofFault =
  | "malformed"
  /** No key that is trusted has signed it, or its signature does not hold. */
  | "not_signed"
  /** The hashes do not lead from the statement to the signed root. */
  | "not_included";

const SALT_BYTES = 32;
const HASH_BYTES = 32;
const MOST_HASHES = 63;
const COUNT = /^(?:0|[1-9]\d{0,14})$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A head of the log that one of its keys has signed (C2SP tlog-checkpoint). */
export function openCheckpoint(note: string, verifiers: readonly NoteVerifier[]): SignedHead | null {
  const opened = openNote(note, verifiers);
  const [origin, size, root, ...rest] = opened?.text.split("\n") ?? [];
  // The key of one log says nothing of another; and lines that no monitor can check are not read.
  if (origin === undefined || !opened?.signedBy.includes(origin) || rest.join("") !== "") return null;
  const hash = hashIn(root ?? "");
  return size !== undefined && COUNT.test(size) && hash ? { origin, size: Number(size), root: hash } : null;
}

/**
 * Whether a text proves that something is stated in the log (C2SP tlog-proof): the hash of what its extra line states and of its salt
 * leads to the root of a head that one of the log's keys has signed. Needs no connection.
 */
export function openLogProof(text: string, verifiers: readonly NoteVerifier[]): ProvenStatement | ProofFault {
  const end = text.indexOf("\n\n");
  const [first, extra = "", position = "", ...path] = text.slice(0, Math.max(end, 0)).split("\n");
  const index = /^index (\d+)$/.exec(position)?.[1] ?? "";
  const hashes = path.map(hashIn);
  if (first !== "c2sp.org/tlog-proof@v1" || !extra.startsWith("extra ") || !COUNT.test(index)) return "malformed";
  if (hashes.length > MOST_HASHES || !isComplete(hashes)) return "malformed";
  const salted = bytesIn(extra.slice("extra ".length));
  const statement = salted && parseStatement(salted.subarray(SALT_BYTES).toString("utf8"));
  if (!salted || !statement) return "malformed";
  const head = openCheckpoint(text.slice(end + 2), verifiers);
  if (!head) return "not_signed";
  const claim = { ...head, index: Number(index), leaf: leafHash(sha256, sha256(salted)) };
  return provesInclusion(sha256, claim, hashes) ? { statement, index: claim.index, head } : "not_included";
}

/** What a contract is worth, as one of the log's keys has signed it. Whether it is still to be relied on is for its `nextUpdate`. */
export function openStatus(note: string, verifiers: readonly NoteVerifier[]): StatusRecord | ProofFault {
  const opened = openNote(note, verifiers);
  if (!opened) return "not_signed";
  const status = parseStatus(opened.text);
  return status && opened.signedBy.includes(status.log) ? status : "malformed";
}

/** Whether the later head has grown from the former, by hashes in base64. */
export function isConsistent(former: SignedHead, later: SignedHead, hashes: readonly string[]): boolean {
  const proof = hashes.map(hashIn);
  return former.origin === later.origin && isComplete(proof) && provesConsistency(sha256, former, later, proof);
}

function hashIn(text: string): Uint8Array | null {
  const bytes = bytesIn(text);
  return bytes?.length === HASH_BYTES ? bytes : null;
}

/** Null for what is no base64, or not the only way to write it. */
function bytesIn(text: string): Buffer | null {
  const bytes = BASE64.test(text) ? Buffer.from(text, "base64") : null;
  return bytes?.toString("base64") === text ? bytes : null;
}

function isComplete(hashes: readonly (Uint8Array | null)[]): hashes is readonly Uint8Array[] {
  return !hashes.includes(null);
}

function sha256(data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(data).digest());
}
