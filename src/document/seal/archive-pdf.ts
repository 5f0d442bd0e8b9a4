import { makeDocumentTimestamp, makeSecurityStore, type ValidationData } from "./archive-objects.ts";
import { appendUpdate, completeUpdate, prepareUpdate, signedPieces } from "./incremental-update.ts";
import { readPdfStructure } from "./pdf-structure.ts";
import { readSignatures, timestampSigner } from "./sealed-signatures.ts";
import type { TimestampClient } from "./timestamp-client.ts";
import { type TimestampFailure, timestampFailure } from "./timestamp-token.ts";

export interface ArchiveInput {
  /** A file that `sealPdf` made, or that this function made of one. */
  readonly pdf: Uint8Array;
  readonly data: ValidationData;
  readonly timestamp: TimestampClient;
}

export type ArchivePdfOutcome =
  | { readonly ok: true; readonly pdf: Uint8Array; readonly timestampExpires: Date }
  | { readonly ok: false; readonly failure: TimestampFailure };

// As for a seal's own timestamp: the room is fixed before the token is known.
const TIMESTAMP_ROOM_BYTES = 16_384;

/** The file with the validation data behind it and no timestamp over them: level B-LT (ETSI EN 319 142-1, 6.1). */
export function addValidationData(pdf: Uint8Array, data: ValidationData): Uint8Array {
  const structure = readPdfStructure(pdf);
  const signatures = readSignatures(structure).map(({ contents }) => contents);
  return appendUpdate(structure, makeSecurityStore(structure, data, signatures));
}

/**
 * The long-term form of a sealed file (level B-LTA; ETSI EN 319 142-1, 6.1): its bytes as they are, one update with the
 * validation data, and one with a document timestamp over everything. Done again to an archive, it renews it.
 * Returns a failure when the timestamp cannot be had. Throws when the file is not one of ours.
 */
export async function archivePdf({ pdf, data, timestamp }: ArchiveInput): Promise<ArchivePdfOutcome> {
  const structure = readPdfStructure(addValidationData(pdf, data));
  const content = { ...makeDocumentTimestamp(structure), reservedBytes: TIMESTAMP_ROOM_BYTES };
  const update = prepareUpdate(structure, content);
  const stamped = await timestamp.timestamp(Buffer.concat(signedPieces(update)));
  if (!stamped.ok) return { ok: false, failure: stamped };
  const { token } = stamped;
  if (token.length > TIMESTAMP_ROOM_BYTES) {
    return { ok: false, failure: timestampFailure("token_too_large", `${token.length} bytes`) };
  }
  return {
    ok: true,
    pdf: completeUpdate(update, token),
    timestampExpires: new Date(timestampSigner(token).validTo),
  };
}
