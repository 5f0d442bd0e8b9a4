import { constants, createHash, sign } from "node:crypto";
import {
  digestIdentifier as identifierOf,
  type Party,
  type SigningHash,
  signatureIdentifier,
} from "./certificates.fixture.ts";
import { explicit, generalizedTime, integer, octets, oid, sequence, set, tlv } from "./der.fixture.ts";

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
const sha256Identifier = identifierOf("sha256");
export const attribute = (type: string, ...values: readonly Buffer[]): Buffer => sequence(oid(type), set(...values));

export interface CmsOptions {
  readonly signer: Party;
  readonly certificates?: readonly Buffer[];
  readonly contentType?: string;
  readonly content?: Buffer;
  /** Changes what is signed; receives content-type, message-digest and signing-certificate in this order. */
  readonly signedAttributes?: (usual: readonly Buffer[]) => readonly Buffer[] | null;
  readonly unsignedAttributes?: (signature: Buffer) => readonly Buffer[];
  readonly hash?: SigningHash;
  /** RSASSA-PSS with this salt instead of PKCS #1 v1.5. */
  readonly pssSaltLength?: number;
  readonly digestIdentifier?: Buffer;
  readonly signatureIdentifier?: Buffer;
  /** What is signed where there are no signed attributes. */
  readonly whole?: Buffer;
  /** How often the SignerInfo is repeated. */
  readonly signers?: number;
  readonly revocationData?: Buffer;
}

/** A SignedData over `digest`, sound unless the options say otherwise. */
export function makeCms(digest: Buffer, options: CmsOptions): Buffer {
  const { signer, content, contentType = "1.2.840.113549.1.7.1", hash = "sha256", pssSaltLength } = options;
  const digestIdentifier = options.digestIdentifier ?? identifierOf(hash);
  const usual = [
    attribute("1.2.840.113549.1.9.3", oid(contentType)),
    attribute("1.2.840.113549.1.9.4", octets(digest)),
    attribute("1.2.840.113549.1.9.16.2.47", sequence(sequence(sequence(octets(sha256(signer.certificate)))))),
  ];
  const attributes = options.signedAttributes ? options.signedAttributes(usual) : usual;
  const signedBytes = set(...(attributes ?? []));
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const key = pssSaltLength === undefined ? signer.key : { key: signer.key, padding, saltLength: pssSaltLength };
  const signature = sign(hash, attributes ? signedBytes : (options.whole ?? digest), key);
  const unsigned = options.unsignedAttributes?.(signature) ?? [];
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuer, signer.serialNumber),
    digestIdentifier,
    ...(attributes ? [Buffer.concat([Buffer.from([0xa0]), signedBytes.subarray(1)])] : []),
    options.signatureIdentifier ??
      (pssSaltLength === undefined ? signatureIdentifier(signer.kind, hash) : pssIdentifier(hash, pssSaltLength)),
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

/** RFC 4055 §3.1. */
function pssIdentifier(hash: SigningHash, saltLength: number): Buffer {
  const digest = identifierOf(hash);
  const mask = sequence(oid("1.2.840.113549.1.1.8"), digest);
  return sequence(
    oid("1.2.840.113549.1.1.10"),
    sequence(explicit(0, digest), explicit(1, mask), explicit(2, integer(saltLength))),
  );
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
