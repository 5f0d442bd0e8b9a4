import { generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import {
  ExtendedKeyUsage,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_kp_timeStamping,
  KeyUsage,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";
import { extension, issueCertificate, type SubjectName } from "./test-certificate.ts";

export type TestKeyType = "p256" | "rsa2048";

export interface TestCertificate {
  readonly certificateDer: Uint8Array;
  readonly certificatePem: string;
  /** PKCS #8, not encrypted. */
  readonly privateKeyPem: string;
}

export interface TestAuthority {
  readonly root: TestCertificate;
  /** A seal certificate for three years, the seller's legal name its subject's O. */
  issueSealCertificate(seller: { readonly legalName: string; readonly countryCode: string }): TestCertificate;
  /** A certificate for timestamps only (RFC 3161, 2.3) that expires after `validDays`. */
  issueTimestampCertificate(options: { readonly validDays: number }): TestCertificate;
}

/**
 * A certificate authority for demonstrations, made on the spot: nobody trusts it, and every subject it writes says
 * DEMO 演示. All certificates begin at `now`; the root's ends after 20 years.
 */
export function createTestAuthority(options: { readonly keyType: TestKeyType; readonly now: Date }): TestAuthority {
  const { keyType, now } = options;
  const keys = generateKeys(keyType);
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
    readonly notAfter: Date;
    readonly usage: number;
    readonly purpose: ReturnType<typeof extension>;
  }): TestCertificate => {
    const subjectKeys = generateKeys(keyType);
    const certificate = issueCertificate({
      issuer,
      subject: wanted.subject,
      publicKey: subjectKeys.publicKey,
      serialNumber: freshSerialNumber(),
      notBefore: now,
      notAfter: wanted.notAfter,
      isAuthority: false,
      extensions: [keyUsage(wanted.usage), wanted.purpose],
    });
    return describe(certificate, subjectKeys.privateKey);
  };

  return {
    root: describe(root, keys.privateKey),
    issueSealCertificate: ({ legalName, countryCode }) =>
      issue({
        subject: { country: countryCode, organization: legalName, commonName: demoName(legalName) },
        notAfter: yearsAfter(now, 3),
        usage: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
        purpose: extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([ID_KP_DOCUMENT_SIGNING])),
      }),
    issueTimestampCertificate: ({ validDays }) =>
      issue({
        subject: { ...ROOT_SUBJECT, commonName: "Orderseal DEMO TSA 演示时间戳" },
        notAfter: new Date(now.getTime() + validDays * 86_400_000),
        usage: KeyUsageFlags.digitalSignature,
        purpose: extension(id_ce_extKeyUsage, true, new ExtendedKeyUsage([id_kp_timeStamping])),
      }),
  };
}

/** RFC 9336. */
const ID_KP_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";

const ROOT_SUBJECT: SubjectName = {
  country: "CN",
  organization: "Orderseal DEMO 演示",
  commonName: "Orderseal DEMO Root CA 演示根证书",
};

/** At most 64 characters (RFC 5280, appendix A.1, ub-common-name). */
function demoName(legalName: string): string {
  return [...`DEMO 演示 ${legalName}`].slice(0, 64).join("");
}

function keyUsage(flags: number): ReturnType<typeof extension> {
  return extension(id_ce_keyUsage, true, new KeyUsage(flags));
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function generateKeys(keyType: TestKeyType): KeyPair {
  return keyType === "p256"
    ? generateKeyPairSync("ec", { namedCurve: "P-256" })
    : generateKeyPairSync("rsa", { modulusLength: 2048 });
}

function describe(certificateDer: Uint8Array, privateKey: KeyObject): TestCertificate {
  return {
    certificateDer,
    certificatePem: new X509Certificate(certificateDer).toString(),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
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
