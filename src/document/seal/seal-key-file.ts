import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { oneLine, readSealCertificates, type SealCertificates } from "./seal-certificates.ts";
import type { SealKey } from "./seal-key.ts";
import { keyFault } from "./seal-key-fault.ts";

interface PrivateKeyPem {
  /** PKCS #8; encrypted when a passphrase is given. */
  readonly privateKey: string;
  readonly passphrase?: string;
}

export interface SealKeyPem extends PrivateKeyPem {
  /** The seal certificate first, then its issuers. */
  readonly certificates: string;
}

/**
 * A key that signs in this process. Throws a SealKeyFault when the certificates are not sound (see
 * readSealCertificates), when the private key cannot be read with the passphrase, or when it does not belong to the
 * first certificate.
 */
export function sealKeyFromPem({ certificates, ...pem }: SealKeyPem): SealKey {
  return fileSealKey(pem, readSealCertificates(certificates));
}

/** The same with certificates that are read already. */
export function fileSealKey(pem: PrivateKeyPem, { certificate, chain, algorithm }: SealCertificates): SealKey {
  const privateKey = readPrivateKey(pem);
  if (!certificate.checkPrivateKey(privateKey)) throw notOfCertificate(oneLine(certificate.subject));
  return {
    certificate: certificate.raw,
    chain: chain.map((issuer) => issuer.raw),
    algorithm,
    sign: (signedAttributes) => signInThreadPool("sha256", signedAttributes, privateKey),
  };
}

/** Throws a SealKeyFault when the text is no PKCS #8 private key, or the passphrase does not open it. */
function readPrivateKey({ privateKey, passphrase }: PrivateKeyPem): KeyObject {
  try {
    return createPrivateKey({ key: privateKey, format: "pem", ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    throw keyFault(
      "私钥无法读取：须为 PEM 格式的 PKCS #8；已加密的，口令须一致。",
      "Cannot read the private key: expected PKCS #8 in PEM and its passphrase, if it has one.",
      { cause },
    );
  }
}

function notOfCertificate(subject: string): Error {
  return keyFault(
    `私钥与证书（${subject}）不匹配；请放入同一次申请得到的私钥和证书。`,
    `The private key does not belong to the certificate of ${subject}; put the two together that belong together.`,
  );
}

// The callback form leaves the event loop free during the 0.3 ms that RSA-2048 takes, and costs 0.01 ms.
const signInThreadPool = promisify<string, Uint8Array, KeyObject, Buffer>(sign);
