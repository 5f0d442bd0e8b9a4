import type { KeyObject } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
} from "@peculiar/asn1-x509";

/** Whom a certificate is about. */
export interface SubjectName {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly organization: string;
  readonly commonName: string;
}

/** PrintableString for the country, UTF8String for the rest (RFC 5280, 4.1.2.4 and appendix A.1). */
export function distinguishedName({ country, organization, commonName }: SubjectName): Name {
  const attributes = [
    new AttributeTypeAndValue({ type: "2.5.4.6", value: new AttributeValue({ printableString: country }) }),
    new AttributeTypeAndValue({ type: "2.5.4.10", value: new AttributeValue({ utf8String: organization }) }),
    new AttributeTypeAndValue({ type: "2.5.4.3", value: new AttributeValue({ utf8String: commonName }) }),
  ];
  return new Name(attributes.map((attribute) => new RelativeDistinguishedName([attribute])));
}

/** At most 64 characters (RFC 5280, appendix A.1, ub-common-name and ub-organization-name). */
export function upTo64Characters(name: string): string {
  return [...name].slice(0, 64).join("");
}

/** Signatures with SHA-256: ECDSA without parameters (RFC 5758, 3.2), RSA with NULL (RFC 4055, 5). */
export function signatureAlgorithmOf(key: KeyObject): AlgorithmIdentifier {
  return key.asymmetricKeyType === "ec"
    ? new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" })
    : new AlgorithmIdentifier({ algorithm: "1.2.840.113549.1.1.11", parameters: null });
}

export function publicKeyInfo(key: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(key.export({ type: "spki", format: "der" }), SubjectPublicKeyInfo);
}

export function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
