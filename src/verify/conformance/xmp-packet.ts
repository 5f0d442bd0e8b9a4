import { readXml, type XmlElement, XmlFault } from "./xml-tree.ts";

export const NAMESPACE = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  meta: "adobe:ns:meta/",
  dc: "http://purl.org/dc/elements/1.1/",
  xmp: "http://ns.adobe.com/xap/1.0/",
  xmpMM: "http://ns.adobe.com/xap/1.0/mm/",
  xmpTPg: "http://ns.adobe.com/xap/1.0/t/pg/",
  pdf: "http://ns.adobe.com/pdf/1.3/",
  pdfaid: "http://www.aiim.org/pdfa/ns/id/",
  pdfuaid: "http://www.aiim.org/pdfua/ns/id/",
  extension: "http://www.aiim.org/pdfa/ns/extension/",
  schema: "http://www.aiim.org/pdfa/ns/schema#",
  property: "http://www.aiim.org/pdfa/ns/property#",
} as const;

/** The document's metadata (XMP, ISO 16684-1; in PDF: ISO 32000-2, 14.3.2). */
export interface XmpPacket {
  /** The instruction at the beginning, without its brackets. */
  readonly header: string;
  /** Properties of the document, each an element; simple ones written as attributes are elements here, too. */
  readonly properties: readonly XmlElement[];
}

/** Reads a packet; or says in plain English why it is none. */
export function readXmpPacket(data: Buffer): XmpPacket | string {
  let source: string;
  try {
    source = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return "it is not UTF-8";
  }
  const begin = /^\uFEFF?<\?xpacket ([^?]*)\?>/.exec(source);
  if (begin === null || !/<\?xpacket end=["'][rw]["']\?>\s*$/.test(source)) return "it is no xpacket";
  try {
    const root = readXml(source);
    return { header: begin[1] ?? "", properties: propertiesOf(root) };
  } catch (error) {
    if (error instanceof XmlFault) return error.message;
    throw error;
  }
}

function propertiesOf(root: XmlElement): readonly XmlElement[] {
  const rdf =
    root.namespace === NAMESPACE.rdf ? root : root.children.find(({ namespace }) => namespace === NAMESPACE.rdf);
  if (rdf?.name !== "RDF") throw new XmlFault("there is no rdf:RDF");
  return rdf.children.flatMap((description) => {
    if (description.namespace !== NAMESPACE.rdf || description.name !== "Description") {
      throw new XmlFault("rdf:RDF holds something else than rdf:Description");
    }
    const simple = description.attributes
      .filter(({ namespace }) => namespace !== NAMESPACE.rdf && namespace !== "")
      .map(({ namespace, prefix, name, value }) => ({
        namespace,
        prefix,
        name,
        attributes: [],
        children: [],
        text: value,
      }));
    return [...simple, ...description.children];
  });
}

/** The properties of this name; a sound packet has at most one. */
export function propertiesNamed(packet: XmpPacket, namespace: string, name: string): readonly XmlElement[] {
  return packet.properties.filter((property) => property.namespace === namespace && property.name === name);
}

/** The items of an rdf:Alt, rdf:Seq or rdf:Bag. */
export function rdfItems(property: XmlElement | undefined, container: "Alt" | "Seq" | "Bag"): readonly XmlElement[] {
  const [list, ...others] = property?.children ?? [];
  if (list?.namespace !== NAMESPACE.rdf || list.name !== container || others.length > 0) return [];
  return list.children.filter(({ namespace, name }) => namespace === NAMESPACE.rdf && name === "li");
}

/** The text of a simple property; null where it is missing, twice, or of another form. */
export function simpleText(packet: XmpPacket, namespace: string, name: string): string | null {
  const [property, ...others] = propertiesNamed(packet, namespace, name);
  return property && others.length === 0 && property.children.length === 0 ? property.text : null;
}
