import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEMO_MARKETPLACE_SELLER, DEMO_SELLER } from "../../../src/demo-parties.ts";
import { keyFiles } from "../../../src/document/key-folder.ts";
import { sellerFolder } from "../../../src/document/key-ring.ts";
import { createTestAuthority } from "../../../src/document/seal/test-authority.ts";
import { startTestRevocationService } from "../../../src/document/seal/test-revocation-service.fixture.ts";
import { startTestTimestampAuthority } from "../../../src/document/seal/test-timestamp-authority.fixture.ts";

const DAY_MS = 86_400_000;

/** Whoever vouches for the seals of installations that archive their contracts; all of it on loopback. */
export interface Authorities {
  readonly timestampUrl: string;
  /** Puts the keys of the demonstration's sellers, by this authority, into the home's folder of keys. */
  furnish(home: string): Promise<void>;
  close(): Promise<void>;
}

export async function openAuthorities(): Promise<Authorities> {
  const revocation = await startTestRevocationService();
  const authority = createTestAuthority({ keyType: "p256", now: new Date(Date.now() - DAY_MS), revocation });
  revocation.answers = {
    issuer: authority.root,
    get now() {
      return new Date();
    },
  };
  const signer = authority.issueTimestampCertificate({ validDays: 31 });
  const timestamps = await startTestTimestampAuthority({ signer, genTime: "now" });
  return {
    timestampUrl: timestamps.url,
    furnish: async (home) => {
      const keys = join(home, "keys");
      await mkdir(join(keys, "roots"), { recursive: true });
      await writeFile(join(keys, "roots", "root.pem"), authority.root.certificatePem);
      // Keys for trying out, so that no second person has to approve them first.
      await writeFile(join(keys, "DEMO"), "");
      for (const { id, legalName } of [DEMO_SELLER, DEMO_MARKETPLACE_SELLER]) {
        const folder = sellerFolder(keys, id);
        await mkdir(folder, { recursive: true });
        const seal = authority.issueSealCertificate({ legalName: legalName["zh-CN"], countryCode: "CN" });
        const { privateKey, certificate } = keyFiles(folder);
        await writeFile(privateKey, seal.privateKeyPem);
        await writeFile(certificate, seal.certificatePem + authority.root.certificatePem);
      }
    },
    close: async () => {
      await Promise.all([revocation.close(), timestamps.close()]);
    },
  };
}
