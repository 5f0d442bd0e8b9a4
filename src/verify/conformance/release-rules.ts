import { isReference } from "../pdf-lexer.ts";
import { dictionaryOf, nameOf, textOf } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import type { Rule } from "./rule.ts";

/** What the standards would allow and a contract of ours still may not have (issue 4, item 6). */
export const RELEASE_RULES: readonly Rule[] = [
  { name: "no-script", clause: "this house: a contract runs nothing", check: noScript },
  { name: "one-seal-only", clause: "this house: no annotation but the seal", check: oneSealOnly },
  {
    name: "no-optional-content",
    clause: "this house: everybody sees the same (ISO 19005-3, 6.9; ISO 14289-1, 7.10)",
    check: noOptionalContent,
  },
  { name: "nothing-outside", clause: "this house: a contract refers to nothing outside itself", check: nothingOutside },
  { name: "contract-data-only", clause: "this house: no embedded file but contract.json", check: contractDataOnly },
];

function* noScript({ catalog, document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, kind } of objects.actions) {
    if (kind === "JavaScript" || kind === "Rendition") yield `object ${number}`;
  }
  for (const { number } of objects.having("JS")) yield `object ${number}`;
  if (dictionaryOf(document, catalog, "Names")?.entries.has("JavaScript")) yield "the catalog's /Names";
  if (catalog.entries.has("OpenAction")) yield "the catalog's /OpenAction";
}

/** The field itself is looked for by the verifier; this says that nothing else lies on any page. */
function* oneSealOnly({ document, pages }: ExaminedFile): Iterable<string> {
  const annotations = pages.flatMap((page) => page.annotations);
  const isSeal = (dictionary: (typeof annotations)[number]["dictionary"]): boolean =>
    nameOf(document, dictionary, "Subtype") === "Widget" && nameOf(document, dictionary, "FT") === "Sig";
  const seals = annotations.filter(({ dictionary }) => isSeal(dictionary));
  if (seals.length !== 1) yield `${seals.length} seals lie on the pages`;
  for (const { dictionary, title } of annotations) if (!isSeal(dictionary)) yield title;
}

function* noOptionalContent({ catalog, objects }: ExaminedFile): Iterable<string> {
  if (catalog.entries.has("OCProperties")) yield "the catalog has /OCProperties";
  for (const { number } of [...objects.having("OC"), ...objects.having("OCGs")]) yield `object ${number}`;
}

const OUTWARD_ACTIONS = new Set([
  "URI",
  "GoToR",
  "GoToE",
  "Launch",
  "ImportData",
  "SubmitForm",
  "Thread",
  "RichMediaExecute",
]);

function* nothingOutside({ catalog, objects }: ExaminedFile): Iterable<string> {
  for (const { number, kind } of objects.actions) if (OUTWARD_ACTIONS.has(kind)) yield `object ${number}: ${kind}`;
  for (const { number, dictionary } of objects.streams)
    if (dictionary.entries.has("F")) yield `stream object ${number}`;
  for (const key of ["Ref", "OPI", "RichMediaContent", "FS"] as const) {
    for (const { number } of objects.having(key)) yield `object ${number}: /${key}`;
  }
  if (catalog.entries.has("URI")) yield "the catalog's /URI";
}

function* contractDataOnly({ document, catalog, objects }: ExaminedFile): Iterable<string> {
  const files = objects.having("EF");
  for (const { number, dictionary } of files) {
    if (textOf(document, dictionary, "UF") !== "contract.json") yield `file specification object ${number}`;
  }
  const streams = objects.streams.filter(({ dictionary }) => nameOf(document, dictionary, "Type") === "EmbeddedFile");
  const held = new Set(
    files.flatMap(({ dictionary }) =>
      [...(dictionaryOf(document, dictionary, "EF")?.entries.values() ?? [])].map((it) =>
        isReference(it) ? it.number : 0,
      ),
    ),
  );
  if (files.length !== 1) yield `${files.length} files are embedded`;
  for (const { number } of streams) if (!held.has(number)) yield `embedded file object ${number}`;
  if (catalog.entries.has("Collection")) yield "the catalog's /Collection";
}
