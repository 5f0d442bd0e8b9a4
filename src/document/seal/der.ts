import { AsnObjectIdentifierConverter } from "@peculiar/asn1-schema";

/** DER tags used when a message is put together from finished parts (ITU-T X.690, 8.1.2). */
export const DER_OCTET_STRING = 0x04;
export const DER_SEQUENCE = 0x30;
export const DER_SET = 0x31;

/** The tag of a constructed context-specific element such as `[0]` (ITU-T X.690, 8.14). */
export function derContextTag(number: 0 | 1 | 4): number {
  return 0xa0 + number;
}

/** One DER element with this tag around the content pieces (ITU-T X.690, 8.1.3 and 10.1). */
export function derElement(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, piece) => sum + piece.length, 0);
  return Buffer.concat([derHeader(tag, length), ...content]);
}

/** A SET OF: the elements in ascending order of their encodings (ITU-T X.690, 11.6). */
export function derSetOf(tag: number, elements: readonly Uint8Array[]): Buffer {
  return derElement(tag, ...elements.toSorted((left, right) => Buffer.compare(left, right)));
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function derObjectIdentifier(identifier: string): Buffer {
  return Buffer.from(AsnObjectIdentifierConverter.toASN(identifier).toBER());
}

function derHeader(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.from([tag, 0x80 + digits.length, ...digits]);
}
