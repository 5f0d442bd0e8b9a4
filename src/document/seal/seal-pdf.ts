import { createHash } from "node:crypto";
import { assembleCms, prepareCms, signedAttributesFor } from "./cms-signature.ts";
import { completeUpdate, prepareUpdate, signedPieces } from "./incremental-update.ts";
import { readPdfStructure } from "./pdf-structure.ts";
import type { SealKey } from "./seal-key.ts";
import { makeSealObjects, type SealDescription } from "./seal-objects.ts";
import type { TimestampClient } from "./timestamp-client.ts";
import { type TimestampFailure, timestampFailure } from "./timestamp-token.ts";

export interface SealInput extends SealDescription {
  /** A tagged PDF as Typst writes it, without signatures or form fields. */
  readonly pdf: Uint8Array;
  readonly key: SealKey;
  /** When given, the seal carries a timestamp of this authority (level B-T), or there is no seal. */
  readonly timestamp?: TimestampClient;
}

export type SealOutcome =
  | { readonly ok: true; readonly pdf: Uint8Array }
  | { readonly ok: false; readonly failure: TimestampFailure };

// More than any signature value: RSA with 8192 bits has 1024 bytes.
const SIGNATURE_ROOM_BYTES = 1024;
// A token carries its authority's certificates; the room is fixed before the token is known, so it is generous.
const TIMESTAMP_ROOM_BYTES = 16_384;

/**
 * Certifies the document with one visible seal (PAdES level B-B, or B-T with a timestamp: ETSI EN 319 142-1, 6). The
 * input's bytes stay as they are; one incremental update follows them. `sealedAt` goes to /M only and proves nothing: only
 * a timestamp does.
 *
 * Returns a failure when a timestamp was asked for and could not be had. Throws when the input is not a PDF as our
 * renderer makes it, is signed already, or the key's port throws.
 */
export async function sealPdf(input: SealInput): Promise<SealOutcome> {
  const structure = readPdfStructure(input.pdf);
  const cms = prepareCms(input.key);
  const timestampRoom = input.timestamp === undefined ? 0 : TIMESTAMP_ROOM_BYTES;
  const reservedBytes = cms.fixedLength + SIGNATURE_ROOM_BYTES + timestampRoom;
  const update = prepareUpdate(structure, { ...makeSealObjects(structure, input), reservedBytes });

  const digest = createHash("sha256");
  for (const piece of signedPieces(update)) digest.update(piece);
  const attributes = signedAttributesFor(cms, digest.digest());
  const signature = await input.key.sign(attributes);
  if (signature.length > SIGNATURE_ROOM_BYTES)
    throw new Error(`Expected a signature below ${SIGNATURE_ROOM_BYTES} bytes`);
  if (input.timestamp === undefined) {
    return { ok: true, pdf: completeUpdate(update, assembleCms(cms, { attributes, signature })) };
  }

  const timestamp = await input.timestamp.timestamp(signature);
  if (!timestamp.ok) return { ok: false, failure: timestamp };
  const timestampToken = timestamp.token;
  if (timestampToken.length > TIMESTAMP_ROOM_BYTES - 64) {
    return { ok: false, failure: timestampFailure("token_too_large", `${timestampToken.length} bytes`) };
  }
  return { ok: true, pdf: completeUpdate(update, assembleCms(cms, { attributes, signature, timestampToken })) };
}
