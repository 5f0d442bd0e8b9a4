import type { KeyDocument } from "./key-document.ts";
import { pkcs11Signer } from "./seal/pkcs11-signer.ts";
import { probe, remoteSealKey } from "./seal/remote-seal-key.ts";
import type { SealCertificates } from "./seal/seal-certificates.ts";
import type { SealKey } from "./seal/seal-key.ts";

/** A key in a hardware module, tried once. Throws a SealKeyFault when it cannot sign for the certificate. */
export async function openPkcs11Key(
  document: Extract<KeyDocument, { kind: "pkcs11" }>,
  pin: string,
  certificates: SealCertificates,
): Promise<SealKey> {
  const { module, tokenLabel, slot = 0, keyLabel = null, keyId } = document;
  const signer = pkcs11Signer({
    module,
    token: tokenLabel === undefined ? { slot } : { label: tokenLabel },
    key: { label: keyLabel, id: keyId === undefined ? null : Buffer.from(keyId, "hex") },
    pin,
    algorithm: certificates.algorithm,
  });
  const key = remoteSealKey(signer, certificates);
  try {
    await probe(key);
  } catch (error) {
    // One that signs for another certificate is tried again every half minute.
    await signer.close();
    throw error;
  }
  return key;
}
