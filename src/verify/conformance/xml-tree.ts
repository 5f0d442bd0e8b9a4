/** An element with its namespace resolved; `text` is its own character data. */
export interface XmlElement {
  readonly namespace: string;
  readonly prefix: string;
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface XmlAttribute {
  readonly namespace: string;
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

/** What is not well formed, in plain English. */
export class XmlFault extends Error {}

const MAX_DEPTH = 64;
const NAME = "[A-Za-z_][\\w.-]*";
const TAG = new RegExp(
  `<(/?)((?:${NAME}:)?${NAME})((?:\\s+(?:${NAME}:)?${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
  "y",
);
const ATTRIBUTE = new RegExp(`((?:${NAME}:)?${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

interface Open {
  readonly tag: string;
  readonly element: Omit<XmlElement, "text"> & { readonly children: XmlElement[] };
  readonly scope: ReadonlyMap<string, string>;
  text: string;
}

/**
 * The one root element of well-formed XML 1.0 with namespaces, as XMP uses it: elements, attributes, text, comments and
 * processing instructions. A document type or CDATA is refused, since XMP has neither. Throws XmlFault.
 */
export function readXml(source: string): XmlElement {
  const open: Open[] = [];
  let root: XmlElement | null = null;
  let at = 0;
  while (at < source.length) {
    const next = source.indexOf("<", at);
    addText(open, source.slice(at, next < 0 ? source.length : next));
    if (next < 0) break;
    at = afterInstruction(source, next);
    if (at > next) continue;
    TAG.lastIndex = next;
    const found = TAG.exec(source);
    if (found === null) throw new XmlFault(`a broken tag at character ${next}`);
    at = TAG.lastIndex;
    const [, closing, tag = "", attributes = "", empty] = found;
    if (!closing) {
      if (root !== null && open.length === 0) throw new XmlFault("a second root element");
      if (open.length > MAX_DEPTH) throw new XmlFault("elements nested too deeply");
      open.push(openElement(tag, attributes, open.at(-1)?.scope ?? XML_SCOPE));
    }
    if (closing || empty) root = closeElement(open, tag) ?? root;
  }
  if (open.length > 0 || root === null) throw new XmlFault("an element that does not end");
  return root;
}

const XML_SCOPE: ReadonlyMap<string, string> = new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]);

/** The offset behind a processing instruction or comment that begins here; the same offset where none does. */
function afterInstruction(source: string, at: number): number {
  const end = source.startsWith("<?", at) ? "?>" : source.startsWith("<!--", at) ? "-->" : null;
  if (end === null) return at;
  const close = source.indexOf(end, at + 2);
  if (close < 0) throw new XmlFault(`an instruction or comment that does not end, at character ${at}`);
  return close + end.length;
}

function addText(open: readonly Open[], raw: string): void {
  const current = open.at(-1);
  if (current) current.text += readEntities(raw);
  else if (raw.replace("\uFEFF", "").trim() !== "") throw new XmlFault("text outside the root element");
}

function readEntities(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(
    /&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(\w+));|&/g,
    (whole, hex?: string, digits?: string, word?: string) => {
      const named = word === undefined ? undefined : ENTITIES[word];
      if (named !== undefined) return named;
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(digits);
      if (!(code > 0 && code <= 0x10ffff)) throw new XmlFault(`an unknown entity ${whole}`);
      return String.fromCodePoint(code);
    },
  );
}

function openElement(tag: string, source: string, outer: ReadonlyMap<string, string>): Open {
  const raw = [...source.matchAll(ATTRIBUTE)].map(([, name = "", double, single]) => ({
    name,
    value: readEntities(double ?? single ?? ""),
  }));
  if (new Set(raw.map(({ name }) => name)).size !== raw.length) throw new XmlFault(`an attribute twice in <${tag}>`);
  const scope = new Map(outer);
  for (const { name, value } of raw) {
    if (name === "xmlns") scope.set("", value);
    else if (name.startsWith("xmlns:")) scope.set(name.slice(6), value);
  }
  const attributes = raw
    .filter(({ name }) => name !== "xmlns" && !name.startsWith("xmlns:"))
    .map(({ name, value }) => ({ ...qualified(name, scope, false), value }));
  return { tag, element: { ...qualified(tag, scope, true), attributes, children: [] }, scope, text: "" };
}

function qualified(
  name: string,
  scope: ReadonlyMap<string, string>,
  usesDefault: boolean,
): Pick<XmlElement, "namespace" | "prefix" | "name"> {
  const [first = "", second] = name.split(":");
  const prefix = second === undefined ? "" : first;
  const namespace = scope.get(prefix);
  if (prefix !== "" && namespace === undefined) throw new XmlFault(`the undeclared prefix ${prefix}`);
  return { namespace: prefix !== "" || usesDefault ? (namespace ?? "") : "", prefix, name: second ?? first };
}

/** Gives the root element when it is the one that ends. */
function closeElement(open: Open[], tag: string): XmlElement | null {
  const ended = open.pop();
  if (ended?.tag !== tag) throw new XmlFault(`</${tag}> where <${ended?.tag ?? "nothing"}> is open`);
  const element: XmlElement = { ...ended.element, text: ended.text };
  const parent = open.at(-1);
  parent?.element.children.push(element);
  return parent ? null : element;
}
