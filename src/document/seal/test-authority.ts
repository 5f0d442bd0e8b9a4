import { type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  type Extension,
  GeneralName,
  id_ce_cRLDistributionPoints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_kp_timeStamping,
  id_pe_authorityInfoAccess,
  KeyUsage,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";
import { type SubjectName, upTo64Characters } from "./certificate-parts.ts";
import { generateSealKeyPair, type NewKeyType } from "./seal-key-pair.ts";
import { extension, issueCertificate } from "./test-certificate.ts";

export type TestKeyType = NewKeyType;

export interface TestCertificate {
  readonly certificateDer: Uint8Array;
  readonly certificatePem: string;
  /** PKCS #8, not encrypted; empty where the key was made elsewhere. */
  readonly privateKeyPem: string;
}

/** Whose seal certificate, and where it is not to be as usual, how. */
interface SealCertificateWanted {
  readonly legalName: string;
  readonly countryCode: string;
  /** Of a key that is made elsewhere; the certificate then comes without a private key. */
  readonly publicKey?: KeyObject;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface TestAuthority {
  readonly root: TestCertificate;
  /** A seal certificate for three years, the seller's legal name its subject's O. */
  issueSealCertificate(seller: SealCertificateWanted): TestCertificate;
  /** A certificate for timestamps only (RFC 3161, 2.3) that expires after `validDays`; or, with a flaw, not quite. */
  issueTimestampCertificate(options: {
    readonly validDays: number;
    readonly flaw?: "not_critical" | "other_purpose_too";
  }): TestCertificate;
}

/** Whom the certificates name for asking whether they were revoked; the demo's name nobody. */
export interface RevocationSources {
  readonly ocspUrl?: string;
  readonly crlUrl?: string;
}

/**
 * A certificate authority for demonstrations, made on the spot: nobody trusts it, and every subject it writes says
 * DEMO 演示. All certificates begin at `now`; the root's ends after 20 years.
 */
export function createTestAuthority(options: {
  readonly keyType: TestKeyType;
  readonly now: Date;
  readonly revocation?: RevocationSources;
}): TestAuthority {
  const { keyType, now } = options;
  const keys = generateSealKeyPair(keyType);
  const issuer = { subject: ROOT_SUBJECT, publicKey: keys.publicKey, privateKey: keys.privateKey };
  const root = issueCertificate({
    issuer,
    subject: ROOT_SUBJECT,
    publicKey: keys.publicKey,
    serialNumber: freshSerialNumber(),
    notBefore: now,
    notAfter: yearsAfter(now, 20),
    isAuthority: true,
    extensions: [keyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)],
  });

  const issue = (wanted: {
    readonly subject: SubjectName;
    readonly publicKey?: KeyObject | undefined;
    readonly notBefore?: Date | undefined;
    readonly notAfter: Date;
    readonly usage: number;
    readonly purpose: ReturnType<typeof extension>;
  }): TestCertificate => {
    const subjectKeys = wanted.publicKey
      ? { publicKey: wanted.publicKey, privateKey: null }
      : generateSealKeyPair(keyType);
    const certificate = issueCertificate({
      issuer,
      subject: wanted.subject,
      publicKey: subjectKeys.publicKey,
      serialNumber: freshSerialNumber(),
      notBefore: wanted.notBefore ?? now,
      notAfter: wanted.notAfter,
      isAuthority: false,
      extensions: [keyUsage(wanted.usage), wanted.purpose, ...revocationSources(options.revocation ?? {})],
    });
    return describe(certificate, subjectKeys.privateKey);
  };

  return {
    root: describe(root, keys.privateKey),
    issueSealCertificate: ({ legalName, countryCode, publicKey, notBefore, notAfter }) =>
      issue({
        publicKey,
        notBefore,
        subject: { country: countryCode, organization: legalName, commonName: demoName(legalName) },
        notAfter: notAfter ?? yearsAfter(now, 3),
        usage: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
        purpose: extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([ID_KP_DOCUMENT_SIGNING])),
      }),
    issueTimestampCertificate: ({ validDays, flaw }) =>
      issue({
        subject: { ...ROOT_SUBJECT, commonName: "Orderseal DEMO TSA 演示时间戳" },
        notAfter: new Date(now.getTime() + validDays * 86_400_000),
        usage: KeyUsageFlags.digitalSignature,
        purpose: extension(
          id_ce_extKeyUsage,
          flaw !== "not_critical",
          new ExtendedKeyUsage([id_kp_timeStamping, ...(flaw === "other_purpose_too" ? [ID_KP_DOCUMENT_SIGNING] : [])]),
        ),
      }),
  };
}

/** RFC 9336. */
const ID_KP_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";

export const ROOT_SUBJECT: SubjectName = {
  country: "CN",
  organization: "Orderseal DEMO 演示",
  commonName: "Orderseal DEMO Root CA 演示根证书",
};

function demoName(legalName: string): string {
  return upTo64Characters(`DEMO 演示 ${legalName}`);
}

function keyUsage(flags: number): ReturnType<typeof extension> {
  return extension(id_ce_keyUsage, true, new KeyUsage(flags));
}

function revocationSources({ ocspUrl, crlUrl }: RevocationSources): readonly Extension[] {
  const extensions: Extension[] = [];
  if (ocspUrl !== undefined) {
    const accessLocation = new GeneralName({ uniformResourceIdentifier: ocspUrl });
    const access = new AccessDescription({ accessMethod: "1.3.6.1.5.5.7.48.1", accessLocation });
    extensions.push(extension(id_pe_authorityInfoAccess, false, new AuthorityInfoAccessSyntax([access])));
  }
  if (crlUrl !== undefined) {
    const fullName = [new GeneralName({ uniformResourceIdentifier: crlUrl })];
    const point = new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName }) });
    extensions.push(extension(id_ce_cRLDistributionPoints, false, new CRLDistributionPoints([point])));
  }
  return extensions;
}

function describe(certificateDer: Uint8Array, privateKey: KeyObject | null): TestCertificate {
  return {
    certificateDer,
    certificatePem: new X509Certificate(certificateDer).toString(),
    privateKeyPem: privateKey?.export({ type: "pkcs8", format: "pem" }).toString() ?? "",
  };
}

/** 126 random bits, positive and without leading zeros (RFC 5280, 4.1.2.2). */
function freshSerialNumber(): Uint8Array {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}
