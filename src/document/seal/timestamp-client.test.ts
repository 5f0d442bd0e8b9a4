import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OctetString } from "@peculiar/asn1-schema";
import { Extension, id_ce_extKeyUsage } from "@peculiar/asn1-x509";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeTest } from "../../../tests/judges.ts";
import { generateSealKeyPair } from "./seal-key-pair.ts";
import { sealPdf } from "./seal-pdf.ts";
import { type SealBench, sealOrThrow, setUpSealBench } from "./sealed-sample.fixture.ts";
import { createTestAuthority, type TestCertificate } from "./test-authority.ts";
import { issueCertificate } from "./test-certificate.ts";
import {
  type Behaviour,
  startTestTimestampAuthority,
  type TimestampFault,
} from "./test-timestamp-authority.fixture.ts";
import { createTimestampClient, type TimestampClient, type TimestampClientOptions } from "./timestamp-client.ts";
import { extractTimestamp } from "./timestamp-extraction.fixture.ts";

const GEN_TIME = new Date("2026-03-02T04:05:07Z");

let bench: SealBench;
let signer: TestCertificate;
const directory = mkdtempSync(join(tmpdir(), "orderseal-timestamp-"));
const running: { close(): Promise<void> }[] = [];

beforeAll(() => {
  bench = setUpSealBench("p256");
  signer = bench.authority.issueTimestampCertificate({ validDays: 365 });
});
afterAll(async () => {
  await Promise.all(running.map((authority) => authority.close()));
  rmSync(directory, { recursive: true, force: true });
});

async function clientOf(
  authority: Partial<Behaviour>,
  options: Partial<TimestampClientOptions> = {},
): Promise<TimestampClient> {
  const started = await startTestTimestampAuthority({ signer, genTime: GEN_TIME, ...authority });
  running.push(started);
  return createTimestampClient({ url: started.url, timeoutMs: 5_000, now: () => GEN_TIME, ...options });
}

describe("a seal with a timestamp", () => {
  judgeTest("openssl", "accepts the token over the signature value, up to the demo root", async (openssl) => {
    const sealed = await sealOrThrow({ ...bench.input, timestamp: await clientOf({}) });
    const timestamp = extractTimestamp(sealed);
    if (!timestamp) throw new Error("the seal carries no timestamp");
    const path = (name: string, bytes: Uint8Array | string): string => {
      writeFileSync(join(directory, name), bytes);
      return join(directory, name);
    };
    const token = path("token.der", timestamp.token);
    const data = path("signature", timestamp.signature);
    const root = path("root.pem", bench.authority.root.certificatePem);
    const at = String(GEN_TIME.getTime() / 1000);
    const files = ["-in", token, "-token_in", "-data", data, "-CAfile", root, "-attime", at];
    const { exitCode, output } = openssl("ts", "-verify", ...files);
    expect(output).toContain("Verification: OK");
    expect(exitCode).toBe(0);
  });

  judgeTest("pdfsig", "calls the timestamped seal valid", async (pdfsig) => {
    const path = join(directory, "timestamped.pdf");
    writeFileSync(path, await sealOrThrow({ ...bench.input, timestamp: await clientOf({}) }));
    expect(pdfsig("-nocert", path).output).toContain("Signature Validation: Signature is Valid.");
  });

  test("is not made when the timestamp cannot be had", async () => {
    const outcome = await sealPdf({ ...bench.input, timestamp: await clientOf({ fault: "rejects" }) });
    expect(outcome).toMatchObject({ ok: false, failure: { reason: "rejected" } });
  });

  test("is not made when the token outgrows its room", async () => {
    const timestamp: TimestampClient = { timestamp: async () => ({ ok: true, token: new Uint8Array(20_000) }) };
    const outcome = await sealPdf({ ...bench.input, timestamp });
    expect(outcome).toMatchObject({ ok: false, failure: { reason: "token_too_large" } });
  });
});

describe("a timestamp is refused", () => {
  test.each<[string, TimestampFault, string]>([
    ["when the authority says no", "rejects", "rejected"],
    ["when the authority has another policy", "rejects_policy", "rejected"],
    ["when the authority's server is broken", "http_error", "rejected"],
    ["when the authority sends us elsewhere", "redirects", "redirected"],
    ["when the answer is not ASN.1", "garbage", "malformed"],
    ["when the answer does not end", "endless", "malformed"],
    ["when it is for other bytes", "wrong_imprint", "wrong_imprint"],
    ["when it answers another request", "wrong_nonce", "wrong_nonce"],
    ["when it does not say which request it answers", "missing_nonce", "missing_nonce"],
    ["when its signature is wrong", "wrong_signature", "bad_signature"],
    ["when it names another certificate than it carries", "other_certificate_named", "bad_signature"],
  ])("%s", async (_, fault, reason) => {
    const client = await clientOf({ fault });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason });
  });

  test.each<TimestampFault>(["slow", "slow_body"])("when the authority is too slow: %s", async (fault) => {
    const client = await clientOf({ fault }, { timeoutMs: 150 });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason: "timeout" });
  });

  test("when nobody listens", async () => {
    const started = await startTestTimestampAuthority({ signer, genTime: GEN_TIME });
    await started.close();
    const client = createTimestampClient({ url: started.url, timeoutMs: 5_000, now: () => GEN_TIME });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason: "unreachable" });
  });

  test("when the signer's certificate is not for timestamps", async () => {
    const seller = bench.authority.issueSealCertificate({ legalName: "Seller Ltd.", countryCode: "GB" });
    const client = await clientOf({ signer: seller });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ reason: "not_a_timestamp_certificate" });
  });

  test.each(["not_critical", "other_purpose_too"] as const)(
    "when the signer's certificate is for timestamps, but not as it must be: %s",
    async (flaw) => {
      const client = await clientOf({ signer: bench.authority.issueTimestampCertificate({ validDays: 365, flaw }) });
      expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ reason: "not_a_timestamp_certificate" });
    },
  );

  test("when the signer's certificate cannot be read to its end", async () => {
    const purposes = new Extension({
      extnID: id_ce_extKeyUsage,
      critical: true,
      extnValue: new OctetString([1, 2, 3]),
    });
    const { privateKey, publicKey } = generateSealKeyPair("p256");
    const subject = { country: "CN", organization: "TSA", commonName: "TSA" };
    const certificateDer = issueCertificate({
      issuer: { subject, publicKey, privateKey },
      subject,
      publicKey,
      serialNumber: Uint8Array.of(7),
      notBefore: new Date(GEN_TIME.getTime() - 1_000),
      notAfter: new Date(GEN_TIME.getTime() + 1_000),
      isAuthority: false,
      extensions: [purposes],
    });
    const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const client = await clientOf({ signer: { certificateDer, certificatePem: "", privateKeyPem } });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason: "malformed" });
  });

  test("when the signer's certificate had expired at the stated time", async () => {
    const client = await clientOf({ signer: bench.authority.issueTimestampCertificate({ validDays: 1 }) });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason: "certificate_expired" });
  });

  test("when the signer's certificate was not valid yet at the stated time", async () => {
    const later = createTestAuthority({ keyType: "p256", now: new Date(GEN_TIME.getTime() + 86_400_000) });
    const client = await clientOf({ signer: later.issueTimestampCertificate({ validDays: 1 }) });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ reason: "certificate_not_yet_valid" });
  });

  test.each<[number, number, string]>([
    [-301, 0, "clock"],
    [301, 0, "clock"],
    [301, 1, "ok"],
    [302, 1, "clock"],
    [-299, 0, "ok"],
    // Whoever states an accuracy of an hour does not thereby get one.
    [400, 3_600, "clock"],
  ])("by our clock: %i s off, with a stated accuracy of %i s: %s", async (offSeconds, accuracySeconds, expected) => {
    const genTime = new Date(GEN_TIME.getTime() + offSeconds * 1_000);
    const client = await clientOf({ genTime, accuracySeconds });
    const outcome = await client.timestamp(Buffer.from("bytes"));
    expect(outcome.ok ? "ok" : outcome.reason).toBe(expected);
  });

  test("when the signer does not lead to a trusted certificate, if any are named", async () => {
    const stranger = setUpSealBench("p256").authority.root.certificateDer;
    const trusting = (trusted: Uint8Array) => clientOf({}, { trustedCertificates: [trusted] });
    const bytes = Buffer.from("bytes");
    expect(await (await trusting(stranger)).timestamp(bytes)).toMatchObject({ ok: false, reason: "untrusted" });
    expect(await (await trusting(bench.authority.root.certificateDer)).timestamp(bytes)).toMatchObject({ ok: true });
  });
});
