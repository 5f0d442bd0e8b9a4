import { createHash, verify, X509Certificate } from "node:crypto";
import { oneLine, type SealCertificates } from "./seal-certificates.ts";
import type { SealKey } from "./seal-key.ts";
import { keyFault } from "./seal-key-fault.ts";

/** What keeps a private key elsewhere, and signs digests with it. */
export interface DigestSigner {
  /** How it is named in a sentence: "the signer at https://…". */
  readonly name: { readonly "zh-CN": string; readonly en: string };
  /** Signs a SHA-256 digest; see SealKey.sign for the form of the answer. */
  signDigest(digest: Uint8Array): Promise<Uint8Array>;
}

/**
 * A seal key whose private part is out of our hands. Only digests leave this process, and no signature is used before it
 * was verified against the certificate: a signer that answers with another key, or with nonsense, is an error naming it.
 */
export function remoteSealKey(signer: DigestSigner, { certificate, chain, algorithm }: SealCertificates): SealKey {
  const { publicKey } = new X509Certificate(certificate.raw);
  return {
    certificate: certificate.raw,
    chain: chain.map((issuer) => issuer.raw),
    algorithm,
    async sign(signedAttributes) {
      const signature = await signer.signDigest(createHash("sha256").update(signedAttributes).digest());
      if (verify("sha256", signedAttributes, publicKey, signature)) return signature;
      const subject = oneLine(certificate.subject);
      throw keyFault(
        `${signer.name["zh-CN"]}返回的签名与证书（${subject}）不符；请核对密钥标识与 certificate.pem 是否属于同一密钥。`,
        `What ${signer.name.en} signed does not verify with the certificate of ${subject}; check that its key and certificate.pem belong together.`,
      );
    },
  };
}

/** Signs something that is no document, so that a key which cannot sign is found out before a contract needs it. */
export async function probe(key: SealKey): Promise<void> {
  await key.sign(Buffer.from("Orderseal asks whether this key can sign."));
}
