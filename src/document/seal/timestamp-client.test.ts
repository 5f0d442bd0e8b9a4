import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeTest } from "../../../tests/judges.ts";
import { sealPdf } from "./seal-pdf.ts";
import { type SealBench, sealOrThrow, setUpSealBench } from "./sealed-sample.fixture.ts";
import { extractSignature } from "./signature-extraction.fixture.ts";
import type { TestCertificate } from "./test-authority.ts";
import { startTestTimestampAuthority, type TimestampFault } from "./test-timestamp-authority.fixture.ts";
import { createTimestampClient, type TimestampClient, type TimestampClientOptions } from "./timestamp-client.ts";

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
  authority: { readonly fault?: TimestampFault; readonly genTime?: Date; readonly signer?: TestCertificate },
  options: Partial<TimestampClientOptions> = {},
): Promise<TimestampClient> {
  const started = await startTestTimestampAuthority({ signer, genTime: GEN_TIME, ...authority });
  running.push(started);
  return createTimestampClient({ url: started.url, timeoutMs: 5_000, ...options });
}

describe("a seal with a timestamp", () => {
  judgeTest("openssl", "accepts the token over the signature value, up to the demo root", async (openssl) => {
    const sealed = await sealOrThrow({ ...bench.input, timestamp: await clientOf({}) });
    const [info] = AsnConvert.parse(
      AsnConvert.parse(extractSignature(sealed).cms, ContentInfo).content,
      SignedData,
    ).signerInfos;
    const [attribute] = info?.unsignedAttrs ?? [];
    expect(attribute?.attrType).toBe("1.2.840.113549.1.9.16.2.14");
    const path = (name: string, bytes: Uint8Array | string): string => {
      writeFileSync(join(directory, name), bytes);
      return join(directory, name);
    };
    const token = path("token.der", new Uint8Array(attribute?.attrValues[0] ?? new ArrayBuffer(0)));
    const data = path("signature", new Uint8Array(info?.signature.buffer ?? new ArrayBuffer(0)));
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
    ["when the answer is not ASN.1", "garbage", "malformed"],
    ["when the answer does not end", "endless", "malformed"],
    ["when it is for other bytes", "wrong_imprint", "wrong_imprint"],
    ["when it answers another request", "wrong_nonce", "wrong_nonce"],
    ["when its signature is wrong", "wrong_signature", "bad_signature"],
    ["when it names another certificate than it carries", "other_certificate_named", "bad_signature"],
  ])("%s", async (_, fault, reason) => {
    const client = await clientOf({ fault });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason });
  });

  test("when the authority is too slow", async () => {
    const client = await clientOf({ fault: "slow" }, { timeoutMs: 150 });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason: "timeout" });
  });

  test("when nobody listens", async () => {
    const started = await startTestTimestampAuthority({ signer, genTime: GEN_TIME });
    await started.close();
    const client = createTimestampClient({ url: started.url, timeoutMs: 5_000 });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason: "unreachable" });
  });

  test("when the signer's certificate is not for timestamps", async () => {
    const seller = bench.authority.issueSealCertificate({ legalName: "Seller Ltd.", countryCode: "GB" });
    const client = await clientOf({ signer: seller });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ reason: "not_a_timestamp_certificate" });
  });

  test("when the signer's certificate had expired at the stated time", async () => {
    const client = await clientOf({ signer: bench.authority.issueTimestampCertificate({ validDays: 1 }) });
    expect(await client.timestamp(Buffer.from("bytes"))).toMatchObject({ ok: false, reason: "certificate_expired" });
  });

  test("when the signer does not lead to a trusted certificate, if any are named", async () => {
    const stranger = setUpSealBench("p256").authority.root.certificateDer;
    const trusting = (trusted: Uint8Array) => clientOf({}, { trustedCertificates: [trusted] });
    const bytes = Buffer.from("bytes");
    expect(await (await trusting(stranger)).timestamp(bytes)).toMatchObject({ ok: false, reason: "untrusted" });
    expect(await (await trusting(bench.authority.root.certificateDer)).timestamp(bytes)).toMatchObject({ ok: true });
  });
});
