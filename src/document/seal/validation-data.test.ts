import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ARCHIVED_AT, issueResponder, type RevocationBench, setUpRevocationBench } from "./revocation-bench.fixture.ts";
import { generateSealKeyPair } from "./seal-key-pair.ts";
import { createTestAuthority, ROOT_SUBJECT } from "./test-authority.ts";
import { issueCertificate } from "./test-certificate.ts";
import type { RevocationAnswers, RevocationFault } from "./test-revocation-service.fixture.ts";

let bench: RevocationBench;
let withoutSources: RevocationBench;
let usual: RevocationAnswers;
const stranger = createTestAuthority({ keyType: "p256", now: ARCHIVED_AT });

beforeAll(async () => {
  [bench, withoutSources] = await Promise.all([setUpRevocationBench(), setUpRevocationBench(() => ({}))]);
  usual = { issuer: bench.authority.root, now: ARCHIVED_AT };
});
beforeEach(() => {
  bench.revocation.answers = usual;
});
afterAll(async () => {
  await Promise.all([bench.revocation.close(), withoutSources.revocation.close()]);
});

async function gatherWith(answers: Partial<RevocationAnswers>) {
  bench.revocation.answers = { ...usual, ...answers };
  return bench.gather({ timeoutMs: answers.ocspFault === "slow" ? 150 : 5_000 });
}

describe("revocation is asked for", () => {
  test("by OCSP where there is a responder: one answer for the seal, one for its timestamp, and no list", async () => {
    const outcome = await gatherWith({});
    expect(outcome).toMatchObject({ ok: true, data: { crls: [] } });
    expect(outcome.ok && outcome.data.ocsps).toHaveLength(2);
    expect(outcome.ok && outcome.data.certificates).toHaveLength(3);
  });

  test("by one list for both where the responder is down", async () => {
    const outcome = await gatherWith({ ocspFault: "down" });
    expect(outcome).toMatchObject({ ok: true, data: { ocsps: [] } });
    expect(outcome.ok && outcome.data.crls).toHaveLength(1);
  });

  test("of a responder that the issuer named for it", async () => {
    const responder = issueResponder(bench.authority.root);
    expect(await gatherWith({ responder, crlFault: "down" })).toMatchObject({ ok: true });
  });

  test.each([
    ["made by another authority of that name", () => issueResponder(stranger.root)],
    ["made for something else", () => issueResponder(bench.authority.root, "1.3.6.1.5.5.7.3.1")],
  ])("but not of one that was %s", async (_, make) => {
    expect(await gatherWith({ responder: make(), crlFault: "down" })).toMatchObject({
      ok: false,
      reason: "unavailable",
      detail: expect.stringContaining("not signed by whom it should be"),
    });
  });

  test("nowhere, where the certificates name nobody", async () => {
    expect(await withoutSources.gather()).toMatchObject({ ok: false, reason: "no_source" });
    expect(withoutSources.revocation.asked).toEqual([]);
  });
});

describe("nobody is asked about a certificate that no root vouches for, whatever address it names", () => {
  test("since its authority is a stranger", async () => {
    const { ocspUrl, crlUrl } = bench.revocation;
    const elsewhere = createTestAuthority({ keyType: "p256", now: ARCHIVED_AT, revocation: { ocspUrl, crlUrl } });
    const stamp = new X509Certificate(elsewhere.issueTimestampCertificate({ validDays: 365 }).certificateDer);
    const certificates = [stamp, new X509Certificate(elsewhere.root.certificateDer)];
    const before = bench.revocation.asked.length;
    expect(await bench.gather({ signers: [stamp], certificates })).toMatchObject({ ok: false, reason: "no_source" });
    expect(bench.revocation.asked).toHaveLength(before);
  });

  test("since authorities vouch for each other in a circle", async () => {
    const certificates = crossSigned();
    const outcome = await bench.gather({ signers: certificates.slice(0, 1), certificates });
    expect(outcome).toMatchObject({
      ok: false,
      reason: "no_source",
      detail: expect.stringContaining("not among the trusted roots"),
    });
  });
});

/** Two authorities, each certified by the other. */
function crossSigned(): readonly X509Certificate[] {
  const authorities = ["A", "B"].map((commonName) => ({
    subject: { ...ROOT_SUBJECT, commonName },
    ...generateSealKeyPair("p256"),
  }));
  return authorities.map(({ subject, publicKey }) => {
    const issuer = authorities.find((other) => other.subject !== subject);
    if (!issuer) throw new Error("Expected two authorities");
    const [notBefore, notAfter] = [ARCHIVED_AT, new Date(ARCHIVED_AT.getTime() + 86_400_000)];
    const wanted = { issuer, subject, publicKey, serialNumber: Uint8Array.of(1), notBefore, notAfter };
    return new X509Certificate(issueCertificate({ ...wanted, isAuthority: true, extensions: [] }));
  });
}

describe("a revoked certificate is reported", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  test.each([
    ["by the responder", {}],
    ["by the list", { ocspFault: "down" }],
  ] as const)("%s", async (_, fault) => {
    const revoked = { certificate: bench.seal, at };
    expect(await gatherWith({ revoked, ...fault })).toMatchObject({
      ok: false,
      reason: "revoked",
      detail: expect.stringContaining(at.toISOString()),
    });
  });
});

describe("an answer is not believed", () => {
  test.each<[RevocationFault, string]>([
    ["forged", "not signed"],
    ["stale", "out of date"],
    ["garbage", "not an OCSP response"],
    ["endless", "sent more than"],
    ["redirects", "was not reached"],
    ["slow", "was not reached"],
    ["other_certificate", "another certificate"],
  ])("that is %s", async (ocspFault, detail) => {
    expect(await gatherWith({ ocspFault, crlFault: "down" })).toMatchObject({
      ok: false,
      reason: "unavailable",
      detail: expect.stringContaining(detail),
    });
    expect(bench.revocation.asked).not.toContain("/elsewhere");
  });

  test("that sends along a certificate which nobody can read", async () => {
    const responder = issueResponder(bench.authority.root);
    expect(await gatherWith({ responder, ocspFault: "garbled", crlFault: "down" })).toMatchObject({
      ok: false,
      reason: "unavailable",
      detail: expect.stringContaining("cannot be read to its end"),
    });
  });

  test.each<[RevocationFault, string]>([
    ["garbled", "cannot be read to its end"],
    ["forged", "not signed by the issuer"],
    ["stale", "out of date"],
    ["garbage", "not a revocation list"],
    ["endless", "sent more than"],
  ])("nor a list that is %s", async (crlFault, detail) => {
    expect(await gatherWith({ ocspFault: "down", crlFault })).toMatchObject({
      ok: false,
      reason: "unavailable",
      detail: expect.stringContaining(detail),
    });
  });
});
