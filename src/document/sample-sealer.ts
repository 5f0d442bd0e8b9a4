import type { RenderedDocument, Sealer } from "../application/ports.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import { openCompanySealer } from "./company-sealer.ts";
import { sealFontPaths } from "./fonts.ts";
import { sealKeyFromPem } from "./seal/seal-key-file.ts";
import { createTestAuthority, type TestKeyType } from "./seal/test-authority.ts";
import type { TimestampClient } from "./seal/timestamp-client.ts";
import { openSealArtist } from "./seal-artist.ts";

export interface SampleSealer {
  readonly sealer: Sealer;
  /** Throws where the authority gives no timestamp: samples wait for nothing. */
  seal(rendered: RenderedDocument, snapshot: ContractSnapshot, at: Instant): Promise<Uint8Array>;
  /** What a judge must trust: DER, and the same as PEM. */
  readonly root: Uint8Array;
  readonly rootPem: string;
}

/** Seals samples for whoever looks at them or measures, with a key made on the spot that nobody trusts. */
export function openSampleSealer(options: {
  readonly keyType: TestKeyType;
  readonly now: Date;
  readonly timestamp?: TimestampClient;
}): SampleSealer {
  const { keyType, now, timestamp = null } = options;
  const authority = createTestAuthority({ keyType, now });
  const issued = authority.issueSealCertificate({ legalName: "Orderseal 样本", countryCode: "CN" });
  const certificates = issued.certificatePem + authority.root.certificatePem;
  const key = sealKeyFromPem({ privateKey: issued.privateKeyPem, certificates });
  const { certificateDer: root, certificatePem: rootPem } = authority.root;
  const keys = { key: async () => key, hasKey: async () => true, roots: async () => [root] };
  const sealer = openCompanySealer({ keys, artist: openSealArtist(sealFontPaths()), timestamp });
  return {
    sealer,
    root,
    rootPem,
    async seal(rendered, snapshot, at) {
      const outcome = await sealer.seal(rendered, snapshot, "sample" as SellerId, at);
      if (outcome.kind === "sealed") return outcome.pdf;
      throw new Error(`no timestamp for a sample: ${JSON.stringify(outcome.failure)}`);
    },
  };
}
