import type { PdfStream } from "./incremental-update.ts";
import { type PdfStructure, readStreamObject, referenceEntry } from "./pdf-structure.ts";

const DESCRIPTION = '<rdf:Description rdf:about=""';
const SCHEMAS_END = "</rdf:Bag></pdfaExtension:schemas>";
const ARCHIVE_CLAIM = "<pdfaid:part>";

/**
 * PDF/A knows the properties of its own schemas only, and demands a description of every other one in the file
 * (ISO 19005-3, 6.6.2.3.2 and 6.6.2.3.3, tables 3 to 5).
 */
const SCHEMA = [
  '<rdf:li rdf:parseType="Resource">',
  "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>",
  "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
  "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
  '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">',
  "<pdfaProperty:category>internal</pdfaProperty:category>",
  "<pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>",
  "<pdfaProperty:name>part</pdfaProperty:name>",
  "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
  "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>",
].join("");

/**
 * The document's XMP packet with the claim of PDF/UA-1 added (ISO 14289-1, 5), under the number it already has. All
 * other properties stay, so that they still agree with the document information. Not compressed, so that tools which
 * look for the packet in the bytes find it (ISO 19005-3, 6.6.2.1). Throws on a packet that Typst does not write.
 */
export function claimAccessibility(structure: PdfStructure): { readonly number: number; readonly stream: PdfStream } {
  const reference = referenceEntry(structure.catalog.value, "Metadata", "catalog");
  const { dictionary, data } = readStreamObject(structure, reference);
  if (dictionary.entries.has("Filter")) throw new Error("Expected an XMP packet that is not compressed");
  let packet = Buffer.from(data).toString("utf8");
  if (packet.includes("pdfuaid")) throw new Error("Expected an XMP packet that does not claim PDF/UA yet");
  packet = insert(packet, DESCRIPTION, `${DESCRIPTION} xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"`);
  packet = insert(packet, SCHEMAS_END, SCHEMA + SCHEMAS_END);
  packet = insert(packet, ARCHIVE_CLAIM, `<pdfuaid:part>1</pdfuaid:part>${ARCHIVE_CLAIM}`);
  return { number: reference.object, stream: { kind: "stream", dictionary, data: Buffer.from(packet, "utf8") } };
}

function insert(packet: string, place: string, text: string): string {
  const [before, after, ...others] = packet.split(place);
  if (before === undefined || after === undefined || others.length > 0) {
    throw new Error(`Expected "${place}" once in the XMP packet`);
  }
  return before + text + after;
}
