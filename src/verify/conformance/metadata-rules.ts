import { isReference } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, nameOf, textOf } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import { propertiesAreKnown, schemasAreComplete } from "./extension-schemas.ts";
import type { Rule } from "./rule.ts";
import { NAMESPACE, propertiesNamed, rdfItems, readXmpPacket, simpleText, type XmpPacket } from "./xmp-packet.ts";

/** What the file says of itself: ISO 19005-3, 6.6; ISO 14289-1, 5 and 7.1. */
export const METADATA_RULES: readonly Rule[] = [
  {
    name: "metadata-present",
    clause: "ISO 19005-3, 6.6.2.1 (veraPDF 6.6.2.1-1); ISO 14289-1, 7.1 (7.1-8)",
    check: present,
  },
  { name: "metadata-well-formed", clause: "ISO 19005-3, 6.6.2.1 (veraPDF 6.6.2.1-4, 6.6.2.1-5)", check: wellFormed },
  { name: "packet-header", clause: "ISO 19005-3, 6.6.2.1 (veraPDF 6.6.2.1-2, 6.6.2.1-3)", check: packetHeader },
  {
    name: "extension-schemas",
    clause: "ISO 19005-3, 6.6.2.3.3 (veraPDF 6.6.2.3-1 to 6.6.2.3-6)",
    check: ofPacket(schemasAreComplete),
  },
  {
    name: "known-properties",
    clause: "ISO 19005-3, 6.6.2.3.1 (veraPDF 6.6.2.3-7)",
    check: ofPacket(propertiesAreKnown),
  },
  { name: "archive-claim", clause: "ISO 19005-3, 6.6.4 (veraPDF 6.6.4-1 to 6.6.4-4)", check: ofPacket(archiveClaim) },
  {
    name: "accessibility-claim",
    clause: "ISO 14289-1, 5 (veraPDF 5-1 to 5-3; Matterhorn 06-002)",
    check: ofPacket(accessibilityClaim),
  },
  { name: "title", clause: "ISO 14289-1, 7.1 (veraPDF 7.1-9; Matterhorn 06-003)", check: ofPacket(title) },
  { name: "title-shown", clause: "ISO 14289-1, 7.1 (veraPDF 7.1-10; Matterhorn 07-001, 07-002)", check: titleShown },
  { name: "info-agrees", clause: "ISO 19005-3, 6.6.3", check: infoAgrees },
];

function ofPacket(check: (packet: XmpPacket) => Iterable<string>): Rule["check"] {
  return ({ metadata }) => (metadata !== null && typeof metadata === "object" ? check(metadata) : []);
}

function* present({ document, catalog, metadata }: ExaminedFile): Iterable<string> {
  const stream = dictionaryOf(document, catalog, "Metadata");
  const named = nameOf(document, stream, "Type") === "Metadata" && nameOf(document, stream, "Subtype") === "XML";
  if (metadata === null || !named) yield "the catalog has no /Metadata stream of type XML";
}

/** Every packet of the file counts, not only that of the catalog. */
function* wellFormed({ document, catalog, metadata, objects }: ExaminedFile): Iterable<string> {
  if (typeof metadata === "string") yield `the document's packet: ${metadata}`;
  const own = catalog.entries.get("Metadata");
  for (const { number, dictionary } of objects.streams) {
    if (nameOf(document, dictionary, "Type") !== "Metadata" || (isReference(own) && own.number === number)) continue;
    const packet = readXmpPacket(document.readStream({ kind: "reference", number, generation: 0 }));
    if (typeof packet === "string") yield `object ${number}: ${packet}`;
  }
}

function* packetHeader({ metadata }: ExaminedFile): Iterable<string> {
  if (metadata === null || typeof metadata === "string") return;
  for (const attribute of ["bytes", "encoding"]) {
    if (new RegExp(`\\b${attribute}\\s*=`).test(metadata.header)) yield `the packet's header has ${attribute}`;
  }
}

function* archiveClaim(packet: XmpPacket): Iterable<string> {
  if (simpleText(packet, NAMESPACE.pdfaid, "part") !== "3") yield "pdfaid:part is not 3";
  if (simpleText(packet, NAMESPACE.pdfaid, "conformance") !== "A") yield "pdfaid:conformance is not A";
  yield* wrongPrefixes(packet, NAMESPACE.pdfaid, "pdfaid");
}

function* accessibilityClaim(packet: XmpPacket): Iterable<string> {
  if (simpleText(packet, NAMESPACE.pdfuaid, "part") !== "1") yield "pdfuaid:part is not 1";
  yield* wrongPrefixes(packet, NAMESPACE.pdfuaid, "pdfuaid");
}

function* wrongPrefixes({ properties }: XmpPacket, namespace: string, prefix: string): Iterable<string> {
  for (const property of properties) {
    if (property.namespace === namespace && property.prefix !== prefix) yield `${property.prefix}:${property.name}`;
  }
}

function* title(packet: XmpPacket): Iterable<string> {
  if (titleOf(packet) === null) yield "dc:title has no text";
}

/** The title in the packet's default language. */
function titleOf(packet: XmpPacket): string | null {
  return defaultText(packet, "title");
}

function defaultText(packet: XmpPacket, name: string): string | null {
  const items = rdfItems(propertiesNamed(packet, NAMESPACE.dc, name)[0], "Alt");
  const found = items.find(({ attributes }) => attributes.some((it) => it.name === "lang" && it.value === "x-default"));
  return found === undefined || found.text.trim() === "" ? null : found.text;
}

function* titleShown({ document, catalog }: ExaminedFile): Iterable<string> {
  const preferences = dictionaryOf(document, catalog, "ViewerPreferences");
  if (entryOf(document, preferences, "DisplayDocTitle") !== true)
    yield "/ViewerPreferences has no /DisplayDocTitle true";
}

/** Each entry of the document information has its equal in the packet. */
function* infoAgrees({ document, trailer, metadata }: ExaminedFile): Iterable<string> {
  const information = dictionaryOf(document, trailer, "Info");
  if (information === null || metadata === null || typeof metadata === "string") return;
  for (const [key, told] of propertiesOfInfo(metadata)) {
    const value = textOf(document, information, key);
    if (value === null) continue;
    const same = key.endsWith("Date") ? instantOf(value) === instantOfXmp(told) : value === told;
    if (!same) yield `/${key} says "${value}", the packet ${told === null ? "nothing" : `"${told}"`}`;
  }
}

function propertiesOfInfo(packet: XmpPacket): readonly (readonly [key: string, told: string | null])[] {
  const creators = rdfItems(propertiesNamed(packet, NAMESPACE.dc, "creator")[0], "Seq");
  return [
    ["Title", titleOf(packet)],
    ["Author", creators.length === 0 ? null : creators.map(({ text }) => text).join(", ")],
    ["Subject", defaultText(packet, "description")],
    ["Keywords", simpleText(packet, NAMESPACE.pdf, "Keywords")],
    ["Creator", simpleText(packet, NAMESPACE.xmp, "CreatorTool")],
    ["Producer", simpleText(packet, NAMESPACE.pdf, "Producer")],
    ["CreationDate", simpleText(packet, NAMESPACE.xmp, "CreateDate")],
    ["ModDate", simpleText(packet, NAMESPACE.xmp, "ModifyDate")],
  ];
}

/** D:YYYYMMDDHHmmSS and a zone (ISO 32000-2, 7.9.4), in milliseconds; NaN where it is no date, which equals nothing. */
function instantOf(text: string): number {
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'00'?)?|([+-]\d\d)'(\d\d)'?)?$/.exec(text);
  if (!found) return Number.NaN;
  const [, year, month, day, hour, minute, second, zoneHours, zoneMinutes] = found;
  return Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${zoneHours ? `${zoneHours}:${zoneMinutes}` : "Z"}`,
  );
}

function instantOfXmp(text: string | null): number {
  return text !== null && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
}
