import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stampedDocument, withStore } from "./archived-pdf.fixture.ts";
import { type KeyKind, makeParty, type SigningHash } from "./certificates.fixture.ts";
import { attribute, type CmsOptions } from "./cms.fixture.ts";
import { nothing, octets, oid, sequence } from "./der.fixture.ts";
import { certified, dictionary, judge, root, seal, sealed, sealedBy, stampedAt, tsa } from "./ladder.fixture.ts";
import { appendRevision, catalog, plainPdf, type SealOptions, signedAgain } from "./sealed-pdf.fixture.ts";

/** Somebody whom nobody here knows; signs as other software does: no certification, no PAdES. */
const stranger = makeParty({ name: "陌生人 Stranger", authority: false });
const formats = ["adbe.pkcs7.detached", "ETSI.CAdES.detached"] as const;
const withoutCertification = new Map([[1, catalog.replace(/\/Perms.*?>>/, "")]]);

function foreign(cms: Partial<CmsOptions> = {}, options: Partial<SealOptions> & { format?: string } = {}): Buffer {
  const { format = "adbe.pkcs7.detached", ...rest } = options;
  const signature = `${dictionary(format, "")}/M(D:20260228093000+08'00')`;
  return sealed({ cms: { signer: stranger, ...cms }, signature, objects: withoutCertification, ...rest });
}

const soundOne = {
  verdict: "indeterminate",
  signature: "sound",
  signer: { subject: "CN=陌生人 Stranger" },
  sealedAt: "2026-02-28T01:30:00.000Z",
  sealedAtSource: "claimed",
  level: null,
};

describe("a sound signature of a stranger is told as sound, and accepted in no case", () => {
  test.each(formats)("%s", (format) => {
    expect(judge(foreign({}, { format }))).toMatchObject(soundOne);
    // Even where its authority is trusted here: it is not certified against changes.
    const known = foreign({ signer: seal }, { format });
    expect(judge(known)).toMatchObject({ verdict: "indeterminate", signature: "sound" });
  });

  test("certified as ours are, under a root that nobody here trusts", () => {
    expect(judge(sealedBy({ signer: stranger }))).toMatchObject({ ...soundOne, reason: "chain_untrusted" });
  });

  const kinds: readonly KeyKind[] = ["rsa2048", "p256", "p384", "p521"];
  const hashes: readonly SigningHash[] = ["sha256", "sha384", "sha512"];
  test.each(kinds.flatMap((kind) => hashes.map((hash) => [kind, hash] as const)))("%s with %s", (kind, hash) => {
    const signer = makeParty({ name: "陌生人 Stranger", issuer: root, kind });
    expect(judge(foreign({ signer, hash }))).toMatchObject(soundOne);
  });

  test.each(hashes)("RSA-PSS with %s, of a key for all RSA signatures and of one for these alone", (hash) => {
    for (const kind of ["rsa2048", "rsaPss"] as const) {
      const signer = makeParty({ name: "陌生人 Stranger", issuer: root, kind });
      for (const pssSaltLength of [20, 32, 64]) {
        expect(judge(foreign({ signer, hash, pssSaltLength }))).toMatchObject(soundOne);
      }
      const certifiedToo = judge(sealedBy({ signer, hash, pssSaltLength: 32 }));
      expect(certifiedToo).toMatchObject({ ...soundOne, reason: "algorithm_not_accepted" });
    }
  });

  test.each<[string, Partial<CmsOptions>, Partial<SealOptions>]>([
    ["no signed attributes", { signedAttributes: () => null }, {}],
    ["no certificate named in them", { signedAttributes: (usual) => usual.slice(0, 2) }, {}],
    ["a signing time", { signedAttributes: (usual) => [...usual, attribute("1.2.840.113549.1.9.5", utcTime)] }, {}],
    ["RSA without saying which digest", { ...rsa(), signatureIdentifier: sequence(oid(rsaEncryption), nothing) }, {}],
    ["RSA without the NULL", { ...rsa(), signatureIdentifier: sequence(oid("1.2.840.113549.1.1.11")) }, {}],
    ["certificates of others on board", { certificates: [tsa.certificate, stranger.certificate] }, {}],
    ["revocation data inside", { revocationData: sequence() }, {}],
    ["an unknown unsigned attribute", { unsignedAttributes: () => [attribute("1.2.3.4", nothing)] }, {}],
    ["letters of both cases", {}, { fill: (hex, length) => hex.replace("a", "A").padEnd(length, "0") }],
    ["lengths left open, as BER permits", {}, { fill: (hex, length) => indefinite(hex).padEnd(length, "0") }],
    ["a certification that permits forms", {}, { objects: new Map(), signature: certified(2) }],
  ])("%s", (_, cms, options) => {
    expect(judge(foreign(cms, options))).toMatchObject({ ...soundOne, sealedAt: expect.anything() });
  });
});

const rsaEncryption = "1.2.840.113549.1.1.1";
const utcTime = Buffer.from("170d3236303232383031333030305a", "hex");
const rsa = () => ({ signer: makeParty({ name: "陌生人 Stranger", issuer: root, kind: "rsa2048" }) });

/** The outermost element, and its closing mark behind everything. */
function indefinite(hex: string): string {
  return `${hex.replace(/^3082..../, "3080")}0000`;
}

describe("a signature that does not hold is told as broken", () => {
  test.each<[string, () => Uint8Array]>([
    [
      "changed content",
      () => Buffer.from(foreign().toString("latin1").replace("One contract", "Two contract"), "latin1"),
    ],
    ["another key", () => foreign({ signer: { ...stranger, key: seal.key } })],
    ["another certificate named", () => foreign({ signedAttributes: namingAnother })],
    ["another digest", () => foreign({}, { digest: (digest) => Buffer.from(digest.toReversed()) })],
    ["a hole wider than the value", () => foreign({}, { byteRange: ([z, a, b, c]) => [z, a - 9, b, c] })],
    ["a range that stops short", () => foreign({}, { byteRange: ([z, a, b, c]) => [z, a, b, c - 1] })],
    ["a first one that was altered below a second", () => signedAgain(alteredOne(), again)],
  ])("%s", (_, make) => {
    expect(judge(make())).toMatchObject({ signature: "broken", signer: null, sealedAt: null });
    expect(judge(make()).verdict).not.toBe("passed");
  });

  test("no byte of it can be altered and leave it sound", () => {
    const pdf = foreign();
    const start = pdf.indexOf("/Contents<");
    for (let at = 0; at < pdf.length; at += at < start || at > start + 12_010 ? 1 : 501) {
      if (at > start && at < start + 12_010) continue;
      const altered = Buffer.from(pdf);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect([at, judge(altered).signature]).not.toEqual([at, "sound"]);
    }
  });
});

const namingAnother = (usual: readonly Buffer[]): readonly Buffer[] => [
  ...usual.slice(0, 2),
  attribute("1.2.840.113549.1.9.16.2.47", sequence(sequence(sequence(octets(Buffer.alloc(32)))))),
];
const again = { cms: { signer: seal }, format: "adbe.pkcs7.detached" };
const alteredOne = () => Buffer.from(foreign().toString("latin1").replace("One contract", "Two contract"), "latin1");

describe("several signatures", () => {
  test("each over its revision, the last over the whole file: sound, and the last one's signer is named", () => {
    const twice = signedAgain(foreign(), again);
    expect(judge(twice)).toMatchObject({
      verdict: "indeterminate",
      reason: "more_than_one_signature",
      signature: "sound",
      signer: { subject: "CN=卖方" },
      sealedAt: "2026-02-28T12:00:00.000Z",
    });
    expect(judge(signedAgain(twice, { ...again, cms: { signer: stranger }, free: 10 }))).toMatchObject({
      signature: "sound",
      signer: { subject: "CN=陌生人 Stranger" },
    });
  });

  test("a contract of ours that somebody else signs afterwards was changed, though both signatures hold", () => {
    expect(judge(signedAgain(sealed(), { ...again, cms: { signer: stranger } }))).toMatchObject({
      verdict: "failed",
      reason: "later_revision_changes_content",
      signature: "sound",
      signer: { subject: "CN=陌生人 Stranger" },
    });
  });

  test("the same with something changed in between, which only the second one covers", () => {
    const changed = appendRevision(foreign(), new Map([[4, "<</Length 0>>\nstream\n\nendstream"]]), { size: 8 });
    expect(judge(changed)).toMatchObject({ reason: "later_revision_changes_content", signature: "partial" });
    expect(judge(signedAgain(changed, again))).toMatchObject({ signature: "sound", signer: { subject: "CN=卖方" } });
  });

  test("a document timestamp behind it leaves the signer named", () => {
    const stamped = stampedDocument(foreign(), tsa, { time: stampedAt });
    expect(judge(stamped)).toMatchObject({ signature: "sound", signer: { subject: "CN=陌生人 Stranger" } });
    const other = stampedDocument(foreign(), tsa, { time: stampedAt, over: Buffer.from("another file") });
    expect(judge(other)).toMatchObject({ signature: "broken", signer: null });
  });
});

describe("what is behind a signature", () => {
  test.each<[string, () => Uint8Array, string]>([
    ["bytes that belong to nothing", () => Buffer.concat([foreign(), Buffer.from("junk")]), "partial"],
    ["an empty revision", () => appendRevision(foreign(), new Map(), { size: 8 }), "partial"],
    [
      "a page replaced",
      () => appendRevision(foreign(), new Map([[3, "<</Type/Page/Parent 2 0 R>>"]]), { size: 8 }),
      "partial",
    ],
    [
      "archive data",
      () => withStore(foreign(), { certificates: [stranger.certificate], catalog: archivedCatalog }),
      "sound",
    ],
  ])("%s", (_, make, state) => {
    expect(judge(make())).toMatchObject({ signature: state, signer: { subject: "CN=陌生人 Stranger" } });
  });
});

const archivedCatalog = `${catalog.replace(/\/Perms.*/, "")}/DSS 8 0 R>>`;

test("no mutation of such files is accepted, breaks the verifier, or leaves them sound", () => {
  const files = [foreign(), signedAgain(foreign(), again), stampedDocument(foreign(), tsa, { time: stampedAt })];
  const marks = ["/Contents<", "/ByteRange", "xref", "trailer", "/Fields", "/V "];
  const near = fc.tuple(fc.constantFrom(...marks), fc.nat({ max: 60 }));
  const place = fc.oneof(near, fc.tuple(fc.constant("%PDF"), fc.nat({ max: 40_000 })));
  const byte = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from("0123456789abcdefABCDEF<>[]/ ")));
  const changes = fc.array(fc.tuple(place, byte), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2), changes, (index, mutations) => {
      const file = files[index] ?? Buffer.alloc(0);
      const mutated = Buffer.from(file);
      for (const [[mark, distance], value] of mutations) {
        mutated[Math.min(mutated.length - 1, mutated.lastIndexOf(mark) + distance)] = value;
      }
      const { verdict, reason, signature } = judge(mutated);
      expect(verdict).not.toBe("passed");
      expect(reason).not.toBe("verifier_fault");
      // What the last signature holds besides its attributes is the one thing that nobody signed, such as its version.
      const hole = file.lastIndexOf("/Contents<") + "/Contents<".length;
      const end = file.indexOf(">", hole);
      const isSame = file.equals(
        Buffer.concat([mutated.subarray(0, hole), file.subarray(hole, end), mutated.subarray(end)]),
      );
      if (signature === "sound") expect(isSame).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("one that is broken counts for more than one that cannot be judged", () => {
  const sha1 = { cms: { signer: rsa().signer, hash: "sha1" }, format: "adbe.pkcs7.detached" } as const;
  expect(judge(signedAgain(alteredOne(), sha1))).toMatchObject({ signature: "broken" });
  expect(judge(signedAgain(foreign(), sha1))).toMatchObject({ signature: "unknown", signer: null });
});

describe("what cannot be told is told as such", () => {
  test.each<[string, () => Uint8Array, string]>([
    ["SHA-1", () => foreign({ hash: "sha1", signer: rsa().signer }), "algorithm_not_accepted"],
    ["SHA-1, certified", () => sealedBy({ hash: "sha1", signer: rsa().signer }), "algorithm_not_accepted"],
    ["adbe.pkcs7.sha1", () => foreign({}, { format: "adbe.pkcs7.sha1" }), "algorithm_not_accepted"],
    ["adbe.x509.rsa_sha1", () => foreign({}, { format: "adbe.x509.rsa_sha1" }), "algorithm_not_accepted"],
    ["a kind that nobody knows", () => foreign({}, { format: "Some.kind" }), "signature_format_not_supported"],
    ["RSA of 1024 bits", () => foreign({ signer: short }), "algorithm_not_accepted"],
    ["two signers in one", () => foreign({ signers: 2 }), "signature_format_not_supported"],
    ["no certificate on board", () => foreign({ certificates: [root.certificate] }), "signature_format_not_supported"],
    ["an encrypted file", () => foreign({}, { revision: { trailer: "/Encrypt 9 0 R" } }), "structure_not_supported"],
  ])("%s", (_, make, reason) => {
    expect(judge(make())).toMatchObject({ verdict: "indeterminate", reason, signature: "unknown", signer: null });
  });

  test("a file without a signature has none", () => {
    expect(judge(plainPdf())).toMatchObject({ reason: "not_signed", signature: "none" });
    expect(judge(Buffer.from("a letter"))).toMatchObject({ reason: "not_a_pdf", signature: "none" });
  });
});

const short = makeParty({ name: "Short", issuer: root, kind: "rsa1024" });
