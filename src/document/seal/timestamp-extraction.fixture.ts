import { ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { extractSignature } from "./signature-extraction.fixture.ts";

const ID_TIMESTAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";

/** The token of a seal, DER, and the signature value that it is over; null for a seal without one. */
export function extractTimestamp(pdf: Buffer): { readonly token: Uint8Array; readonly signature: Uint8Array } | null {
  const { content } = AsnConvert.parse(extractSignature(pdf).cms, ContentInfo);
  const [signer] = AsnConvert.parse(content, SignedData).signerInfos;
  const [attribute] = signer?.unsignedAttrs ?? [];
  const [token] = attribute?.attrType === ID_TIMESTAMP_TOKEN ? attribute.attrValues : [];
  if (!signer || !token) return null;
  return { token: new Uint8Array(token), signature: new Uint8Array(signer.signature.buffer) };
}
