import { refuse } from "./verdict.ts";

/**
 * A strict reader of DER (ITU-T X.690 §10, §11). Written here rather than taken from a BER library because bytes that
 * two readers understand differently, or that a lenient one skips, are how signed files are forged: every length is
 * minimal and definite, and every byte belongs to exactly one element.
 */
export interface DerNode {
  readonly tag: number;
  /** The element with its header. */
  readonly raw: Buffer;
  readonly content: Buffer;
}

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  enumerated: 0x0a,
  null: 0x05,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const maxChildren = 1024;
const broken = (what: string): never => refuse("malformed_signature", `The signature data is not strict DER: ${what}.`);

/** The first element of the bytes; more may follow. */
export function readFirst(bytes: Buffer): DerNode {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return broken("it ends too early");
  if ((tag & 0x1f) === 0x1f) return broken("a tag has more than one byte");
  let headerLength = 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count < 1 || count > 4 || bytes.length < 2 + count) return broken("a length is not definite and short");
    length = bytes.readUIntBE(2, count);
    headerLength += count;
    if (length < 0x80 || length < 2 ** (8 * (count - 1))) return broken("a length is not minimal");
  }
  if (headerLength + length > bytes.length) return broken("an element is longer than what holds it");
  return {
    tag,
    raw: bytes.subarray(0, headerLength + length),
    content: bytes.subarray(headerLength, headerLength + length),
  };
}

/** The only element of the bytes. */
export function readOnly(bytes: Buffer, tag?: number): DerNode {
  const node = readFirst(bytes);
  if (node.raw.length !== bytes.length) return broken("bytes follow the last element");
  return tag === undefined ? node : expectTag(node, tag);
}

export function childrenOf(node: DerNode, tag?: number): DerNode[] {
  if (tag !== undefined) expectTag(node, tag);
  const children: DerNode[] = [];
  for (let rest = node.content; rest.length > 0; ) {
    const child = readFirst(rest);
    children.push(child);
    rest = rest.subarray(child.raw.length);
    if (children.length > maxChildren) return broken("a list is too long");
  }
  return children;
}

function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) return broken(`tag ${tag} was expected and ${node?.tag ?? "nothing"} found`);
  return node;
}

/** Takes the elements of a SEQUENCE in order; optional ones by their tag. `end` refuses what nobody took. */
export interface DerFields {
  take(tag: number): DerNode;
  takeAny(): DerNode;
  optional(tag: number): DerNode | null;
  end(): void;
}

export function fieldsOf(node: DerNode, tag: number = derTag.sequence): DerFields {
  const children = childrenOf(node, tag);
  let next = 0;
  return {
    take: (wanted) => expectTag(children[next++], wanted),
    takeAny: () => children[next++] ?? broken("an element is missing"),
    optional: (wanted) => (children[next]?.tag === wanted ? (children[next++] ?? null) : null),
    end: () => {
      if (next !== children.length) broken("an element is not expected where it is");
    },
  };
}

export function objectIdentifier(node: DerNode): string {
  const { content } = expectTag(node, derTag.objectIdentifier);
  const arcs: number[] = [];
  let value = 0;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) broken("an object identifier is not minimal");
    value = value * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(value)) broken("an object identifier is too large");
    fresh = byte < 0x80;
    if (!fresh) continue;
    if (arcs.length === 0)
      arcs.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else arcs.push(value);
    value = 0;
  }
  if (!fresh || content.length === 0) broken("an object identifier is cut off");
  return arcs.join(".");
}

/** A BIT STRING of whole bytes, which all signatures and keys are. */
export function wholeBytes(node: DerNode): Buffer {
  if (node.tag !== derTag.bitString || node.content[0] !== 0) return broken("a bit string is not of whole bytes");
  return node.content.subarray(1);
}

/** An INTEGER that fits a version number or a path length. */
export function smallInteger(node: DerNode): number {
  const { content } = expectTag(node, derTag.integer);
  if (content.length < 1 || content.length > 4) return broken("a small integer was expected");
  if (content.length > 1 && (content.readInt16BE(0) >> 7 === 0 || content.readInt16BE(0) >> 7 === -1)) {
    return broken("an integer is not minimal");
  }
  return content.readIntBE(0, content.length);
}

export function booleanValue(node: DerNode): boolean {
  const { content } = expectTag(node, derTag.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))
    return broken("a boolean is neither true nor false");
  return content[0] === 0xff;
}

/** RFC 5280 §4.1.2.5 and RFC 3161 §2.4.2: UTC only, seconds present, a fraction without trailing zeros. */
export function timeValue(node: DerNode): Date {
  const text = node.content.toString("latin1");
  const pattern =
    node.tag === derTag.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()Z$/
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,8}[1-9])?Z$/;
  const found = pattern.exec(
    expectTag(node, node.tag === derTag.utcTime ? derTag.utcTime : derTag.generalizedTime) && text,
  );
  if (!found) return broken("a time is not well formed");
  const [, year = "", month, day, hour, minute, second, fraction] = found;
  const fullYear = year.length === 4 ? year : Number(year) < 50 ? `20${year}` : `19${year}`;
  const seconds = `${fullYear}-${month}-${day}T${hour}:${minute}:${second}`;
  const instant = new Date(`${seconds}.${(fraction ?? ".").slice(1, 4).padEnd(3, "0")}Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(seconds))
    return broken("a time does not exist");
  return instant;
}
