import { type AttackFamily, attacks } from "./attack.fixture.ts";
import { sealAgain, UNSEALED } from "./attacked-contracts.fixture.ts";
import { Patient, revise, stream } from "./pdf-surgery.fixture.ts";

const EVIL = "BT /f0 40 Tf 60 400 Td (PAY MALLORY) Tj ET";
const firstOffset = (p: Patient, number: number): number => p.text.indexOf(`\n${number} 0 obj`) + 1;

/** The contract was prepared by the attacker before it was sealed: `prepare` is given the unsealed file. */
async function prepared(prepare: (pdf: Buffer) => Buffer): Promise<Patient> {
  return new Patient(await sealAgain({ pdf: prepare(UNSEALED) }));
}

/** The number of the page that the seal will stand on, and of its content, in the unsealed file. */
const sealedPage = (pdf: Buffer): { readonly page: number; readonly content: number } => {
  const text = pdf.toString("latin1");
  const page = Number([...text.matchAll(/\n(\d+) 0 obj\s*<<\s*\/Type \/Page\s/g)].at(-1)?.[1]);
  const body = text.slice(text.lastIndexOf(`\n${page} 0 obj`));
  return { page, content: Number(/\/Contents (\d+) 0 R/.exec(body)?.[1]) };
};

export const SHADOW: AttackFamily = {
  name: "shadow attacks: hide, replace, hide and replace",
  source: "Mainka, Mladenov, Rohlmann: Shadow Attacks (NDSS 2021)",
  attacks: attacks(
    [
      [
        "later_revision_changes_content",
        "hide: the picture that covers the text is taken away",
        (p) => revise(p.pdf, { [p.page]: p.body(p.page).replace(/\/Annots \[[^\]]*\]/, "") }),
      ],
      [
        "later_revision_changes_content",
        "hide: the page's content becomes an array without its cover",
        (p) => revise(p.pdf, { [p.page]: p.body(p.page).replace(/\/Contents (\d+ 0 R)/, "/Contents [$1]") }),
      ],
      [
        "later_revision_changes_content",
        "hide: an overlay of optional content is switched off",
        (p) =>
          revise(p.pdf, {
            [p.catalog]: p.dictionary(p.catalog, `/OCProperties<</OCGs[${p.size} 0 R]/D<</OFF[${p.size} 0 R]>>>>`),
            [p.size]: "<</Type/OCG/Name(cover)>>",
          }),
      ],
      [
        "later_revision_changes_content",
        "replace: a form field's value and appearance",
        (p) =>
          revise(p.pdf, {
            [p.widget]: p.body(p.widget).replace(/\/AP <<.*?>>/, `/AP <</N ${p.size} 0 R>>`),
            [p.size]: stream(EVIL, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"),
          }),
      ],
      [
        "later_revision_changes_content",
        "replace: the drawing of the visible seal",
        (p) => {
          const drawing = Number(/\/AP <<\/N (\d+) 0 R>>/.exec(p.body(p.widget))?.[1]);
          return revise(p.pdf, { [drawing]: stream("", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]") });
        },
      ],
      [
        "later_revision_changes_content",
        "replace: the rectangle of the seal grows over the page",
        (p) => revise(p.pdf, { [p.widget]: p.body(p.widget).replace(/\/Rect \[[^\]]*\]/, "/Rect [0 0 595 842]") }),
      ],
      [
        "later_revision_changes_content",
        "replace: a text field laid over the amount",
        (p) =>
          revise(p.pdf, {
            [p.form]: p.body(p.form).replace("]", ` ${p.size} 0 R]`),
            [p.size]: `<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(1.00)/Rect[60 60 300 90]/P ${p.page} 0 R>>`,
            [p.page]: p.body(p.page).replace(/\/Annots \[([^\]]*)\]/, `/Annots [$1 ${p.size} 0 R]`),
          }),
      ],
      [
        "later_revision_changes_content",
        "replace: a font whose glyphs read otherwise",
        (p) => {
          const font = Number(/\/f0 (\d+) 0 R/.exec(p.body(p.page))?.[1]);
          return revise(p.pdf, { [font]: "<</Type/Font/Subtype/Type1/BaseFont/Courier>>" });
        },
      ],
      [
        "later_revision_changes_content",
        "replace: what the font's characters are copied as",
        (p) => {
          const map = Number(/\/ToUnicode (\d+) 0 R/.exec(p.text)?.[1]);
          return revise(p.pdf, { [map]: stream("/CIDInit /ProcSet findresource begin end", "/Type/CMap") });
        },
      ],
      [
        "later_revision_changes_content",
        "replace: the embedded contract.json",
        (p) => {
          const file = Number(/\/EF <<\s*\/F (\d+) 0 R/.exec(p.text)?.[1]);
          return revise(p.pdf, { [file]: stream('{"total":"1.00"}', "/Type/EmbeddedFile") });
        },
      ],
      [
        "later_revision_changes_content",
        "replace: the page's resources",
        (p) => revise(p.pdf, { [p.page]: p.body(p.page).replace(/\/f0 \d+ 0 R/, "/f0 1 0 R") }),
      ],
      [
        "later_revision_changes_content",
        "replace: the page names another content",
        (p) =>
          revise(p.pdf, {
            [p.page]: p.body(p.page).replace(/\/Contents \d+ 0 R/, `/Contents ${p.size} 0 R`),
            [p.size]: stream(EVIL),
          }),
      ],
      [
        "later_revision_changes_content",
        "replace: the page tree lists another page",
        (p) =>
          revise(p.pdf, {
            1: `<</Type/Pages/Count 1/Kids[${p.size} 0 R]>>`,
            [p.size]: `<</Type/Page/Parent 1 0 R/MediaBox[0 0 595 842]/Contents ${p.size + 1} 0 R>>`,
            [p.size + 1]: stream(EVIL),
          }),
      ],
      [
        "later_revision_changes_content",
        "replace: the catalog names another page tree",
        (p) =>
          revise(p.pdf, {
            [p.catalog]: p.body(p.catalog).replace("/Pages 1 0 R", `/Pages ${p.size} 0 R`),
            [p.size]: "<</Type/Pages/Count 0/Kids[]>>",
          }),
      ],
      [
        "later_revision_unexplained",
        "hide and replace: the table points back at the page as it was before the seal",
        (p) => revise(p.pdf, {}, { rows: { [p.page]: firstOffset(p, p.page) } }),
      ],
      [
        "malformed_structure",
        "hide and replace: the table points back at the catalog before the seal",
        (p) =>
          revise(
            p.pdf,
            {},
            {
              rows: {
                [p.catalog]: firstOffset(p, p.catalog),
                [p.signature]: p.text.lastIndexOf(`\n${p.signature} 0 obj`) + 1,
              },
            },
          ),
      ],
      [
        "later_revision_unexplained",
        "hide and replace: the content that was there before the sealed one comes back",
        async () => {
          const p = await prepared((pdf) => {
            const { content } = sealedPage(pdf);
            const original = new Patient(pdf).body(content);
            return revise(revise(pdf, { [content]: stream(EVIL) }), { [content]: original });
          });
          const evil = p.text.indexOf(`${sealedPage(UNSEALED).content} 0 obj\n<</Length ${EVIL.length}`);
          return revise(p.pdf, {}, { rows: { [p.content]: evil } });
        },
      ],
      [
        "later_revision_unexplained",
        "hide and replace: the table gives the content the place of an unused object of the sealed file",
        async () => {
          const hidden = (pdf: Buffer): number => new Patient(pdf).size;
          const p = await prepared((pdf) => revise(pdf, { [hidden(pdf)]: stream(EVIL) }));
          return revise(p.pdf, {}, { rows: { [p.content]: p.text.indexOf(`${hidden(UNSEALED)} 0 obj`) } });
        },
      ],
      [
        "later_revision_changes_content",
        "hide and replace: the page names an object that the sealed file held unused",
        async () => {
          const hidden = (pdf: Buffer): number => new Patient(pdf).size;
          const p = await prepared((pdf) => revise(pdf, { [hidden(pdf)]: stream(EVIL) }));
          return revise(p.pdf, {
            [p.page]: p.body(p.page).replace(/\/Contents \d+ 0 R/, `/Contents ${hidden(UNSEALED)} 0 R`),
          });
        },
      ],
      [
        "malformed_structure",
        "hide and replace: a whole second document in the sealed file becomes the catalog",
        async () => {
          const first = new Patient(UNSEALED).size;
          const p = await prepared((pdf) =>
            revise(pdf, {
              [first]: `<</Type/Catalog/Pages ${first + 1} 0 R>>`,
              [first + 1]: `<</Type/Pages/Count 1/Kids[${first + 2} 0 R]>>`,
              [first + 2]: `<</Type/Page/Parent ${first + 1} 0 R/MediaBox[0 0 595 842]/Contents ${first + 3} 0 R>>`,
              [first + 3]: stream(EVIL),
            }),
          );
          return revise(p.pdf, {}, { root: first });
        },
      ],
      [
        "later_revision_changes_content",
        "hide and replace: an object that the sealed file refers to and does not have",
        async () => {
          const missing = new Patient(UNSEALED).size + 500;
          const p = await prepared((pdf) => {
            const { page } = sealedPage(pdf);
            return revise(pdf, {
              [page]: new Patient(pdf).body(page).replace(/\/Contents (\d+ 0 R)/, `/Contents [$1 ${missing} 0 R]`),
            });
          });
          return revise(p.pdf, { [missing]: stream(EVIL) });
        },
      ],
    ],
    "sealed",
  ),
};
