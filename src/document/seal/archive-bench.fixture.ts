import { readPdfStructure } from "./pdf-structure.ts";
import { ARCHIVED_AT, type RevocationBench, setUpRevocationBench } from "./revocation-bench.fixture.ts";
import { sealKeyFromPem } from "./seal-key-file.ts";
import { sealOrThrow, setUpSealBench } from "./sealed-sample.fixture.ts";
import { readSignatures } from "./sealed-signatures.ts";
import { startTestTimestampAuthority } from "./test-timestamp-authority.fixture.ts";
import { createTimestampClient, type TimestampClient } from "./timestamp-client.ts";
import type { GatherOutcome } from "./validation-data.ts";

/** A sealed and stamped contract, and whom its certificates name. */
export interface ArchiveBench {
  readonly authority: RevocationBench["authority"];
  readonly timestamp: TimestampClient;
  readonly sealed: Buffer;
  /** Asks about everybody that the newest signature of the file rests on. */
  gather(pdf: Uint8Array): Promise<GatherOutcome>;
  close(): Promise<void>;
}

export async function setUpArchiveBench(): Promise<ArchiveBench> {
  const { authority, seal, stamp, revocation, gather } = await setUpRevocationBench();
  const timestamps = await startTestTimestampAuthority({ signer: stamp, genTime: ARCHIVED_AT });
  const timestamp = createTimestampClient({ url: timestamps.url, timeoutMs: 5_000, now: () => ARCHIVED_AT });
  const key = sealKeyFromPem({
    privateKey: seal.privateKeyPem,
    certificates: seal.certificatePem + authority.root.certificatePem,
  });
  return {
    authority,
    timestamp,
    sealed: await sealOrThrow({ ...setUpSealBench("p256").input, key, timestamp }),
    gather: (pdf) => {
      const { signers = [], certificates = [] } = readSignatures(readPdfStructure(pdf)).at(-1) ?? {};
      return gather({ signers, certificates });
    },
    close: async () => {
      await Promise.all([revocation.close(), timestamps.close()]);
    },
  };
}
