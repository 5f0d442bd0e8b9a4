import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import type { WordingBody } from "../domain/seller-wording.ts";
import { LONGEST_TEXT, LONGEST_TITLE } from "../domain/wording-fault.ts";

const strict = { additionalProperties: false };
const MOST_CLAUSES = 60;
const ClauseNumber = Type.String({
  pattern: "^[1-9][0-9]{2}$",
  description: "A clause of the library; docs/clauses.md",
});

function words(maxLength: number, description: string) {
  const text = Type.String({ minLength: 1, maxLength });
  return Type.Object({ "zh-CN": text, en: text }, { ...strict, description });
}
const Words = {
  title: words(LONGEST_TITLE, "Heading of the clause in both languages"),
  text: words(
    LONGEST_TEXT,
    "One paragraph in both languages. Blanks in braces, such as {buyer}, are filled for each contract; docs/clauses.md lists those of each clause",
  ),
};

/** A seller's own wording as it is drafted and published. Every part is named, also where it is empty. */
export const WordingDocument = Type.Object(
  {
    replaced: Type.Record(ClauseNumber, Type.Object(Words, strict), {
      description: "Clause number to the words that stand in the place of the library's",
      maxProperties: MOST_CLAUSES,
    }),
    omitted: Type.Array(ClauseNumber, {
      description: "Clauses that are left out; not every clause may be",
      maxItems: MOST_CLAUSES,
      uniqueItems: true,
    }),
    added: Type.Array(
      Type.Object(
        {
          clause: Type.String({ pattern: "^S[1-9][0-9]{0,2}$", description: "The seller's own name of it, as S1" }),
          after: Type.String({
            pattern: "^[1-9][0-9]{2}$",
            description: "The library clause behind which it stands; a contract without that one goes without this one",
          }),
          ...Words,
        },
        strict,
      ),
      { description: "The seller's own clauses, in their order", maxItems: MOST_CLAUSES },
    ),
  },
  {
    ...strict,
    title: "Wording, version 1",
    description: "A seller's own words in the place of the clause library's, or beside them.",
  },
);
export type WordingDocument = Static<typeof WordingDocument>;

/**
 * Reads a wording strictly, every text trimmed and in normal form C: an unknown or missing part is named, because words
 * that nobody reads would surprise. What the words say is judged by `faultOfWording`.
 */
export function parseWordingDocument(value: unknown): Result<WordingBody, InputFault> {
  const tidy = tidied(value);
  if (Value.Check(Loose, tidy)) return succeed(tidy as WordingBody);
  const errors = [...Value.Errors(Loose, tidy)];
  const depth = ({ instancePath }: { instancePath: string }): number => instancePath.split("/").length;
  const deepest = errors.toSorted((left, right) => depth(right) - depth(left))[0];
  const path = (deepest?.instancePath ?? "").split("/").filter(Boolean).join(".");
  const field = path === "" ? namedIn(tidy) : path;
  // What a member that the schema does not name is called by the validator.
  const reason = deepest?.message === "schema is false" ? "there is no such part" : (deepest?.message ?? "not valid");
  return fail({
    field,
    message: {
      "zh-CN": `${field}：不符合条款措辞的格式（缺少、多余或取值有误），请参照 orderseal wording show --json 的输出修改。`,
      en: `${field}: is not as wordings are written (${reason}); compare it with orderseal wording show --json.`,
    },
  });
}

const Text = Type.String();
const LooseWords = {
  title: Type.Object({ "zh-CN": Text, en: Text }, strict),
  text: Type.Object({ "zh-CN": Text, en: Text }, strict),
};
/** The same shape, without the limits that `faultOfWording` names with the way out. */
const Loose = Type.Object(
  {
    replaced: Type.Record(Text, Type.Object(LooseWords, strict), { maxProperties: MOST_CLAUSES }),
    omitted: Type.Array(Text, { maxItems: MOST_CLAUSES, uniqueItems: true }),
    added: Type.Array(
      Type.Object(
        { clause: WordingDocument.properties.added.items.properties.clause, after: Text, ...LooseWords },
        strict,
      ),
      { maxItems: MOST_CLAUSES },
    ),
  },
  strict,
);

/** added → clause → text → language. */
const DEEPEST = 4;

/** What lies deeper than any wording is left out, and so refused: a body of brackets alone would exhaust the stack. */
function tidied(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.trim().normalize("NFC");
  if (value === null || typeof value !== "object") return value;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.map((member) => tidied(member, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tidied(member, depth + 1)]));
}

/** The first part that is missing or not known. */
function namedIn(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "wording";
  const known = Object.keys(WordingDocument.properties);
  return known.find((key) => !(key in value)) ?? Object.keys(value).find((key) => !known.includes(key)) ?? "wording";
}
