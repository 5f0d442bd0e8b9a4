import type { AccountId, Branded } from "./identifiers.ts";
import type { Instant } from "./time.ts";

/** UUIDv7, lower case. */
export type EvidenceId = Branded<string, "EvidenceId">;

/** What proves that an account is the company or the person that its identity names. */
export const EVIDENCE_KINDS = [
  "business_licence",
  "identity_document",
  "bank_verification",
  "authorisation",
  "other",
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Scans and documents as files; what another system has established as facts in JSON. */
export const EVIDENCE_FORMATS = ["application/pdf", "image/png", "image/jpeg", "application/json"] as const;
export type EvidenceFormat = (typeof EVIDENCE_FORMATS)[number];

/** What may be known of a piece without its key: nothing that names or describes anybody. */
export interface Evidence {
  readonly account: AccountId;
  readonly id: EvidenceId;
  readonly kind: EvidenceKind;
  readonly format: EvidenceFormat;
  /** Of the content as it was given. */
  readonly bytes: number;
  readonly givenAt: Instant;
}

export const LARGEST_EVIDENCE = 10 * 1024 * 1024;
/** Of one account: enough for both sides of every document of several persons, too few to fill a disk. */
export const MOST_EVIDENCE = 20;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function parseEvidenceId(text: string): EvidenceId | null {
  return ID.test(text) ? (text as EvidenceId) : null;
}

export function parseEvidenceKind(text: string): EvidenceKind | null {
  return EVIDENCE_KINDS.find((kind) => kind === text) ?? null;
}

const PDF_HEAD = ascii("%PDF-");
/** PNG (ISO/IEC 15948), sections 5.2, 11.2.1 and 11.2.5: signature, the first chunk's length and name, the whole last chunk. */
const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, ...ascii("IHDR")];
const PNG_END = [0, 0, 0, 0, ...ascii("IEND"), 0xae, 0x42, 0x60, 0x82];
/** JPEG (ITU-T T.81), annex B: start of image and the next marker; end of image. */
const JPEG_HEAD = [0xff, 0xd8, 0xff];
const JPEG_END = [0xff, 0xd9];

/** What a file is by its content, whatever it calls itself; null for anything that no evidence is given as. */
export function formatOfFile(bytes: Uint8Array): Exclude<EvidenceFormat, "application/json"> | null {
  if (begins(bytes, PDF_HEAD)) return "application/pdf";
  if (begins(bytes, PNG_HEAD) && ends(bytes, PNG_END)) return "image/png";
  return begins(bytes, JPEG_HEAD) && ends(bytes, JPEG_END) ? "image/jpeg" : null;
}

function begins(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function ends(bytes: Uint8Array, tail: readonly number[]): boolean {
  return bytes.length >= tail.length && tail.every((byte, index) => bytes[bytes.length - tail.length + index] === byte);
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
