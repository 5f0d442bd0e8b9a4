import type { KeyDocument } from "./key-document.ts";
import { httpSigner } from "./seal/http-signer.ts";
import { probe, remoteSealKey } from "./seal/remote-seal-key.ts";
import type { SealCertificates } from "./seal/seal-certificates.ts";
import type { SealKey } from "./seal/seal-key.ts";

const DEFAULT_TIMEOUT_MS = 5_000;

/** A key behind a signer that speaks HTTP, tried once. Throws a SealKeyFault when it cannot sign for the certificate. */
export async function openHttpKey(
  { url, keyReference, timeoutMs = DEFAULT_TIMEOUT_MS }: Extract<KeyDocument, { kind: "http" }>,
  token: string | null,
  certificates: SealCertificates,
): Promise<SealKey> {
  const { algorithm } = certificates;
  const key = remoteSealKey(httpSigner({ url, keyReference, timeoutMs, token, algorithm }), certificates);
  await probe(key);
  return key;
}
