import { createHash, type KeyObject, sign } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  SubjectKeyIdentifier,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import {
  distinguishedName,
  publicKeyInfo,
  type SubjectName,
  signatureAlgorithmOf,
  toArrayBuffer,
} from "./certificate-parts.ts";

export interface CertificateRequest {
  readonly issuer: { readonly subject: SubjectName; readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly subject: SubjectName;
  readonly publicKey: KeyObject;
  /** The content bytes of a DER INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isAuthority: boolean;
  readonly extensions: readonly Extension[];
}

/**
 * A version 3 certificate, DER, signed with SHA-256 (RFC 5280, 4.1). Basic constraints and both key identifiers are
 * added to the extensions given.
 */
export function issueCertificate(request: CertificateRequest): Uint8Array {
  const { issuer } = request;
  const signature = signatureAlgorithmOf(issuer.privateKey);
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: toArrayBuffer(request.serialNumber),
    signature,
    issuer: distinguishedName(issuer.subject),
    validity: new Validity({ notBefore: request.notBefore, notAfter: request.notAfter }),
    subject: distinguishedName(request.subject),
    subjectPublicKeyInfo: publicKeyInfo(request.publicKey),
    extensions: new Extensions([
      extension(id_ce_basicConstraints, true, basicConstraints(request.isAuthority)),
      ...request.extensions,
      extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(request.publicKey))),
      extension(
        id_ce_authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifier(issuer.publicKey)) }),
      ),
    ]),
  });
  const signed = new Uint8Array(AsnConvert.serialize(tbsCertificate));
  const signatureValue = toArrayBuffer(sign("sha256", signed, issuer.privateKey));
  const certificate = new Certificate({ tbsCertificate, signatureAlgorithm: signature, signatureValue });
  return new Uint8Array(AsnConvert.serialize(certificate));
}

export function extension(extnID: string, critical: boolean, value: object): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function basicConstraints(isAuthority: boolean): BasicConstraints {
  return new BasicConstraints(isAuthority ? { cA: true, pathLenConstraint: 0 } : {});
}

/** RFC 5280, 4.2.1.2, method 1. */
function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash("sha1")
    .update(new Uint8Array(publicKeyInfo(key).subjectPublicKey))
    .digest();
}
