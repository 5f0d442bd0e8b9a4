import { createHash } from "node:crypto";
import { makeParty } from "../certificates.fixture.ts";
import { makeCms } from "../cms.fixture.ts";
import { type AttackFamily, attacks } from "./attack.fixture.ts";
import { sealAgain, sealByStranger, UNSEALED } from "./attacked-contracts.fixture.ts";
import { inPlace, type Objects, type Patient, revise, stream } from "./pdf-surgery.fixture.ts";

const EVIL = "BT /f0 40 Tf 60 400 Td (PAY MALLORY) Tj ET";
const approver = makeParty({ name: "Approver" });

/** An annotation on the sealed page, drawn by the attacker. */
function annotation(p: Patient, entries: string): Buffer {
  return revise(p.pdf, {
    [p.size]: `<</Type/Annot${entries}/Rect[60 400 535 480]/F 4/P ${p.page} 0 R/AP<</N ${p.size + 1} 0 R>>>>`,
    [p.size + 1]: stream(EVIL, "/Type/XObject/Subtype/Form/BBox[0 0 475 80]"),
    [p.page]: p.body(p.page).replace(/\/Annots \[([^\]]*)\]/, `/Annots [$1 ${p.size} 0 R]`),
  });
}

const HOLE = "@".repeat(6000);

/** A second signature, sound, over the whole file with its own revision, in a field of its own. */
function secondSignature(
  p: Patient,
  { field = "", dictionary = "", page = true, objects = {} as Objects } = {},
): Buffer {
  const [widget, signature] = [p.size, p.size + 1];
  const unsigned = revise(p.pdf, {
    [p.form]: p.body(p.form).replace("]", ` ${widget} 0 R]`),
    ...(page ? { [p.page]: p.body(p.page).replace(/\/Annots \[([^\]]*)\]/, `/Annots [$1 ${widget} 0 R]`) } : {}),
    [widget]: `<</Type/Annot/Subtype/Widget/FT/Sig/T(Approval)/F 132/Rect[0 0 0 0]/P ${p.page} 0 R/V ${signature} 0 R${field}>>`,
    [signature]: `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached${dictionary}/ByteRange [0 ********** ********** **********]/Contents <${HOLE}>>>`,
    ...objects,
  });
  const start = unsigned.indexOf(`<${HOLE}>`);
  const end = start + HOLE.length + 2;
  const numbers = [start, end, unsigned.length - end].map((number) => String(number).padEnd(10)).join(" ");
  unsigned.write(numbers, unsigned.indexOf("********** **"), "latin1");
  const digest = createHash("sha256").update(unsigned.subarray(0, start)).update(unsigned.subarray(end)).digest();
  unsigned.write(makeCms(digest, { signer: approver }).toString("hex").padEnd(HOLE.length, "0"), start + 1, "latin1");
  return unsigned;
}

export const CERTIFICATION: AttackFamily = {
  name: "attacks on the certification",
  source: "Rohlmann, Mladenov, Mainka, Schwenk: Breaking the Specification: PDF Certification (S&P 2021)",
  attacks: attacks([
    [
      "later_revision_changes_content",
      "evil annotation: free text over the page",
      (p) => annotation(p, "/Subtype/FreeText/DA(/f0 40 Tf)/Contents(PAY MALLORY)"),
    ],
    [
      "later_revision_changes_content",
      "evil annotation: a stamp",
      (p) => annotation(p, "/Subtype/Stamp/Name/Approved"),
    ],
    [
      "later_revision_changes_content",
      "evil annotation: a redaction",
      (p) => annotation(p, "/Subtype/Redact/OverlayText(1.00)/QuadPoints[60 400 535 400 60 480 535 480]"),
    ],
    [
      "later_revision_changes_content",
      "evil annotation: a hidden note with a pop-up",
      (p) => annotation(p, "/Subtype/Text/Open true/Contents(void)"),
    ],
    [
      "later_revision_changes_content",
      "evil annotation: a link over the verification address",
      (p) => annotation(p, "/Subtype/Link/A<</S/URI/URI(https://example.org/)>>"),
    ],
    [
      "later_revision_changes_content",
      "evil annotation: a button that runs a script",
      (p) => annotation(p, "/Subtype/Widget/FT/Btn/A<</S/JavaScript/JS(app.alert(1))>>"),
    ],
    [
      "later_revision_changes_content",
      "sneaky signature: a second field that draws over the page",
      (p) =>
        secondSignature(p, {
          field: `/AP<</N ${p.size + 2} 0 R>>`,
          objects: { [p.size + 2]: stream(EVIL, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]") },
        }),
    ],
    [
      "later_revision_changes_content",
      "sneaky signature: as large as the page",
      (p) => {
        const signed = secondSignature(p);
        return inPlace(signed, "/Rect[0 0 0 0]", "/Rect[0 0 9 9]");
      },
    ],
    ["later_revision_changes_content", "approval after certification, drawing nothing", (p) => secondSignature(p)],
    [
      "later_revision_changes_content",
      "approval in a field that is on no page",
      (p) => secondSignature(p, { page: false }),
    ],
    [
      "later_revision_changes_content",
      "approval that brings a certification of its own, which permits changes",
      (p) =>
        secondSignature(p, {
          dictionary:
            "/Reference [<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 3/V/1.2>>>>]",
        }),
    ],
    [
      "later_revision_changes_content",
      "a field lock that locks nothing",
      (p) =>
        secondSignature(p, {
          dictionary:
            "/Reference [<</Type/SigRef/TransformMethod/FieldMDP/TransformParams<</Type/TransformParams/Action/Exclude/Fields[]/V/1.2>>>>]",
        }),
    ],
    [
      "more_than_one_signature",
      "the certification named by the catalog is the attacker's",
      (p) =>
        secondSignature(p, {
          objects: { [p.catalog]: p.body(p.catalog).replace(/\/DocMDP \d+ 0 R/, `/DocMDP ${p.size + 1} 0 R`) },
        }),
    ],
    [
      "not_certified",
      "the certification permits forms, in place",
      (p) => inPlace(p.pdf, "/TransformParams /P 1", "/TransformParams /P 2"),
    ],
    [
      "not_certified",
      "the certification permits annotations, in place",
      (p) => inPlace(p.pdf, "/TransformParams /P 1", "/TransformParams /P 3"),
    ],
    [
      "not_certified",
      "the certification is taken out of the catalog, in place",
      (p) => inPlace(p.pdf, `/Perms <</DocMDP ${p.signature} 0 R>>`, ""),
    ],
    [
      "later_revision_changes_content",
      "the certification is taken out of the catalog by a revision",
      (p) => revise(p.pdf, { [p.catalog]: p.body(p.catalog).replace(/\/Perms <<.*?>>/, "") }),
    ],
    [
      "later_revision_changes_content",
      "usage rights beside the certification",
      (p) =>
        revise(p.pdf, { [p.catalog]: p.body(p.catalog).replace(/\/Perms <</, `/Perms <</UR3 ${p.signature} 0 R`) }),
    ],
    [
      "later_revision_changes_content",
      "signature flags that ask for no care",
      (p) => revise(p.pdf, { [p.form]: p.body(p.form).replace("/SigFlags 3", "/SigFlags 0") }),
    ],
    [
      "later_revision_changes_content",
      "a form of its own language beside the fields",
      (p) => revise(p.pdf, { [p.form]: p.dictionary(p.form, "/XFA(<xdp/>)/NeedAppearances true") }),
    ],
    [
      "later_revision_changes_content",
      "a page added behind the last",
      (p) =>
        revise(p.pdf, {
          1: p
            .body(1)
            .replace(/\/Count 2/, "/Count 3")
            .replace(/\/Kids \[([^\]]*)\]/, `/Kids [$1 ${p.size} 0 R]`),
          [p.size]: `<</Type/Page/Parent 1 0 R/MediaBox[0 0 595 842]/Contents ${p.size + 1} 0 R>>`,
          [p.size + 1]: stream(EVIL),
        }),
    ],
  ]),
};

const asAttachment = (p: Patient, file: Buffer, more: Objects = {}): Buffer =>
  revise(p.pdf, {
    [p.size]: stream(file.toString("latin1"), "/Type/EmbeddedFile"),
    [p.size + 1]: `<</Type/Filespec/F(contract.pdf)/UF(contract.pdf)/EF<</F ${p.size} 0 R>>>>`,
    [p.catalog]: p.body(p.catalog).replace("/AF [", `/AF [${p.size + 1} 0 R `),
    ...more,
  });

/** An unsealed document of the attacker's that has a sealed one inside. */
const holding = (sealed: Buffer): Buffer =>
  revise(UNSEALED, { 9000: stream(sealed.toString("latin1"), "/Type/EmbeddedFile") });

export const EMBEDDED: AttackFamily = {
  name: "signatures inside and beside",
  source: "files that hold other signed files",
  attacks: attacks([
    [
      "later_revision_changes_content",
      "a signed attachment added behind the seal",
      (p, { rsa }) => asAttachment(p, rsa.pdf),
    ],
    ["later_revision_changes_content", "its own sealed file as an attachment", (p) => asAttachment(p, p.pdf)],
    ["not_signed", "an unsealed document that holds a sealed contract", (p) => holding(p.pdf)],
    [
      "not_signed",
      "an unsealed document that holds a sealed contract and ends with its last bytes",
      (p) => Buffer.concat([holding(p.pdf).subarray(0, -1), Buffer.from("\n")]),
    ],
    ["chain_untrusted", "a stranger's document that holds a sealed contract", (p) => sealByStranger(holding(p.pdf))],
    [
      "more_than_one_signature",
      "sealed by us, around the signature dictionary of another contract",
      (p) => sealAgain({ pdf: revise(UNSEALED, { 9000: p.body(p.signature) }) }),
    ],
    [
      "more_than_one_signature",
      "sealed by us, around a signature nested in an array",
      (p) => sealAgain({ pdf: revise(UNSEALED, { 9000: `[null [${p.body(p.signature)}]]` }) }),
    ],
    [
      "more_than_one_signature",
      "sealed by us, around a dictionary with nothing of a signature but its range",
      () => sealAgain({ pdf: revise(UNSEALED, { 9000: "<</ByteRange [0 1 2 3]>>" }) }),
    ],
    [
      "more_than_one_signature",
      "sealed by us, around a document timestamp that no field shows",
      () => sealAgain({ pdf: revise(UNSEALED, { 9000: "<</Type/DocTimeStamp/Contents<00>>>" }) }),
    ],
    [
      "later_revision_changes_content",
      "a signature dictionary that no field shows, added behind the seal",
      (p) => revise(p.pdf, { [p.size]: p.body(p.signature) }),
    ],
  ]),
};
