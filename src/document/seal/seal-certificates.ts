import { type KeyObject, X509Certificate } from "node:crypto";
import { type Instant, instantOf } from "../../domain/time.ts";
import type { SealAlgorithm } from "./seal-key.ts";
import { keyFault } from "./seal-key-fault.ts";

/** A seal certificate with its issuers, read and checked: what every kind of key has in its `certificate.pem`. */
export interface SealCertificates {
  readonly certificate: X509Certificate;
  /** Nearest first. */
  readonly chain: readonly X509Certificate[];
  readonly algorithm: SealAlgorithm;
  /** "P-256", "RSA-2048", … */
  readonly algorithmName: string;
  readonly notBefore: Instant;
  /** Inclusive (RFC 5280, 4.1.2.5). */
  readonly notAfter: Instant;
}

const SMALLEST_RSA_BITS = 2048;
/** What the verifier accepts, and what a seal has room for. */
const LARGEST_RSA_BITS = 8192;

/**
 * The seal certificate first, then its issuers. Throws a SealKeyFault when there is none, when one cannot be read, when they
 * do not follow each other as subject and issuer, when the first is not for sealing documents, or when the key is neither
 * P-256 nor RSA with 2048 to 8192 bits.
 */
export function readSealCertificates(pem: string): SealCertificates {
  const [certificate, ...chain] = readCertificates(pem);
  if (certificate === undefined) {
    throw keyFault(
      "证书文件中没有 PEM 格式的证书；请放入签章证书，其后依次为各级签发者证书。",
      "Expected a PEM certificate in the certificate file: the seal certificate, then its issuers.",
    );
  }
  checkOrder([certificate, ...chain]);
  checkPurpose(certificate);
  return {
    certificate,
    chain,
    ...algorithmOf(publicKeyOf(certificate)),
    notBefore: instantOf(Date.parse(certificate.validFrom)),
    notAfter: instantOf(Date.parse(certificate.validTo)),
  };
}

/** Every certificate of a PEM text. Throws a SealKeyFault when one of them cannot be read. */
export function readCertificates(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (cause) {
      throw keyFault(
        `证书文件中的第 ${index + 1} 张证书无法读取；请重新从签发机构导出 PEM 文件。`,
        `Certificate ${index + 1} of the file cannot be read; export it again from the authority as PEM.`,
        { cause },
      );
    }
  });
}

/** Whether one of these authorities (DER) vouches for the certificates: it is one of them, or has issued the last. */
export function leadsToRoot({ certificate, chain }: SealCertificates, roots: readonly Uint8Array[]): boolean {
  const path = [certificate, ...chain];
  const last = path.at(-1);
  return roots.some((der) => {
    const root = new X509Certificate(der);
    if (path.some((known) => known.raw.equals(root.raw))) return true;
    return last !== undefined && isIssuer(root, last);
  });
}

export function oneLine(name: string): string {
  return name.replaceAll("\n", ", ");
}

/** Document signing after RFC 9336, Microsoft and Adobe; e-mail protection and "any" as public authorities issue. */
const SEALING_PURPOSES: ReadonlySet<string> = new Set([
  "1.3.6.1.5.5.7.3.36",
  "1.3.6.1.4.1.311.10.3.12",
  "1.2.840.113583.1.1.5",
  "1.3.6.1.5.5.7.3.4",
  "2.5.29.37.0",
]);

/**
 * The key usage (RFC 5280, 4.2.1.3) in its one DER form: identifier, maybe TRUE for critical, and in an OCTET STRING the BIT
 * STRING with its unused bits. Node does not tell it, and every command would wait 85 ms for a library that does.
 */
const KEY_USAGE = /0603551d0f(?:0101ff)?040[3-5]030[1-3]0[0-7]([0-9a-f]{2})/;
const DIGITAL_SIGNATURE_OR_NON_REPUDIATION = 0xc0;

function maySign({ raw }: X509Certificate): boolean {
  const [, bits = "00"] = KEY_USAGE.exec(raw.toString("hex")) ?? [];
  return (Number.parseInt(bits, 16) & DIGITAL_SIGNATURE_OR_NON_REPUDIATION) !== 0;
}

/** As the verifier has it: a contract under any other certificate would be decided, and never let out. */
function checkPurpose(certificate: X509Certificate): void {
  // Node calls the purposes of the extended key usage so.
  const purposes = certificate.keyUsage;
  if (maySign(certificate) && (purposes === undefined || purposes.some((purpose) => SEALING_PURPOSES.has(purpose))))
    return;
  const subject = oneLine(certificate.subject);
  throw keyFault(
    `证书（${subject}）不能用于签署文件；请向签发机构申请文件签名证书（密钥用法含数字签名）。`,
    `The certificate of ${subject} is not for sealing documents; have one issued for document signing, with the key usage digital signature.`,
  );
}

function checkOrder(certificates: readonly X509Certificate[]): void {
  for (const [index, issuer] of certificates.entries()) {
    const subject = certificates[index - 1];
    if (subject !== undefined && !isIssuer(issuer, subject)) {
      const [of, found] = [oneLine(subject.subject), oneLine(issuer.subject)];
      throw keyFault(
        `证书顺序有误：${of} 之后应为其签发者的证书，实际为 ${found}；请按签章证书、各级签发者的顺序排列。`,
        `Expected the issuer of ${of}, found ${found}; put the seal certificate first, then each one's issuer.`,
      );
    }
  }
}

function isIssuer(issuer: X509Certificate, subject: X509Certificate): boolean {
  return subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
}

function publicKeyOf(certificate: X509Certificate): KeyObject {
  try {
    return certificate.publicKey;
  } catch (cause) {
    throw keyFault(
      "签章证书中的公钥无法读取；请使用 P-256 或 RSA 密钥重新申请证书。",
      "The public key of the seal certificate cannot be read; have a certificate issued for a P-256 or RSA key.",
      { cause },
    );
  }
}

function algorithmOf(key: KeyObject): Pick<SealCertificates, "algorithm" | "algorithmName"> {
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ec" && namedCurve === "prime256v1") {
    return { algorithm: "ecdsa-p256-sha256", algorithmName: "P-256" };
  }
  const isRsa = key.asymmetricKeyType === "rsa";
  if (isRsa && modulusLength >= SMALLEST_RSA_BITS && modulusLength <= LARGEST_RSA_BITS) {
    return { algorithm: "rsa-sha256", algorithmName: `RSA-${modulusLength}` };
  }
  const found = isRsa ? `RSA-${modulusLength}` : (namedCurve ?? key.asymmetricKeyType ?? "unknown");
  throw keyFault(
    `签章密钥须为 P-256 或 ${SMALLEST_RSA_BITS} 至 ${LARGEST_RSA_BITS} 位的 RSA，实际为 ${found}；请改用合格的密钥。`,
    `Expected a P-256 key or an RSA key of ${SMALLEST_RSA_BITS} to ${LARGEST_RSA_BITS} bits, found ${found}.`,
  );
}
