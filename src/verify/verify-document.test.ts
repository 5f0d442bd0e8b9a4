import { describe, expect, test } from "vitest";
import { makeParty } from "./certificates.fixture.ts";
import { timestampAttribute } from "./cms.fixture.ts";
import {
  dictionary,
  judge,
  root,
  sealed,
  sealedBy,
  stamp,
  stampedAt,
  timeStamping,
  tsaRoot,
} from "./ladder.fixture.ts";

describe("who and when", () => {
  test("an intact file names its signer and the time it claims", () => {
    expect(judge(sealed())).toMatchObject({
      signer: { subject: "CN=卖方", certificateSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      sealedAt: "2026-02-28T01:30:00.000Z",
      sealedAtSource: "claimed",
    });
  });

  test("a trusted stamp gives the time instead", () => {
    const verdict = judge(sealedBy({ unsignedAttributes: stamp }), { timestampRoots: [tsaRoot.certificate] });
    expect(verdict).toMatchObject({
      verdict: "passed",
      sealedAt: "2026-02-28T01:30:05.000Z",
      sealedAtSource: "timestamp",
    });
  });

  test("a sound stamp of an unknown authority leaves the claimed time, when no authority was named", () => {
    expect(judge(sealedBy({ unsignedAttributes: stamp }))).toMatchObject({
      verdict: "passed",
      sealedAtSource: "claimed",
    });
  });

  test("a trusted stamp keeps a seal good after its certificate and the stamp's certificate ended", () => {
    const notAfter = new Date("2026-12-31T00:00:00Z");
    const signer = makeParty({ name: "Old", issuer: root, notAfter });
    const authority = makeParty({ name: "Old TSA", issuer: tsaRoot, notAfter, ...timeStamping });
    const pdf = sealedBy({ signer, unsignedAttributes: timestampAttribute(authority, { time: stampedAt }) });
    const later = { at: new Date("2036-01-01T00:00:00Z") };
    expect(judge(pdf, { ...later, timestampRoots: [tsaRoot.certificate] }).reason).toBe("intact");
    expect(judge(pdf, later).reason).toBe("certificate_expired_without_timestamp");
  });

  test("nobody is named before the signature holds, and the stranger is named when only trust is missing", () => {
    const altered = sealed();
    altered[30] = 0x20;
    expect(judge(altered)).toMatchObject({ signer: null, sealedAt: null });
    expect(judge(sealed(), { roots: [] }).signer?.subject).toBe("CN=卖方");
  });

  test("a claimed time that is no instant is left out", () => {
    const signature = `${dictionary("ETSI.CAdES.detached")}/M(D:20260231000000Z)`;
    expect(judge(sealed({ signature }))).toMatchObject({ verdict: "passed", sealedAt: null, sealedAtSource: null });
  });

  test("a root that cannot be read is the caller's mistake", () => {
    expect(() => judge(sealed(), { roots: [Buffer.from("no certificate")] })).toThrow();
  });

  test("a file inside a larger buffer is read at its own place", () => {
    const pdf = sealed();
    const larger = Buffer.concat([Buffer.alloc(17, 0x20), pdf, Buffer.alloc(9)]);
    expect(judge(new Uint8Array(larger.buffer, larger.byteOffset + 17, pdf.length)).reason).toBe("intact");
  });
});
