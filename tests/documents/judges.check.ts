import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSampleSealer } from "../../src/document/sample-sealer.ts";
import { createTestAuthority, type TestKeyType } from "../../src/document/seal/test-authority.ts";
import {
  startTestTimestampAuthority,
  type TestTimestampAuthority,
} from "../../src/document/seal/test-timestamp-authority.fixture.ts";
import { createTimestampClient } from "../../src/document/seal/timestamp-client.ts";
import { instantOf } from "../../src/domain/time.ts";
import { inLanes } from "./draw-with-pool.ts";
import { drawnContracts } from "./drawn-contracts.ts";
import { ask, changedCopy, type JudgedDocument, layBeforeJudges, QUESTIONS } from "./judged-document.ts";

const KEY_TYPES: readonly TestKeyType[] = ["p256", "rsa2048", "rsa3072"];
const LEVELS = ["B-B", "B-T"] as const;
const AT_ONCE = 3;
const JUDGES_OF_BYTES = Object.keys(QUESTIONS).filter((question) => question !== "qpdf --check");

const now = new Date();
const contracts = drawnContracts();
const counts: Record<string, Record<string, string>> = {};
let directory: string;
let authority: TestTimestampAuthority;
let timestampRoot: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orderseal-judged-"));
  const certificates = createTestAuthority({ keyType: "p256", now });
  timestampRoot = join(directory, "timestamp-root.pem");
  await writeFile(timestampRoot, certificates.root.certificatePem);
  const signer = certificates.issueTimestampCertificate({ validDays: 1 });
  authority = await startTestTimestampAuthority({ signer, genTime: now });
});
afterAll(async () => {
  console.table(counts);
  await authority.close();
  await rm(directory, { recursive: true, force: true });
});

const SEALS = KEY_TYPES.flatMap((keyType) => LEVELS.map((level) => [keyType, level] as const));

describe.each(SEALS)("every template in every language, sealed with %s at level %s", (keyType, level) => {
  let judged: readonly JudgedDocument[] = [];
  beforeAll(async () => {
    const timestamp = createTimestampClient({ url: authority.url, timeoutMs: 10_000, now: () => now });
    const { seal, rootPem } = openSampleSealer({ keyType, now, ...(level === "B-T" ? { timestamp } : {}) });
    const sealRoot = join(directory, `${keyType}-${level}.pem`);
    await writeFile(sealRoot, rootPem);
    const roots = { sealRoot, timestampRoot: level === "B-T" ? timestampRoot : null };
    judged = await inLanes(await contracts, AT_ONCE, async ({ name, rendered, snapshot }) => {
      const sealed = await seal(rendered, snapshot, instantOf(now.getTime()));
      return layBeforeJudges(directory, `${keyType}-${level}-${name}`, sealed, roots);
    });
    expect(judged.length).toBeGreaterThan(30);
  });
  afterAll(() => Promise.all(judged.map(({ name }) => rm(join(directory, name), { recursive: true }))));

  test.each(Object.keys(QUESTIONS))("%s accepts all", async (question) => {
    const verdicts = await inLanes(judged, AT_ONCE, async (document) => [document.name, await ask(question, document)]);
    const asked = verdicts.filter(([, verdict]) => verdict !== "not asked").length;
    const accepted = verdicts.filter(([, verdict]) => verdict === "accepted").length;
    const count = asked === 0 ? "–" : `${accepted} of ${judged.length}`;
    counts[`${keyType} ${level}`] = { ...counts[`${keyType} ${level}`], [question]: count };
    expect(verdicts.filter(([, verdict]) => typeof verdict === "object")).toEqual([]);
    expect([0, judged.length]).toContain(asked);
  });

  test.each(JUDGES_OF_BYTES)("%s refuses it with one byte changed", async (question) => {
    const [first] = judged;
    if (!first) throw new Error("nothing was sealed");
    const changed = await changedCopy(first);
    const verdict = await ask(question, changed);
    if (verdict !== "not asked") expect(verdict).toHaveProperty("refused");
  });
});
