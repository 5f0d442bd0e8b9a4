import { createHash, sign } from "node:crypto";
import { type Party, signatureIdentifier } from "./certificates.fixture.ts";
import { explicit, generalizedTime, integer, octets, oid, sequence, set, tlv } from "./der.fixture.ts";

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
const sha256Identifier = sequence(oid("2.16.840.1.101.3.4.2.1"));
export const attribute = (type: string, ...values: readonly Buffer[]): Buffer => sequence(oid(type), set(...values));

export interface CmsOptions {
  readonly signer: Party;
  readonly certificates?: readonly Buffer[];
  readonly contentType?: string;
  readonly content?: Buffer;
  /** Changes what is signed; receives content-type, message-digest and signing-certificate in this order. */
  readonly signedAttributes?: (usual: readonly Buffer[]) => readonly Buffer[] | null;
  readonly unsignedAttributes?: (signature: Buffer) => readonly Buffer[];
  readonly digestIdentifier?: Buffer;
  readonly signatureIdentifier?: Buffer;
  /** How often the SignerInfo is repeated. */
  readonly signers?: number;
  readonly revocationData?: Buffer;
}

/** A SignedData over `digest`, sound unless the options say otherwise. */
export function makeCms(digest: Buffer, options: CmsOptions): Buffer {
  const { signer, content, contentType = "1.2.840.113549.1.7.1", digestIdentifier = sha256Identifier } = options;
  const usual = [
    attribute("1.2.840.113549.1.9.3", oid(contentType)),
    attribute("1.2.840.113549.1.9.4", octets(digest)),
    attribute("1.2.840.113549.1.9.16.2.47", sequence(sequence(sequence(octets(sha256(signer.certificate)))))),
  ];
  const attributes = options.signedAttributes ? options.signedAttributes(usual) : usual;
  const signedBytes = set(...(attributes ?? []));
  const signature = sign("sha256", attributes ? signedBytes : digest, signer.key);
  const unsigned = options.unsignedAttributes?.(signature) ?? [];
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuer, signer.serialNumber),
    digestIdentifier,
    ...(attributes ? [Buffer.concat([Buffer.from([0xa0]), signedBytes.subarray(1)])] : []),
    options.signatureIdentifier ?? signatureIdentifier(signer.kind),
    octets(signature),
    ...(unsigned.length > 0 ? [tlv(0xa1, ...unsigned)] : []),
  );
  const signedData = sequence(
    integer(contentType === "1.2.840.113549.1.7.1" ? 1 : 3),
    set(digestIdentifier),
    sequence(oid(contentType), ...(content ? [explicit(0, octets(content))] : [])),
    tlv(0xa0, ...(options.certificates ?? [signer.certificate])),
    ...(options.revocationData ? [tlv(0xa1, options.revocationData)] : []),
    set(...Array.from({ length: options.signers ?? 1 }, () => signerInfo)),
  );
  return sequence(oid("1.2.840.113549.1.7.2"), explicit(0, signedData));
}

export interface TokenOptions extends Omit<CmsOptions, "signer" | "content" | "contentType"> {
  readonly time: Date;
  /** What the token is over, when not the signature. */
  readonly over?: Buffer;
}

/** An RFC 3161 token over these bytes. */
export function timestampToken(authority: Party, stamped: Buffer, { time, over, ...options }: TokenOptions): Buffer {
  const imprint = sequence(sha256Identifier, octets(sha256(over ?? stamped)));
  const content = sequence(integer(1), oid("1.3.6.1.4.1.99999.1"), imprint, integer(7), generalizedTime(time));
  const contentType = "1.2.840.113549.1.9.16.1.4";
  return makeCms(sha256(content), { signer: authority, content, contentType, ...options });
}

/** The unsigned attribute with an RFC 3161 token over the signature. */
export function timestampAttribute(authority: Party, options: TokenOptions) {
  return (signature: Buffer): Buffer[] => [
    attribute("1.2.840.113549.1.9.16.2.14", timestampToken(authority, signature, options)),
  ];
}
