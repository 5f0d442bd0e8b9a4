import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEALED_AT, SELLER, sealOrThrow, setUpSealBench } from "../document/seal/sealed-sample.fixture.ts";
import {
  startTestTimestampAuthority,
  type TestTimestampAuthority,
} from "../document/seal/test-timestamp-authority.fixture.ts";
import { createTimestampClient } from "../document/seal/timestamp-client.ts";
import { verifyDocument } from "./verify-document.ts";

/** Contracts by the real renderer and the real sealer; the verifier shares no code with either. */
const stampedAt = new Date("2026-03-02T04:05:07.250Z");
const at = new Date("2026-03-03T00:00:00Z");
const ec = setUpSealBench("p256");
const rsa = setUpSealBench("rsa2048");
const roots = [ec.authority.root.certificateDer, rsa.authority.root.certificateDer];
const judge = (pdf: Uint8Array) => verifyDocument(pdf, { roots, at });

/** Bytes between two that are flipped: npm run test:standards takes twice as many as the suite. */
const [BEFORE_UPDATE, IN_UPDATE] = process.env.ORDERSEAL_EVERY_CONTRACT === "1" ? [97, 23] : [193, 47];

let authority: TestTimestampAuthority;
let contracts: Readonly<Record<"ec" | "rsa" | "stamped", Buffer>>;

beforeAll(async () => {
  const signer = ec.authority.issueTimestampCertificate({ validDays: 365 });
  authority = await startTestTimestampAuthority({ signer, genTime: stampedAt });
  const timestamp = createTimestampClient({ url: authority.url, timeoutMs: 5_000, now: () => stampedAt });
  contracts = {
    ec: await sealOrThrow(ec.input),
    rsa: await sealOrThrow(rsa.input),
    stamped: await sealOrThrow({ ...ec.input, timestamp }),
  };
});
afterAll(() => authority.close());

describe("a contract of ours", () => {
  test.each(["ec", "rsa"] as const)("sealed with %s passes and says what it claims", (kind) => {
    expect(judge(contracts[kind])).toMatchObject({
      verdict: "passed",
      reason: "intact",
      sealedAt: SEALED_AT.toISOString(),
      sealedAtSource: "claimed",
      signer: { subject: expect.stringContaining(SELLER) },
    });
  });

  test("with a stamp passes at the time of the stamp", () => {
    expect(judge(contracts.stamped)).toMatchObject({
      verdict: "passed",
      sealedAt: stampedAt.toISOString(),
      sealedAtSource: "timestamp",
    });
  });

  test("is a stranger's to another root", () => {
    const verdict = verifyDocument(contracts.rsa, { roots: [ec.authority.root.certificateDer], at });
    expect(verdict).toMatchObject({ verdict: "indeterminate", reason: "chain_untrusted", signature: "sound" });
  });

  test("is not sealed before it is sealed", () => {
    expect(judge(ec.input.pdf).reason).toBe("not_signed");
  });
});

describe("a changed contract of ours", { timeout: 120_000 }, () => {
  test.each(["ec", "rsa", "stamped"] as const)("%s: no flipped byte is accepted", (kind) => {
    const pdf = Buffer.from(contracts[kind]);
    const updateStart = pdf.lastIndexOf("%%EOF", pdf.length - 10);
    const accepted: number[] = [];
    for (let offset = 0; offset < pdf.length; offset += offset < updateStart ? BEFORE_UPDATE : IN_UPDATE) {
      const before = pdf[offset] ?? 0;
      for (const mask of [0x01, 0x20]) {
        pdf[offset] = before ^ mask;
        if (judge(pdf).verdict === "passed") accepted.push(offset);
      }
      pdf[offset] = before;
    }
    expect(accepted).toEqual([]);
    expect(judge(pdf).verdict).toBe("passed");
  });

  // A sample; tampering.test.ts flips every bit of a smaller file.
  test("stamped: no flipped bit of the signature value is accepted", () => {
    const pdf = Buffer.from(contracts.stamped);
    const start = pdf.lastIndexOf("/Contents") + "/Contents".length;
    const end = start + pdf.toString("latin1", start, pdf.indexOf(">", start)).replace(/0+$/, "").length + 8;
    const accepted: string[] = [];
    for (let offset = start; offset < end; offset += 8) {
      const before = pdf[offset] ?? 0;
      for (const mask of [0x01, 0x20]) {
        pdf[offset] = before ^ mask;
        if (judge(pdf).verdict === "passed") accepted.push(`${offset}^${mask}`);
      }
      pdf[offset] = before;
    }
    expect(accepted).toEqual([]);
  });

  test.each(["ec", "rsa", "stamped"] as const)("%s: no truncation is accepted", (kind) => {
    const pdf = contracts[kind];
    for (let length = 0; length < pdf.length; length += length < pdf.length - 200 ? 211 : 1) {
      expect(judge(pdf.subarray(0, length)).verdict).not.toBe("passed");
    }
  });
});
