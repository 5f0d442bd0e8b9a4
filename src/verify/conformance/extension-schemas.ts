import type { XmlElement } from "./xml-tree.ts";
import { NAMESPACE, propertiesNamed, rdfItems, type XmpPacket } from "./xmp-packet.ts";

type Form = "text" | "Alt" | "Seq" | "Bag";

/** Properties that need no description (XMP Specification 2005; ISO 19005-3, 6.6.2.3.1 and 6.6.4), and their form. */
const KNOWN: ReadonlyMap<string, ReadonlyMap<string, Form>> = new Map([
  [
    NAMESPACE.dc,
    forms({
      Alt: "title description rights",
      Seq: "creator date",
      Bag: "contributor language publisher relation subject type",
      text: "coverage format identifier source",
    }),
  ],
  [
    NAMESPACE.xmp,
    forms({
      text: "BaseURL CreateDate CreatorTool Label MetadataDate ModifyDate Nickname Rating",
      Bag: "Advisory Identifier",
      Alt: "Thumbnails",
    }),
  ],
  [
    NAMESPACE.xmpMM,
    forms({
      text: `DerivedFrom DocumentID InstanceID ManagedFrom Manager ManageTo ManageUI ManagerVariant RenditionClass
        RenditionParams VersionID LastURL RenditionOf SaveID`,
      Seq: "History Versions",
    }),
  ],
  [NAMESPACE.xmpTPg, forms({ text: "MaxPageSize NPages", Bag: "Fonts", Seq: "Colorants PlateNames" })],
  [NAMESPACE.pdf, forms({ text: "Keywords PDFVersion Producer" })],
  [NAMESPACE.pdfaid, forms({ text: "part amd corr conformance" })],
  [NAMESPACE.extension, forms({ Bag: "schemas" })],
]);

function forms(names: Partial<Record<Form, string>>): ReadonlyMap<string, Form> {
  const form = (kind: Form): [string, Form][] => (names[kind] ?? "").split(/\s+/).map((name) => [name, kind]);
  return new Map([...form("text"), ...form("Alt"), ...form("Seq"), ...form("Bag")]);
}

/** Every property is one of XMP's or PDF/A's own, or described in the packet; and of the form its schema prescribes. */
export function* propertiesAreKnown(packet: XmpPacket): Iterable<string> {
  const described = describedProperties(packet);
  for (const property of packet.properties) {
    const title = `${property.prefix}:${property.name}`;
    const form = KNOWN.get(property.namespace)?.get(property.name);
    const valueType = described.get(`${property.namespace} ${property.name}`);
    if (form === undefined && valueType === undefined) yield `${title} is described nowhere`;
    else if (form === "Alt" || form === "Seq" || form === "Bag") {
      if (rdfItems(property, form).length === 0) yield `${title} is no rdf:${form}`;
    } else if (form === "text" && property.children.length > 0 && property.name !== "DerivedFrom")
      yield `${title} is no text`;
    else if (valueType === "Integer" && !/^[+-]?\d+$/.test(property.text)) yield `${title} is no whole number`;
  }
}

function describedProperties(packet: XmpPacket): ReadonlyMap<string, string> {
  const described = new Map<string, string>();
  for (const schema of schemasOf(packet)) {
    const namespace = fieldText(schema, NAMESPACE.schema, "namespaceURI");
    for (const property of rdfItems(fieldOf(schema, NAMESPACE.schema, "property"), "Seq")) {
      const name = fieldText(property, NAMESPACE.property, "name");
      described.set(`${namespace} ${name}`, fieldText(property, NAMESPACE.property, "valueType") ?? "");
    }
  }
  return described;
}

function schemasOf(packet: XmpPacket): readonly XmlElement[] {
  return rdfItems(propertiesNamed(packet, NAMESPACE.extension, "schemas")[0], "Bag");
}

function fieldOf(structure: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return structure.children.find((field) => field.namespace === namespace && field.name === name);
}

function fieldText(structure: XmlElement, namespace: string, name: string): string | null {
  const field = fieldOf(structure, namespace, name);
  return field && field.children.length === 0 && field.text.trim() !== "" ? field.text : null;
}

/** Types of the XMP specification; a schema of ours needs no other. */
const VALUE_TYPES = new Set(["Text", "Integer", "Boolean", "Date", "URI", "URL", "Real", "MIMEType", "ProperName"]);
const PROPERTY_FIELDS = ["name", "valueType", "category", "description"];
const SCHEMA_FIELDS = ["schema", "namespaceURI", "prefix", "property", "valueType"];

/** The description of every schema has all fields, each with the prefix that the standard writes down. */
export function* schemasAreComplete(packet: XmpPacket): Iterable<string> {
  const [container, ...others] = propertiesNamed(packet, NAMESPACE.extension, "schemas");
  if (container === undefined) return;
  if (others.length > 0 || container.prefix !== "pdfaExtension" || schemasOf(packet).length === 0) {
    yield "pdfaExtension:schemas is not one rdf:Bag";
  }
  for (const schema of schemasOf(packet)) {
    const title = fieldText(schema, NAMESPACE.schema, "schema") ?? "a schema without a name";
    for (const name of ["schema", "namespaceURI", "prefix"]) {
      if (fieldText(schema, NAMESPACE.schema, name) === null) yield `${title}: no pdfaSchema:${name}`;
    }
    yield* unexpectedFields(schema, {
      title,
      namespace: NAMESPACE.schema,
      prefix: "pdfaSchema",
      fields: SCHEMA_FIELDS,
    });
    const properties = rdfItems(fieldOf(schema, NAMESPACE.schema, "property"), "Seq");
    if (properties.length === 0) yield `${title}: no pdfaSchema:property`;
    for (const property of properties) yield* propertyIsComplete(property, title);
  }
}

function* propertyIsComplete(property: XmlElement, schema: string): Iterable<string> {
  const title = `${schema}, ${fieldText(property, NAMESPACE.property, "name") ?? "a property without a name"}`;
  for (const name of PROPERTY_FIELDS) {
    if (fieldText(property, NAMESPACE.property, name) === null) yield `${title}: no pdfaProperty:${name}`;
  }
  const category = fieldText(property, NAMESPACE.property, "category");
  if (category !== null && category !== "internal" && category !== "external") yield `${title}: category ${category}`;
  const type = fieldText(property, NAMESPACE.property, "valueType");
  if (type !== null && !VALUE_TYPES.has(type)) yield `${title}: value type ${type}`;
  yield* unexpectedFields(property, {
    title,
    namespace: NAMESPACE.property,
    prefix: "pdfaProperty",
    fields: PROPERTY_FIELDS,
  });
}

function* unexpectedFields(
  structure: XmlElement,
  expected: {
    readonly title: string;
    readonly namespace: string;
    readonly prefix: string;
    readonly fields: readonly string[];
  },
): Iterable<string> {
  for (const { namespace, prefix, name } of structure.children) {
    if (namespace !== expected.namespace || prefix !== expected.prefix || !expected.fields.includes(name)) {
      yield `${expected.title}: the field ${prefix}:${name}`;
    }
  }
}
