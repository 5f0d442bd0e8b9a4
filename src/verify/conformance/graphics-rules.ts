import { isArray, isDictionary, isName, isReference, type PdfDictionary, type PdfValue } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, itemsOf, nameOf, numberOf } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import type { Rule } from "./rule.ts";

/** Colour, images, forms and transparency: ISO 19005-3, 6.2. */
export const GRAPHICS_RULES: readonly Rule[] = [
  {
    name: "known-operators",
    clause: "ISO 19005-3, 6.2.2 (veraPDF 6.2.2-1)",
    check: ({ content }) => content.remarks("unknown_operator"),
  },
  { name: "content-readable", clause: "this house: what cannot be read does not pass", check: contentReadable },
  {
    name: "own-resources",
    clause: "ISO 19005-3, 6.2.2 (veraPDF 6.2.2-2)",
    check: ({ content }) => content.remarks("inherited_resources"),
  },
  {
    name: "balanced-content",
    clause: "ISO 32000-1, 8.4.2 and 14.6",
    check: ({ content }) => content.remarks("unbalanced"),
  },
  { name: "output-intent", clause: "ISO 19005-3, 6.2.3 (veraPDF 6.2.3-1)", check: outputIntent },
  { name: "one-output-profile", clause: "ISO 19005-3, 6.2.3 (veraPDF 6.2.3-2, 6.2.3-3)", check: oneOutputProfile },
  { name: "colour-profiles", clause: "ISO 19005-3, 6.2.4.2 (veraPDF 6.2.4.2-1)", check: colourProfiles },
  { name: "device-colour", clause: "ISO 19005-3, 6.2.4.3 (veraPDF 6.2.4.3-2 to 6.2.4.3-4)", check: deviceColour },
  { name: "graphics-state", clause: "ISO 19005-3, 6.2.5 (veraPDF 6.2.5-1 to 6.2.5-6)", check: graphicsState },
  { name: "rendering-intents", clause: "ISO 19005-3, 6.2.6 (veraPDF 6.2.6-1)", check: renderingIntents },
  { name: "images", clause: "ISO 19005-3, 6.2.8 (veraPDF 6.2.8-1 to 6.2.8-3)", check: images },
  {
    name: "form-xobjects",
    clause: "ISO 19005-3, 6.2.9 (veraPDF 6.2.9-1 to 6.2.9-3); ISO 14289-1, 7.20",
    check: formXObjects,
  },
  { name: "blend-modes", clause: "ISO 19005-3, 6.2.10 (veraPDF 6.2.10-1)", check: blendModes },
  { name: "blending-space", clause: "ISO 19005-3, 6.2.10 (veraPDF 6.2.10-2)", check: blendingSpace },
];

/** Patterns, named property lists and colour spaces that our files never have: not forbidden, but not looked into here. */
function* contentReadable({ content }: ExaminedFile): Iterable<string> {
  yield* content.remarks("unreadable");
  yield* content.remarks("missing_resource");
  yield* content.remarks("unknown_colour_space");
}

function archiveIntents({ document, catalog }: ExaminedFile): readonly PdfDictionary[] {
  return itemsOf(document, catalog, "OutputIntents")
    .map((item) => document.resolve(item))
    .filter(isDictionary)
    .filter((intent) => nameOf(document, intent, "S") === "GTS_PDFA1");
}

interface Profile {
  readonly deviceClass: string;
  readonly space: string;
  readonly version: number;
}

/** ICC.1, 7.2: version at byte 8, class at 12, colour space at 16, "acsp" at 36. */
function profileOf(file: ExaminedFile, reference: PdfValue | undefined): Profile | null {
  if (reference === undefined || !isReference(reference)) return null;
  const data = file.document.readStream(reference);
  if (data.length < 128 || data.toString("latin1", 36, 40) !== "acsp") return null;
  const [deviceClass, space] = [data.toString("latin1", 12, 16), data.toString("latin1", 16, 20)];
  return { deviceClass, space, version: data.readUInt8(8) };
}

function* outputIntent(file: ExaminedFile): Iterable<string> {
  const [intent] = archiveIntents(file);
  if (intent === undefined) return yield "the catalog has no output intent GTS_PDFA1";
  if (entryOf(file.document, intent, "OutputConditionIdentifier") === null) yield "no /OutputConditionIdentifier";
  const profile = profileOf(file, intent.entries.get("DestOutputProfile"));
  if (profile === null) yield "/DestOutputProfile is no ICC profile";
  else if (!["prtr", "mntr"].includes(profile.deviceClass) || !["GRAY", "RGB ", "CMYK"].includes(profile.space)) {
    yield `a profile of class ${profile.deviceClass} and space ${profile.space}`;
  } else if (profile.version >= 5) yield `an ICC profile of version ${profile.version}`;
}

function* oneOutputProfile({ document, catalog }: ExaminedFile): Iterable<string> {
  const profiles = new Set<number>();
  for (const item of itemsOf(document, catalog, "OutputIntents")) {
    const intent = document.resolve(item);
    if (!isDictionary(intent)) continue;
    const profile = intent.entries.get("DestOutputProfile");
    if (isReference(profile)) profiles.add(profile.number);
    if (intent.entries.has("DestOutputProfileRef")) yield "an output intent has /DestOutputProfileRef";
  }
  if (profiles.size > 1) yield "the output intents name different profiles";
}

const CHANNELS: Readonly<Record<string, number>> = { GRAY: 1, "RGB ": 3, "Lab ": 3, CMYK: 4 };
const INPUT_CLASSES = ["prtr", "mntr", "scnr", "spac"];

/** Colour spaces of pages and of the forms and images on them. */
function* colourProfiles(file: ExaminedFile): Iterable<string> {
  for (const [reference, title] of profileReferences(file)) {
    const profile = profileOf(file, reference);
    const channels = numberOf(file.document, toDictionary(file, reference), "N");
    if (profile === null || !INPUT_CLASSES.includes(profile.deviceClass) || profile.version >= 5)
      yield `${title}: no profile`;
    else if (CHANNELS[profile.space] !== channels) yield `${title}: ${profile.space.trim()} with /N ${channels}`;
  }
}

function toDictionary({ document }: ExaminedFile, reference: PdfValue | undefined): PdfDictionary | null {
  const value = document.resolve(reference);
  return isDictionary(value) ? value : null;
}

function profileReferences(file: ExaminedFile): ReadonlyMap<PdfValue | undefined, string> {
  const { document, pages, objects } = file;
  const found = new Map<number, readonly [PdfValue | undefined, string]>();
  const add = (space: PdfValue | undefined, title: string): void => {
    const value = document.resolve(space);
    if (!isArray(value) || !isName(value.items[0]) || value.items[0].name !== "ICCBased") return;
    const stream = value.items[1];
    if (stream !== undefined && isReference(stream)) found.set(stream.number, [stream, title]);
  };
  const owners = [...pages, ...objects.streams.map((stream) => ({ ...stream, title: `object ${stream.number}` }))];
  for (const { dictionary, title } of owners) {
    add(dictionary.entries.get("ColorSpace"), title);
    const spaces = dictionaryOf(document, dictionaryOf(document, dictionary, "Resources"), "ColorSpace");
    for (const space of spaces?.entries.values() ?? []) add(space, title);
  }
  return new Map(found.values());
}

function* deviceColour(file: ExaminedFile): Iterable<string> {
  const [intent] = archiveIntents(file);
  const space = profileOf(file, intent?.entries.get("DestOutputProfile"))?.space ?? null;
  const { content } = file;
  if (space !== "RGB ") for (const place of content.remarks("DeviceRGB")) yield `${place}: DeviceRGB`;
  if (space !== "CMYK") for (const place of content.remarks("DeviceCMYK")) yield `${place}: DeviceCMYK`;
  if (space === null) for (const place of content.remarks("DeviceGray")) yield `${place}: DeviceGray`;
}

function* graphicsState({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number } of objects.having("TR")) yield `object ${number}: /TR`;
  for (const { number, dictionary } of objects.having("TR2")) {
    if (nameOf(document, dictionary, "TR2") !== "Default") yield `object ${number}: /TR2`;
  }
  for (const { number } of objects.having("HTP")) yield `object ${number}: /HTP`;
  for (const { number, dictionary } of objects.having("HalftoneType")) {
    const type = numberOf(document, dictionary, "HalftoneType");
    if ((type !== 1 && type !== 5) || dictionary.entries.has("HalftoneName")) yield `object ${number}: a halftone`;
  }
}

const INTENTS = new Set(["RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"]);

function* renderingIntents({ document, objects, content }: ExaminedFile): Iterable<string> {
  yield* content.remarks("rendering_intent");
  for (const { number, dictionary } of [...objects.having("RI"), ...objects.having("Intent")]) {
    const intent = nameOf(document, dictionary, "RI") ?? nameOf(document, dictionary, "Intent");
    if (intent === null || !INTENTS.has(intent)) yield `object ${number}: ${intent}`;
  }
}

/** JPEG 2000 has demands of its own (6.2.8.3), which nothing here reads. */
function* images({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.streams) {
    if (nameOf(document, dictionary, "Subtype") !== "Image") continue;
    for (const key of ["Alternates", "OPI"]) if (dictionary.entries.has(key)) yield `image object ${number}: /${key}`;
    const filter = entryOf(document, dictionary, "Filter");
    const filters = isArray(filter) ? filter.items : [filter];
    if (filters.some((it) => isName(it) && it.name === "JPXDecode")) yield `image object ${number}: JPEG 2000`;
    if (entryOf(document, dictionary, "Interpolate") === true) yield `image object ${number}: /Interpolate true`;
  }
}

function* formXObjects({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.streams) {
    const kind = nameOf(document, dictionary, "Subtype");
    if (kind === "PS") yield `object ${number}: a PostScript XObject`;
    if (kind !== "Form") continue;
    for (const key of ["OPI", "PS", "Ref"]) if (dictionary.entries.has(key)) yield `form object ${number}: /${key}`;
    if (nameOf(document, dictionary, "Subtype2") === "PS") yield `form object ${number}: /Subtype2 /PS`;
  }
}

const BLEND_MODES = new Set(
  `Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion
   Hue Saturation Color Luminosity`.split(/\s+/),
);

function* blendModes({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.having("BM")) {
    const value = entryOf(document, dictionary, "BM");
    for (const mode of isArray(value) ? value.items : [value]) {
      if (!isName(mode) || !BLEND_MODES.has(mode.name)) yield `object ${number}`;
    }
  }
}

/** With an output intent of PDF/A every page has a blending space; without one each page needs its own. */
function* blendingSpace(file: ExaminedFile): Iterable<string> {
  const { document, pages, objects } = file;
  if (archiveIntents(file).length > 0) return;
  const blends = objects
    .having("BM")
    .some(({ dictionary }) => !["Normal", "Compatible"].includes(nameOf(document, dictionary, "BM") ?? ""));
  if (!blends && objects.having("SMask").length === 0) return;
  for (const { dictionary, title } of pages) {
    if (entryOf(document, dictionaryOf(document, dictionary, "Group"), "CS") === null) yield title;
  }
}
