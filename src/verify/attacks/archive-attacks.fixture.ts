import { makeParty } from "../certificates.fixture.ts";
import { type AttackFamily, attacks } from "./attack.fixture.ts";
import { inPlace, type Objects, type Patient, revise, stream } from "./pdf-surgery.fixture.ts";

const EVIL = "BT /f0 40 Tf 60 400 Td (PAY MALLORY) Tj ET";

const store = (p: Patient): number => Number(/\/DSS (\d+) 0 R/.exec(p.body(p.catalog))?.[1] ?? p.size);
/** Archive data behind the contract: a store that is new, or holds more than it did. */
function withData(p: Patient, items: readonly string[], more: Objects = {}, vri = ""): Buffer {
  const dss = store(p);
  const isNew = dss === p.size;
  const first = isNew ? p.size + 1 : p.size;
  const added = items.map((_, index) => `${first + index} 0 R`).join(" ");
  const text = isNew
    ? `<</Type/DSS/Certs[${added}]${vri}>>`
    : p.body(dss).replace(/\/Certs \[([^\]]*)\]/, `/Certs [$1 ${added}]`);
  return revise(p.pdf, {
    [dss]: text,
    ...(isNew ? { [p.catalog]: p.dictionary(p.catalog, ` /DSS ${dss} 0 R`) } : {}),
    ...Object.fromEntries(items.map((item, index) => [first + index, item])),
    ...more,
  });
}

const junk = stream("not a certificate");
const forged = stream(makeParty({ name: "Nobody" }).certificate.toString("latin1"));

export const STORE: AttackFamily = {
  name: "abuse of archive data",
  source: "EN 319 142-1, 5.4.2: revisions that are permitted behind a certification",
  attacks: [
    ...attacks(
      [
        ["archive_data_invalid", "a store with bytes that are no certificate", (p) => withData(p, [junk])],
        ["archive_data_invalid", "a store with a certificate that nobody signed", (p) => withData(p, [forged])],
        [
          "later_revision_changes_content",
          "a store and, with it, another page content",
          (p) => withData(p, [junk], { [p.content]: stream(EVIL) }),
        ],
        [
          "later_revision_changes_content",
          "a store and, with it, an annotation",
          (p) =>
            withData(p, [junk], {
              [p.page]: p
                .body(p.page)
                .replace(/\/Annots \[[^\]]*\]/, "/Annots [<</Subtype/FreeText/Rect[0 0 595 842]>>]"),
            }),
        ],
        [
          "later_revision_changes_content",
          "a store in the place of the page's content",
          (p) =>
            revise(p.pdf, {
              [p.content]: junk,
              [p.catalog]: p.dictionary(p.catalog, `/DSS <</Type/DSS/Certs[${p.content} 0 R]>>`),
            }),
        ],
        [
          "later_revision_changes_content",
          "a store in the place of the page",
          (p) =>
            revise(p.pdf, { [p.page]: "<</Type/DSS>>", [p.catalog]: p.dictionary(p.catalog, `/DSS ${p.page} 0 R`) }),
        ],
        [
          "later_revision_unexplained",
          "a store whose stream draws",
          (p) => withData(p, [stream(EVIL, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]")]),
        ],
        [
          "later_revision_unexplained",
          "a store with an entry for the attacker's own use",
          (p) => revise(p.pdf, { [p.catalog]: p.dictionary(p.catalog, "/DSS <</Type/DSS/Evil(x)>>") }),
        ],
        [
          "later_revision_changes_content",
          "a store with nothing in it",
          (p) => revise(p.pdf, { [p.catalog]: p.dictionary(p.catalog, "/DSS <</Type/DSS>>") }),
        ],
        [
          "later_revision_changes_content",
          "a store that lists an object of the contract",
          (p) => revise(p.pdf, { [p.catalog]: p.dictionary(p.catalog, `/DSS <</Type/DSS/Certs[${p.content} 0 R]>>`) }),
        ],
        [
          "archive_data_invalid",
          "/VRI names a signature that is not there",
          (p) => withData(p, [forged], {}, `/VRI<</${"A".repeat(40)} <<>>>>`),
        ],
        [
          "later_revision_unexplained",
          "/VRI with an object of the attacker's",
          (p) => withData(p, [forged], {}, `/VRI<</${"A".repeat(40)} <</Cert[1 0 R]>>>>`),
        ],
        [
          "later_revision_unexplained",
          "/VRI with an action in it",
          (p) => withData(p, [forged], {}, "/VRI<</A <</OpenAction 1 0 R>>>>"),
        ],
        [
          "later_revision_changes_content",
          "an extension mark alone",
          (p) => revise(p.pdf, { [p.catalog]: p.dictionary(p.catalog, "/Extensions <</ESIC <</ExtensionLevel 9>>>>") }),
        ],
        [
          "later_revision_changes_content",
          "the catalog as it was, once more",
          (p) => revise(p.pdf, { [p.catalog]: p.body(p.catalog) }),
        ],
        [
          "later_revision_changes_content",
          "an extension that refers to a page",
          (p) => revise(p.pdf, { [p.catalog]: p.dictionary(p.catalog, `/Extensions <</ESIC ${p.page} 0 R>>`) }),
        ],
      ],
      "stamped",
    ),
    ...attacks(
      [
        [
          "later_revision_unexplained",
          "of an archive: its store is taken away",
          (p) => revise(p.pdf, { [p.catalog]: p.body(p.catalog).replace(/\/DSS \d+ 0 R/, "") }),
        ],
        [
          "later_revision_unexplained",
          "of an archive: its store is emptied",
          (p) => revise(p.pdf, { [store(p)]: "<</Type /DSS>>" }),
        ],
        [
          "later_revision_unexplained",
          "of an archive: revocation data is taken out",
          (p) => revise(p.pdf, { [store(p)]: p.body(store(p)).replace(/\/OCSPs \[[^\]]*\]/, "/OCSPs []") }),
        ],
        ["later_revision_unexplained", "of an archive: data that no timestamp covers", (p) => withData(p, [forged])],
        [
          "later_revision_changes_content",
          "of an archive: another page content",
          (p) => revise(p.pdf, { [p.content]: stream(EVIL) }),
        ],
        [
          "later_revision_unexplained",
          "of an archive: the page as it was before the seal",
          (p) => revise(p.pdf, {}, { rows: { [p.page]: p.text.indexOf(`\n${p.page} 0 obj`) + 1 } }),
        ],
        [
          "later_revision_changes_content",
          "of an archive: the widget of its timestamp grows over the page",
          (p) => {
            const widget = Number(/\/Fields \[\d+ 0 R (\d+) 0 R\]/.exec(p.body(p.form))?.[1]);
            return revise(p.pdf, { [widget]: p.body(widget).replace("/Rect [0 0 0 0]", "/Rect [0 0 595 842]") });
          },
        ],
        [
          "timestamp_invalid",
          "of an archive: one bit of its revocation data, in place",
          (p) => flipped(p.pdf, p.text.indexOf("stream\n", p.text.indexOf(`\n${firstItem(p)} 0 obj`)) + 100),
        ],
        [
          "timestamp_invalid",
          "of an archive: its store's type, in place",
          (p) => inPlace(p.pdf, "/ExtensionLevel 1", "/ExtensionLevel 2"),
        ],
      ],
      "archived",
    ),
  ],
};

const firstItem = (p: Patient): number => Number(/\/OCSPs \[(\d+) 0 R/.exec(p.body(store(p)))?.[1]);

function flipped(pdf: Buffer, at: number): Buffer {
  const changed = Buffer.from(pdf);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

/** The hole of the archive's timestamp. */
const stampValue = (p: Patient): string => {
  const start = p.text.lastIndexOf("/Contents <") + 10;
  return p.text.slice(start, p.text.indexOf(">", start) + 1);
};
const stampObject = (p: Patient): number =>
  Number([...p.text.matchAll(/\n(\d+) 0 obj\n<<\/Type \/DocTimeStamp/g)].at(-1)?.[1]);

export const DOCUMENT_TIMESTAMPS: AttackFamily = {
  name: "abuse of document timestamps",
  source: "EN 319 142-1, 5.4.3; ISO 32000-2, 12.8.5",
  attacks: attacks(
    [
      [
        "timestamp_invalid",
        "a digit of the timestamp is another one",
        (p) => inPlace(p.pdf, stampValue(p), withDigit(stampValue(p))),
      ],
      [
        "timestamp_invalid",
        "the timestamp is nothing but zeros",
        (p) => inPlace(p.pdf, stampValue(p), `<${"0".repeat(stampValue(p).length - 2)}>`),
      ],
      [
        "covers_not_whole_file",
        "the timestamp is cut off within its table",
        (p) => p.pdf.subarray(0, p.pdf.length - 60),
      ],
      [
        "later_revision_changes_content",
        "the timestamp's dictionary is a signature",
        (p) => inPlace(p.pdf, "/Type /DocTimeStamp", "/Type /Sig"),
      ],
      [
        "later_revision_changes_content",
        "the timestamp's format is that of a signature",
        (p) => inPlace(p.pdf, "/SubFilter /ETSI.RFC3161", "/SubFilter /ETSI.CAdES"),
      ],
      [
        "byte_range_invalid",
        "the timestamp covers less than the file",
        (p) => {
          const range = /\/ByteRange \[0 \d+ \d+ \d+\] */.exec(p.body(stampObject(p)))?.[0] ?? "";
          return inPlace(p.pdf, range, range.replace(/\[0 \d+/, "[0 9"));
        },
      ],
      [
        "later_revision_changes_content",
        "the timestamp's widget covers the page, in place",
        (p) => inPlace(p.pdf, "/Rect [0 0 0 0]", "/Rect [0 0 9 9]"),
      ],
      [
        "later_revision_changes_content",
        "the timestamp's field has words for a name",
        (p) => inPlace(p.pdf, "/T <FEFF00410072", "/T <FEFF4F5C5E9F"),
      ],
      [
        "later_revision_changes_content",
        "the timestamp's field has the seal's name",
        (p) => {
          const name = /\/T (<[^>]*>)/.exec(p.body(p.widget))?.[1] ?? "";
          return inPlace(p.pdf, /\/T <FEFF0041[^>]*>/.exec(p.text)?.[0] ?? "", `/T ${name}`);
        },
      ],
      [
        "later_revision_changes_content",
        "the timestamp's field says something aloud",
        (p) => inPlace(p.pdf, "/TU <FEFF6587", "/TU <FEFF6588"),
      ],
      [
        "later_revision_changes_content",
        "a field of a timestamp without one",
        (p) =>
          revise(p.pdf, {
            [p.form]: p.body(p.form).replace("]", ` ${p.size} 0 R]`),
            [p.page]: p.body(p.page).replace(/\/Annots \[([^\]]*)\]/, `/Annots [$1 ${p.size} 0 R]`),
            [p.size]: `<</Type/Annot/Subtype/Widget/FT/Sig/T(Empty)/F 132/Rect[0 0 0 0]/P ${p.page} 0 R>>`,
          }),
      ],
      [
        "later_revision_changes_content",
        "a copy of the timestamp, with an annotation beside it",
        (p) => stampedWith(p, "/Subtype/FreeText"),
      ],
      [
        "later_revision_changes_content",
        "two timestamps in one revision",
        (p) => stampedWith(p, "/Subtype/Widget/FT/Sig"),
      ],
    ],
    "archived",
  ),
};

function withDigit(value: string): string {
  const at = 600;
  return value.slice(0, at) + (value[at] === "0" ? "1" : "0") + value.slice(at + 1);
}

/** A revision as a document timestamp makes it, and one object more. */
function stampedWith(p: Patient, extra: string): Buffer {
  const [widget, signature, more] = [p.size, p.size + 1, p.size + 2];
  return revise(p.pdf, {
    [p.form]: p.body(p.form).replace("]", ` ${widget} 0 R ${more} 0 R]`),
    [p.page]: p.body(p.page).replace(/\/Annots \[([^\]]*)\]/, `/Annots [$1 ${widget} 0 R ${more} 0 R]`),
    [widget]: `<</Type/Annot/Subtype/Widget/FT/Sig/T(Stamp)/F 132/Rect[0 0 0 0]/P ${p.page} 0 R/V ${signature} 0 R>>`,
    [signature]: p.body(stampObject(p)),
    [more]: `<</Type/Annot${extra}/T(More)/Rect[0 0 595 842]/P ${p.page} 0 R>>`,
  });
}
