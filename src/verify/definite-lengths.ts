import { derTag } from "./der.ts";
import { refuse } from "./verdict.ts";

const maxDepth = 32;
const maxElements = 20_000;
const constructed = 0x20;

const broken = (what: string): never => refuse("malformed_signature", `The signature data is not BER: ${what}.`);

/**
 * The one element of the bytes, which zeros may follow, as DER would have it, as far as lengths go: BER (ITU-T X.690 §8) leaves them open, as
 * writers do that stream, or longer than need be, and cuts strings into pieces. DER comes out as it went in. Only for
 * signatures that no seal of ours is taken for.
 */
export function withDefiniteLengths(bytes: Buffer): Buffer {
  const { der, end } = readElement({ bytes, elementsLeft: maxElements }, 0, 0);
  return bytes.subarray(end).every((byte) => byte === 0) ? der : broken("something else follows it");
}

interface Source {
  readonly bytes: Buffer;
  elementsLeft: number;
}

interface Element {
  readonly der: Buffer;
  readonly content: Buffer;
  /** Just behind it. */
  readonly end: number;
}

function readElement(source: Source, at: number, depth: number): Element {
  const { bytes } = source;
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return broken("it ends too early");
  if ((tag & 0x1f) === 0x1f) return broken("a tag has more than one byte");
  if (depth > maxDepth || source.elementsLeft-- <= 0) return broken("it is too complex");
  const count = first & 0x7f;
  if (first > 0x84 || at + 2 + (first > 0x80 ? count : 0) > bytes.length) return broken("a length is too long");
  const start = at + 2 + (first > 0x80 ? count : 0);
  const length = first < 0x80 ? first : first === 0x80 ? null : bytes.readUIntBE(at + 2, count);
  const end = length === null ? null : start + length;
  if (end !== null && end > bytes.length) return broken("an element is longer than what holds it");
  if ((tag & constructed) === 0) {
    return end === null ? broken("a length is missing") : encode(tag, bytes.subarray(start, end), end);
  }
  const parts: Element[] = [];
  let next = start;
  while (end === null ? bytes[next] !== 0 || bytes[next + 1] !== 0 : next < end) {
    const part = readElement(source, next, depth + 1);
    parts.push(part);
    next = part.end;
  }
  if (end !== null && next !== end) return broken("an element is longer than what holds it");
  const close = end ?? next + 2;
  return tag === (derTag.octetString | constructed)
    ? encode(derTag.octetString, Buffer.concat(parts.map(({ content }) => content)), close)
    : encode(tag, Buffer.concat(parts.map(({ der }) => der)), close);
}

function encode(tag: number, content: Buffer, end: number): Element {
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest & 255);
  const header = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  return { der: Buffer.concat([Buffer.from(header), content]), content, end };
}
