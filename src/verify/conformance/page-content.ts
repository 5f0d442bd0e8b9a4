import type { PdfDocument } from "../pdf-document.ts";
import { isArray, isDictionary, isName, isReference, type PdfDictionary, type PdfValue } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, nameOf } from "../pdf-reading.ts";
import { type Operands, propertyText, readOperators } from "./content-operators.ts";
import { readShownFont, type ShownFont } from "./shown-font.ts";

/** What can be wrong, or need something else of the file, in a content stream. */
export type Remark =
  | "unreadable"
  | "unknown_operator"
  | "untagged"
  | "artifact_in_tagged"
  | "tagged_in_artifact"
  | "unbalanced"
  | "mark_twice"
  | "bad_language"
  | "missing_resource"
  | "inherited_resources"
  | "deep_nesting"
  | "odd_text"
  | "rendering_intent"
  | "DeviceGray"
  | "DeviceRGB"
  | "DeviceCMYK"
  | "unknown_colour_space";

/** Everything that the drawing of the pages and of the annotations told. */
export interface DrawnContent {
  remarks(kind: Remark): readonly string[];
  /** The marks on each page, by the page's object number: structure tag by MCID. */
  readonly marks: ReadonlyMap<number, ReadonlyMap<number, string>>;
  readonly fonts: readonly ShownFont[];
}

interface Mark {
  readonly tag: string;
  readonly id: number | null;
}

interface Place {
  readonly title: string;
  /** Null in the appearance of an annotation, which the structure holds as a whole. */
  readonly page: number | null;
  readonly resources: PdfDictionary | null;
  readonly outer: readonly Mark[];
  readonly depth: number;
}

/** ISO 19005-3, 6.1.13. */
const DEEPEST_NESTING = 28;
const KEPT_REMARKS = 20;
const PAINTING: ReadonlySet<string> = new Set(`f F f* B B* b b* S s sh Do Tj TJ ' "`.split(" "));
const SHOWING: ReadonlySet<string> = new Set(`Tj TJ ' "`.split(" "));
const INTENTS: ReadonlySet<string> = new Set([
  "RelativeColorimetric",
  "AbsoluteColorimetric",
  "Perceptual",
  "Saturation",
]);
const DEVICE_OPERATORS: Readonly<Record<string, "DeviceGray" | "DeviceRGB" | "DeviceCMYK">> = {
  g: "DeviceGray",
  G: "DeviceGray",
  rg: "DeviceRGB",
  RG: "DeviceRGB",
  k: "DeviceCMYK",
  K: "DeviceCMYK",
};

/** Draws pages without drawing them: follows marked content, fonts and colours through the streams. */
export class ContentWalk implements DrawnContent {
  readonly #document: PdfDocument;
  readonly #remarks = new Map<Remark, string[]>();
  readonly #fonts = new Map<PdfValue, ShownFont>();
  readonly marks = new Map<number, Map<number, string>>();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  get fonts(): readonly ShownFont[] {
    return [...this.#fonts.values()];
  }

  remarks(kind: Remark): readonly string[] {
    return this.#remarks.get(kind) ?? [];
  }

  walkPage(data: Buffer, page: number, title: string, resources: PdfDictionary | null): void {
    this.marks.set(page, new Map());
    this.#walk(data, { title, page, resources, outer: [], depth: 0 });
  }

  walkAppearance(stream: PdfValue, title: string): void {
    this.#walkForm(stream, { title, page: null, resources: null, outer: [], depth: 0 });
  }

  #say(kind: Remark, where: string): void {
    const said = this.#remarks.get(kind) ?? [];
    if (said.length < KEPT_REMARKS && !said.includes(where)) said.push(where);
    this.#remarks.set(kind, said);
  }

  #walk(data: Buffer, place: Place): void {
    const open: Mark[] = [...place.outer];
    const saved: (ShownFont | null)[] = [];
    let font: ShownFont | null = null;
    const sound = readOperators(data, (operator, operands) => {
      if (operator === null) this.#say("unknown_operator", place.title);
      else if (operator === "q") {
        saved.push(font);
        if (saved.length > DEEPEST_NESTING) this.#say("deep_nesting", place.title);
      } else if (operator === "Q") {
        if (saved.length === 0) this.#say("unbalanced", `${place.title}: Q without q`);
        font = saved.pop() ?? null;
      } else if (operator === "BDC" || operator === "BMC") open.push(this.#openMark(operands, open, place));
      else if (operator === "EMC") {
        if (open.length <= place.outer.length) this.#say("unbalanced", `${place.title}: EMC without a mark`);
        else open.pop();
      } else if (operator === "Tf") font = this.#font(operands.name, place);
      else if (PAINTING.has(operator)) this.#paint(operator, operands, { font, open, place });
      else this.#setColour(operator, operands, place);
    });
    if (!sound) this.#say("unreadable", place.title);
    if (open.length !== place.outer.length || saved.length > 0)
      this.#say("unbalanced", `${place.title}: ends with a mark or q open`);
  }

  #openMark(operands: Operands, open: readonly Mark[], { title, page, resources }: Place): Mark {
    const { properties } = operands;
    const tag = operands.firstName ?? "";
    if (properties === null && operands.name !== operands.firstName) {
      const known = dictionaryOf(
        this.#document,
        dictionaryOf(this.#document, resources, "Properties"),
        operands.name ?? "",
      );
      // Property lists of ours stand in the stream; one elsewhere could mark content without this walk knowing it.
      this.#say("unreadable", `${title}: a property list by name (${operands.name}${known ? "" : ", missing"})`);
    }
    const value = properties?.entries.get("MCID");
    const id = typeof value === "number" ? value : null;
    const language = propertyText(properties, "Lang");
    if (language !== null && !isLanguage(language)) this.#say("bad_language", `${title}: "${language}"`);
    const inArtifact = open.some((mark) => mark.tag === "Artifact");
    if (tag === "Artifact" && open.some((mark) => mark.id !== null)) this.#say("artifact_in_tagged", title);
    if (id !== null && inArtifact) this.#say("tagged_in_artifact", `${title}: MCID ${id}`);
    const marks = page === null ? undefined : this.marks.get(page);
    if (id !== null && marks) {
      if (marks.has(id) || open.some((mark) => mark.id !== null)) this.#say("mark_twice", `${title}: MCID ${id}`);
      marks.set(id, tag);
    }
    return { tag, id };
  }

  #paint(
    operator: string,
    operands: Operands,
    { font, open, place }: { readonly font: ShownFont | null; readonly open: readonly Mark[]; readonly place: Place },
  ): void {
    const isMarked = open.some(({ tag, id }) => tag === "Artifact" || id !== null);
    if (operator === "Do") this.#drawObject(operands.name, { ...place, outer: open }, isMarked);
    else if (!isMarked && place.page !== null) this.#say("untagged", `${place.title}: ${operator}`);
    if (!SHOWING.has(operator)) return;
    if (font === null) this.#say("missing_resource", `${place.title}: text without a font`);
    else if (operands.odd) this.#say("odd_text", `${place.title}: ${font.title}`);
    else {
      const text = operands.text();
      for (let at = 0; at + 1 < text.length; at += 2) font.shown[((text[at] ?? 0) << 8) | (text[at + 1] ?? 0)] = 1;
    }
  }

  #drawObject(name: string | null, place: Place, isMarked: boolean): void {
    const resources = dictionaryOf(this.#document, place.resources, "XObject");
    const reference = resources?.entries.get(name ?? "");
    const object = this.#document.resolve(reference);
    if (!isDictionary(object)) this.#say("missing_resource", `${place.title}: XObject ${name}`);
    else if (nameOf(this.#document, object, "Subtype") === "Form") this.#walkForm(reference ?? null, place);
    else {
      if (!isMarked && place.page !== null) this.#say("untagged", `${place.title}: XObject ${name}`);
      if (object.entries.has("ColorSpace")) this.#colourSpace(entryOf(this.#document, object, "ColorSpace"), place);
    }
  }

  #walkForm(reference: PdfValue, place: Place): void {
    const form = this.#document.resolve(reference);
    if (!isReference(reference) || !isDictionary(form) || place.depth > 8) {
      this.#say("unreadable", `${place.title}: a form that is none, or within itself`);
      return;
    }
    const title = `${place.title}, form object ${reference.number}`;
    const own = dictionaryOf(this.#document, form, "Resources");
    if (own === null) this.#say("inherited_resources", title);
    this.#walk(this.#document.readStream(reference), { ...place, title, resources: own, depth: place.depth + 1 });
  }

  #font(name: string | null, { title, resources }: Place): ShownFont | null {
    const reference = dictionaryOf(this.#document, resources, "Font")?.entries.get(name ?? "");
    const dictionary = this.#document.resolve(reference);
    if (!isDictionary(dictionary)) {
      this.#say("missing_resource", `${title}: font ${name}`);
      return null;
    }
    const known = this.#fonts.get(dictionary);
    if (known) return known;
    const font = readShownFont(this.#document, dictionary, isReference(reference) ? reference.number : null);
    this.#fonts.set(dictionary, font);
    return font;
  }

  #setColour(operator: string, operands: Operands, place: Place): void {
    const device = DEVICE_OPERATORS[operator];
    if (device) this.#say(device, place.title);
    else if (operator === "cs" || operator === "CS") {
      const named = dictionaryOf(this.#document, place.resources, "ColorSpace")?.entries.get(operands.name ?? "");
      this.#colourSpace(
        named === undefined ? { kind: "name", name: operands.name ?? "" } : this.#document.resolve(named),
        place,
      );
    } else if ((operator === "scn" || operator === "SCN") && operands.name !== null) {
      // A pattern is content of its own; none of ours has one, and what is not walked must not pass.
      this.#say("unreadable", `${place.title}: pattern ${operands.name}`);
    } else if (operator === "ri" && !INTENTS.has(operands.name ?? "")) {
      this.#say("rendering_intent", `${place.title}: ${operands.name}`);
    } else if (operator === "gs") {
      const states = dictionaryOf(this.#document, place.resources, "ExtGState");
      if (!dictionaryOf(this.#document, states, operands.name ?? "")) {
        this.#say("missing_resource", `${place.title}: graphics state ${operands.name}`);
      }
    }
  }

  #colourSpace(value: PdfValue, { title }: Place): void {
    const family = isName(value) ? value.name : isArray(value) && isName(value.items[0]) ? value.items[0].name : "";
    if (family === "DeviceGray" || family === "DeviceRGB" || family === "DeviceCMYK") this.#say(family, title);
    else if (family !== "ICCBased" || !isArray(value))
      this.#say("unknown_colour_space", `${title}: ${family || "none"}`);
  }
}

const knownLanguages = new Map<string, boolean>();

/** RFC 3066 in form, and well formed as a language tag of today (RFC 5646). */
export function isLanguage(tag: string): boolean {
  const known = knownLanguages.get(tag);
  if (known !== undefined) return known;
  const isOne = isLanguageTag(tag);
  if (knownLanguages.size < 1000) knownLanguages.set(tag, isOne);
  return isOne;
}

function isLanguageTag(tag: string): boolean {
  if (!/^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(tag)) return false;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
