import { createPrivateKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { SealAlgorithm, SealKey } from "./seal-key.ts";

export interface SealKeyFiles {
  /** PEM, PKCS #8; encrypted when a passphrase is given. */
  readonly privateKeyPath: string;
  /** PEM: the seal certificate first, then its issuers. */
  readonly certificatePath: string;
  readonly passphrase?: string;
}

export interface SealKeyPem {
  readonly privateKey: string;
  readonly certificates: string;
  readonly passphrase?: string;
}

/** Reads a key from files; see {@link sealKeyFromPem} for what is checked. Throws what reading the files throws. */
export async function loadSealKey(files: SealKeyFiles): Promise<SealKey> {
  const [privateKey, certificates] = await Promise.all([
    readFile(files.privateKeyPath, "utf8"),
    readFile(files.certificatePath, "utf8"),
  ]);
  const { passphrase } = files;
  return sealKeyFromPem({ privateKey, certificates, ...(passphrase === undefined ? {} : { passphrase }) });
}

/**
 * A key that signs in this process. Throws, for there is no service without its key, when the private key cannot be
 * read with the passphrase, is neither P-256 nor RSA with at least 2048 bits, or does not fit the first certificate,
 * or when the certificates do not follow each other as subject and issuer.
 */
export function sealKeyFromPem(pem: SealKeyPem): SealKey {
  const privateKey = readPrivateKey(pem);
  const [certificate, ...chain] = readCertificates(pem.certificates);
  if (certificate === undefined) throw new Error("Expected a PEM certificate in the certificate file");
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(`The private key does not belong to the certificate of ${oneLine(certificate.subject)}`);
  }
  checkOrder([certificate, ...chain]);
  return {
    certificate: certificate.raw,
    chain: chain.map((issuer) => issuer.raw),
    algorithm: algorithmOf(privateKey),
    sign: (signedAttributes) => signInThreadPool("sha256", signedAttributes, privateKey),
  };
}

// The callback form leaves the event loop free during the 0.3 ms that RSA-2048 takes, and costs 0.01 ms.
const signInThreadPool = promisify<string, Uint8Array, KeyObject, Buffer>(sign);

const SMALLEST_RSA_BITS = 2048;

function readPrivateKey({ privateKey, passphrase }: SealKeyPem): KeyObject {
  try {
    return createPrivateKey({ key: privateKey, format: "pem", ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    throw new Error("Cannot read the private key: expected PKCS #8 in PEM and its passphrase, if it has one", {
      cause,
    });
  }
}

function readCertificates(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

function checkOrder(certificates: readonly X509Certificate[]): void {
  for (const [index, issuer] of certificates.entries()) {
    const subject = certificates[index - 1];
    if (subject !== undefined && !(subject.checkIssued(issuer) && subject.verify(issuer.publicKey))) {
      throw new Error(`Expected the issuer of ${oneLine(subject.subject)}, found ${oneLine(issuer.subject)}`);
    }
  }
}

function algorithmOf(key: KeyObject): SealAlgorithm {
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ec" && namedCurve === "prime256v1") return "ecdsa-p256-sha256";
  if (key.asymmetricKeyType === "rsa" && modulusLength >= SMALLEST_RSA_BITS) return "rsa-sha256";
  throw new Error(`Expected a P-256 key or an RSA key of at least ${SMALLEST_RSA_BITS} bits`);
}

function oneLine(name: string): string {
  return name.replaceAll("\n", ", ");
}
