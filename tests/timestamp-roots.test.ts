import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { sealOrThrow, setUpSealBench } from "../src/document/seal/sealed-sample.fixture.ts";
import { createTestAuthority } from "../src/document/seal/test-authority.ts";
import { startTestTimestampAuthority } from "../src/document/seal/test-timestamp-authority.fixture.ts";
import { instantOf } from "../src/domain/time.ts";
import { sealChecker, uploadChecker } from "../src/seal-checking.ts";
import { openTimestamps, type Timestamps } from "../src/timestamps.ts";
import { testEnvironment } from "./test-server.ts";

const root = mkdtempSync(join(tmpdir(), "orderseal-tsa-roots-"));
const ours = createTestAuthority({ keyType: "p256", now: new Date() });
const others = createTestAuthority({ keyType: "p256", now: new Date() });
const authority = await startTestTimestampAuthority({
  signer: ours.issueTimestampCertificate({ validDays: 1 }),
  genTime: "now",
});
afterAll(async () => {
  await authority.close();
  rmSync(root, { recursive: true, force: true });
});

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(root, "home-"));
});

function trust(...pems: readonly string[]): void {
  const folder = join(home, "keys", "tsa-roots");
  mkdirSync(folder, { recursive: true });
  pems.forEach((pem, index) => {
    writeFileSync(join(folder, `${index}.pem`), pem);
  });
}

function open(): Promise<Timestamps> {
  const environment = testEnvironment({ ORDERSEAL_HOME: home, ORDERSEAL_TSA_URL: authority.url });
  return openTimestamps(environment, { now: () => instantOf(Date.now()) }, () => {});
}

test("a timestamp that only the sealing side would take is none: the verifier looks at each", async () => {
  authority.become({ fault: "unsigned_data" });
  expect(await (await open()).gate.findTrouble()).toMatchObject({
    reason: "not_verifiable",
    detail: expect.stringContaining("data that nobody signed"),
  });
  authority.become({ fault: null });
});

test("without roots of timestamp authorities any timestamp that holds in itself is taken", async () => {
  expect(await (await open()).gate.findTrouble()).toBeNull();
});

test("with roots in keys/tsa-roots the authority has to lead to one of them", async () => {
  trust(others.root.certificatePem);
  expect(await (await open()).gate.findTrouble()).toMatchObject({ reason: "untrusted" });
  trust(others.root.certificatePem, ours.root.certificatePem);
  expect(await (await open()).gate.findTrouble()).toBeNull();
});

test("a certificate that is no authority's is no root, and is named", async () => {
  trust(ours.root.certificatePem, ours.issueTimestampCertificate({ validDays: 1 }).certificatePem);
  await expect(open()).rejects.toThrow(/tsa-roots must hold roots, and ".*DEMO TSA.*" is none/);
});

test("the verifier demands the same roots of the stamps that it sees", async () => {
  const { input, authority: sealer } = setUpSealBench("p256");
  const { client } = await open();
  if (!client) throw new Error("no authority");
  const sealed = await sealOrThrow({ ...input, timestamp: client });
  const at = instantOf(Date.now());
  const roots = [sealer.root.certificateDer];
  const reasonWith = (timestampRoots: readonly Uint8Array[] | null) =>
    sealChecker(() => roots, timestampRoots).check(sealed, at).reason;
  expect(reasonWith([ours.root.certificateDer])).toBe("intact");
  expect(reasonWith([others.root.certificateDer])).toBe("timestamp_untrusted");
  const uploads = uploadChecker(() => roots, [others.root.certificateDer]);
  expect(await uploads.check(sealed, at)).toMatchObject({ reason: "timestamp_untrusted" });
  await uploads.close();
});

test("a root that cannot be read stops whoever would rely on it", async () => {
  trust("not a certificate");
  await expect(open()).rejects.toThrow(/tsa-roots hold no certificate/);
});
