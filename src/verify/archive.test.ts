import { describe, expect, test } from "vitest";
import { stampedDocument, withStore } from "./archived-pdf.fixture.ts";
import { makeParty } from "./certificates.fixture.ts";
import { timestampAttribute } from "./cms.fixture.ts";
import { octets, oid, sequence, yes } from "./der.fixture.ts";
import { type Case, judge, otherRoot, sealed, sealedBy, timeStamping, walkLadder } from "./ladder.fixture.ts";
import { ocspResponse, revocationList } from "./revocation.fixture.ts";
import { appendRevision, catalog, plainPdf } from "./sealed-pdf.fixture.ts";
import type { VerdictReason } from "./verdict.ts";

/** One authority vouches for everybody here and signs lists; the seal is stamped, then archived, then renewed. */
const root = makeParty({ name: "Archive root", keyUsage: 0x06 });
const seal = makeParty({ name: "卖方", issuer: root, notAfter: new Date("2026-06-01T00:00:00Z") });
const tsa = makeParty({ name: "TSA", issuer: root, ...timeStamping });
const responder = makeParty({ name: "Responder", issuer: root, purposes: ["1.3.6.1.5.5.7.3.9"], keyUsage: 0x80 });
const stranger = makeParty({ name: "Archive root", keyUsage: 0x06 });
const roots = [root.certificate];
const options = { roots };
const sealTime = new Date("2026-02-28T01:00:00Z");
const archiveTime = new Date("2026-02-28T02:00:00Z");
const renewalTime = new Date("2026-02-28T03:00:00Z");
const manyYearsLater = { roots, at: new Date("2040-01-01T00:00:00Z") };

const stamped = sealedBy({ signer: seal, unsignedAttributes: timestampAttribute(tsa, { time: sealTime }) });
const plain = sealedBy({ signer: seal });
const data = { certificates: [seal.certificate, tsa.certificate, root.certificate], crls: [revocationList(root)] };
const archived = stampedDocument(withStore(stamped, data), tsa, { time: archiveTime });
const judged = (pdf: Uint8Array, more: Parameters<typeof judge>[1] = options) => judge(pdf, more);

describe("an archive passes and says its level", () => {
  test.each<[string, Buffer, string]>([
    ["a stamped seal alone", stamped, "B-T"],
    ["with revocation data", withStore(stamped, data), "B-LT"],
    ["with revocation data that leaves the stamp's authority out", withStore(stamped, onlyOf(seal)), "B-T"],
    ["with OCSP answers", withStore(stamped, { ocsps: [ocspResponse(root, seal), ocspResponse(root, tsa)] }), "B-LT"],
    ["with a delegated responder", withStore(stamped, delegated()), "B-LT"],
    ["with a document timestamp", archived, "B-LTA"],
    [
      "of a seal that had no stamp of its own",
      stampedDocument(withStore(plain, data), tsa, { time: archiveTime }),
      "B-LTA",
    ],
    [
      "renewed: more data after the timestamp, covered by another one",
      stampedDocument(withStore(archived, { crls: [revocationList(root, { thisUpdate: renewalTime })] }), tsa, {
        time: renewalTime,
      }),
      "B-LTA",
    ],
    [
      "without the data, which a timestamp alone does not replace",
      stampedDocument(stamped, tsa, { time: archiveTime }),
      "B-T",
    ],
  ])("%s", (_, pdf, level) => {
    expect(judged(pdf)).toMatchObject({ verdict: "passed", reason: "intact", level });
  });

  test("long after its seal's certificate expired, which nothing but the timestamp can prove", () => {
    expect(judged(plain, manyYearsLater).reason).toBe("certificate_expired_without_timestamp");
    const pdf = stampedDocument(withStore(plain, data), tsa, { time: archiveTime });
    expect(judged(pdf, manyYearsLater)).toMatchObject({
      verdict: "passed",
      level: "B-LTA",
      sealedAt: archiveTime.toISOString(),
      sealedAtSource: "timestamp",
    });
  });

  test("though the seal's certificate was revoked after the proven time", () => {
    const list = revocationList(root, { revoked: { party: seal, at: new Date("2026-02-28T01:30:00Z") } });
    expect(judged(withStore(stamped, { ...data, crls: [list] }))).toMatchObject({ verdict: "passed", level: "B-LT" });
  });
});

const revokedBefore = { revoked: { party: seal, at: new Date("2026-02-28T00:30:00Z") } };
const page = (more: string) => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R${more}>>`;
const changing = (number: number, text: string) => ({ ...data, objects: () => new Map([[number, text]]) });

const catalogWith = (more: string) => `${catalog.slice(0, -2)}${more}>>`;
const shrunk = () => appendRevision(stamped, new Map([[1, catalogWith("/DSS<</Type/DSS>>")]]), { size: 2 });

walkLadder({
  later_revision_changes_content: [
    ["another object changed with the data", () => withStore(stamped, changing(2, "<</Type/Pages/Kids[]/Count 0>>"))],
    [
      "the page's content changed with the data",
      () => withStore(stamped, changing(4, "<</Length 0>>\nstream\n\nendstream")),
    ],
    [
      "a new object that is no data",
      () => withStore(stamped, { ...data, objects: (free) => new Map([[free, "<</A 1>>"]]) }),
    ],
    [
      "a catalog with other pages",
      () =>
        withStore(stamped, {
          catalog: "<</Type/Catalog/Pages 9 0 R/AcroForm 7 0 R/Perms<</DocMDP 6 0 R>>/DSS 8 0 R>>",
        }),
    ],
    [
      "a catalog with an action to open with",
      () =>
        withStore(stamped, {
          catalog:
            "<</Type/Catalog/Pages 2 0 R/AcroForm 7 0 R/Perms<</DocMDP 6 0 R>>/OpenAction[3 0 R/Fit]/DSS 8 0 R>>",
        }),
    ],
    [
      "the store in the place of the page",
      () =>
        withStore(stamped, {
          catalog: "<</Type/Catalog/Pages 2 0 R/AcroForm 7 0 R/Perms<</DocMDP 6 0 R>>/DSS 3 0 R>>",
          objects: () => new Map([[3, "<</Type/DSS>>"]]),
        }),
    ],
    [
      "a stream of the store in the place of the page's content",
      () =>
        withStore(stamped, { ...changing(4, "<</Length 0>>\nstream\n\nendstream"), dss: "<</Type/DSS/Certs[4 0 R]>>" }),
    ],
    ["another trailer", () => withStore(stamped, { ...data, revision: { trailer: "/Info 4 0 R" } })],
    [
      "an object freed",
      () => withStore(stamped, { ...data, revision: { table: (t) => `${t}4 1\n0000000000 00001 f \n` } }),
    ],
    ["a /Size that leaves the sealed objects out", () => shrunk()],
    [
      "a stream of the store under a number that a smaller /Size freed before",
      () =>
        appendRevision(
          shrunk(),
          new Map([
            [1, catalogWith("/DSS<</Type/DSS/Certs[4 0 R]>>")],
            [4, `<</Length ${root.certificate.length}>>\nstream\n${root.certificate.toString("latin1")}\nendstream`],
          ]),
          { size: 20 },
        ),
    ],
    ["a page replaced behind the timestamp", () => appendRevision(archived, new Map([[3, page("")]]), { size: 20 })],
    ["the annotation taken off the page", () => withTimestamp({ page: page("/Annots[]") })],
    ["two annotations more", () => withTimestamp({ page: page("/Annots[5 0 R 12 0 R 5 0 R]") })],
    ["a page with other content", () => withTimestamp({ page: page("/Annots[5 0 R]").replace("4 0 R", "6 0 R") })],
    ["a timestamp that covers a part of the page", () => withTimestamp({ widget: "/Rect[0 0 100 100]" })],
    ["a timestamp with an appearance", () => withTimestamp({ widget: "/Rect[0 0 0 0]/AP<</N 4 0 R>>" })],
    ["a form without the seal", () => withTimestamp({ form: () => "<</Fields[12 0 R]/SigFlags 3>>" })],
    [
      "a form that needs appearances",
      () => withTimestamp({ form: (f) => `<</Fields[${f}]/SigFlags 3/NeedAppearances true>>` }),
    ],
    [
      "an ordinary signature instead of a timestamp",
      () => withTimestamp({ signature: "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached" }),
    ],
    [
      "a field whose value is of another generation",
      () => {
        const text = withTimestamp({}).toString("latin1");
        const at = text.lastIndexOf("/V ");
        return Buffer.from(`${text.slice(0, at)}${text.slice(at).replace(/^(\/V \d+) 0 R/, "$1 5 R")}`, "latin1");
      },
    ],
    ["an object changed with the timestamp", () => withTimestamp({ objects: () => new Map([[4, "<<>>"]]) })],
  ],
  later_revision_unexplained: [
    ["a store that holds something else", () => withStore(stamped, { dss: "<</Type/DSS/JS(app.alert)>>" })],
    ["bytes between the objects", () => withStore(stamped, { dss: "<</Type/DSS>>\nendobj\n%more" })],
    ["data behind the last timestamp", () => withStore(archived, { crls: [revocationList(root)] })],
  ],
  archive_data_invalid: [
    [
      "a list signed by another authority of that name",
      () => withStore(stamped, { crls: [revocationList(root, { signer: stranger })] }),
      options,
    ],
    [
      "a partial list",
      () =>
        withStore(stamped, {
          crls: [revocationList(root, { extensions: [sequence(oid("2.5.29.28"), yes, octets(sequence()))] })],
        }),
      options,
    ],
    [
      "an answer signed by somebody else",
      () => withStore(stamped, { ocsps: [ocspResponse(root, seal, { signer: stranger })] }),
      options,
    ],
    [
      "an answer signed by a certificate that may not",
      () => withStore(stamped, { ocsps: [ocspResponse(root, seal, { signer: seal })] }),
      options,
    ],
    [
      "a certificate that nobody signed",
      () => withStore(stamped, { certificates: [makeParty({ name: "X", issuer: stranger }).certificate] }),
      options,
    ],
    ["something that is no list", () => withStore(stamped, { crls: [Buffer.from("x")] }), options],
    [
      "the name of another signature",
      () => withStore(stamped, { ...data, vri: (_, entry) => `<</${"0".repeat(40)} ${entry}>>` }),
      options,
    ],
    [
      "the name in lower case",
      () => withStore(stamped, { ...data, vri: (name, entry) => `<</${name.toLowerCase()} ${entry}>>` }),
      options,
    ],
  ],
  timestamp_invalid: [
    ["a document timestamp over other bytes", () => withTimestamp({ over: Buffer.from("x") }), options],
    [
      "one made by the seal's own key",
      () => stampedDocument(withStore(stamped, data), seal, { time: archiveTime }),
      options,
    ],
    ["one that is older than the one before", () => stampedDocument(archived, tsa, { time: sealTime }), options],
  ],
  certificate_revoked: [
    [
      "before the proven time, says a list",
      () => withStore(stamped, { ...data, crls: [revocationList(root, revokedBefore)] }),
      options,
    ],
    [
      "before the proven time, says an answer",
      () => withStore(stamped, { ...data, ocsps: [ocspResponse(root, seal, revokedBefore)] }),
      options,
    ],
    [
      "after it was sealed, but no time is proven",
      () => withStore(plain, { crls: [revocationList(root, { revoked: { party: seal, at: archiveTime } })] }),
      options,
    ],
    [
      "the timestamp's own authority",
      () =>
        withStore(stamped, { crls: [revocationList(root, { revoked: { party: tsa, at: revokedBefore.revoked.at } })] }),
      options,
    ],
  ],
} satisfies Partial<Record<VerdictReason, readonly Case[]>>);

describe("a changed archive", () => {
  // Bits 0 and 5 turn a digit or letter into another one. A sample: every fifth byte was tried once and takes 11 s.
  test("is not accepted, whichever byte behind the seal was flipped", () => {
    expect(judged(archived).verdict).toBe("passed");
    const pdf = Buffer.from(archived);
    const accepted: string[] = [];
    for (let offset = stamped.length; offset < pdf.length; offset += 251) {
      const before = pdf[offset] ?? 0;
      for (const mask of [1, 32]) {
        pdf[offset] = before ^ mask;
        const { verdict, reason } = judged(pdf);
        if (verdict === "passed" || reason === "verifier_fault") accepted.push(`${reason} at ${offset}^${mask}`);
      }
      pdf[offset] = before;
    }
    expect(accepted).toEqual([]);
  });

  test("is not accepted when it is cut off within its data", () => {
    for (let length = stamped.length + 1; length < archived.length; length += 307) {
      const { verdict, level } = judged(archived.subarray(0, length));
      expect({ verdict, level }).not.toMatchObject({ verdict: "passed" });
    }
  });

  test("of a file that was never sealed proves nothing", () => {
    expect(
      judged(appendRevision(plainPdf(), new Map([[1, "<</Type/Catalog/Pages 2 0 R/DSS<<>>>>"]]), { size: 5 })).verdict,
    ).toBe("failed");
    expect(judged(sealed()).reason).toBe("chain_untrusted");
  });

  test("of somebody whom nobody here trusts is a stranger's, not a forgery", () => {
    expect(judged(archived, { roots: [otherRoot.certificate] })).toMatchObject({
      verdict: "indeterminate",
      reason: "chain_untrusted",
      level: null,
    });
  });
});

function withTimestamp(changes: Partial<Parameters<typeof stampedDocument>[2]>): Buffer {
  return stampedDocument(withStore(stamped, data), tsa, { time: archiveTime, ...changes });
}

function onlyOf(party: typeof seal) {
  return { ocsps: [ocspResponse(root, party)] };
}

function delegated() {
  return { ocsps: [ocspResponse(root, seal, { signer: responder }), ocspResponse(root, tsa, { signer: responder })] };
}
