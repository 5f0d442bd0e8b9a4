import { sign } from "node:crypto";
import { CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  distinguishedName,
  publicKeyInfo,
  signatureAlgorithmOf,
  toArrayBuffer,
  upTo64Characters,
} from "./certificate-parts.ts";
import type { KeyPair } from "./seal-key-pair.ts";

/**
 * A request for the certificate of this key (PKCS #10, RFC 2986, 4), PEM: C, O and CN of the seller, signed with the
 * key itself. What the certificate may be used for is the authority's to say.
 */
export function certificateRequest(
  { publicKey, privateKey }: KeyPair,
  { legalName, countryCode }: { readonly legalName: string; readonly countryCode: string },
): string {
  const name = upTo64Characters(legalName);
  const certificationRequestInfo = new CertificationRequestInfo({
    subject: distinguishedName({ country: countryCode, organization: name, commonName: name }),
    subjectPKInfo: publicKeyInfo(publicKey),
  });
  const signed = new Uint8Array(AsnConvert.serialize(certificationRequestInfo));
  const request = new CertificationRequest({
    certificationRequestInfo,
    signatureAlgorithm: signatureAlgorithmOf(privateKey),
    signature: toArrayBuffer(sign("sha256", signed, privateKey)),
  });
  const base64 = Buffer.from(AsnConvert.serialize(request)).toString("base64");
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join("\n")}\n-----END CERTIFICATE REQUEST-----\n`;
}
