import { deflateSync } from "node:zlib";
import { type MutablePdf, mutated } from "./mutated-pdf.fixture.ts";

/** Breaks one demand of a sound contract. */
export type Mutation = (pdf: Buffer) => Buffer;

export const inObjects =
  (change: (file: MutablePdf) => void): Mutation =>
  (pdf) =>
    mutated(pdf, change);
export const CATALOG = /\/Type \/Catalog/;
export const FIRST_PAGE = /\/Type \/Page\b[\s\S]*\/StructParents 0\b/;
export const WIDGET = /\/Subtype \/Widget/;
export const FORM_ELEMENT = /\/S \/Form\b/;
export const ROOT_FONT = /\/Subtype \/Type0/;
export const DESCENDANT = /\/Subtype \/CIDFontType2/;
export const DESCRIPTOR = /\/Type \/FontDescriptor/;
export const UNICODE_MAP = /\/Type \/CMap/;
export const APPEARANCE = /\/Subtype \/Form/;
export const FILE_SPECIFICATION = /\/Type \/Filespec/;

/** Replaces in the first object that has `where`. */
export const replacing = (where: RegExp, from: RegExp | string, to: string): Mutation =>
  inObjects((file) => file.replace(file.find(where), from, to));
/** Puts an entry into the first dictionary that has `where`. */
export const entering = (where: RegExp, entry: string): Mutation => replacing(where, "<<", `<< ${entry} `);
export const adding = (body: string): Mutation => inObjects((file) => void file.add(body));
export const inPacket = (from: RegExp | string, to: string): Mutation =>
  inObjects((file) => file.stream(file.find(/\/Type \/Metadata/), (packet) => packet.replace(from, to)));
export const contentOf = (file: MutablePdf): number =>
  Number(/\/Contents (\d+) 0 R/.exec(file.text(file.find(FIRST_PAGE)))?.[1]);
/** Writes operators behind those of the first page. */
export const drawing = (operators: string): Mutation =>
  inObjects((file) => file.stream(contentOf(file), (content) => `${content}\n${operators}\n`));
export const inContent = (from: RegExp | string, to: string): Mutation =>
  inObjects((file) => file.stream(contentOf(file), (content) => content.replace(from, to)));
export const showing = (text: string): Mutation => drawing(`/Artifact BMC BT /f0 8 Tf ${text} Tj ET EMC`);
export const inUnicodeMap = (from: RegExp | string, to: string): Mutation =>
  inObjects((file) => file.stream(file.find(UNICODE_MAP), (map) => map.replace(from, to)));

/** Swaps bytes for as many others, which no offset notices. */
export const swapping =
  (from: string, to: string): Mutation =>
  (pdf) => {
    const at = pdf.indexOf(from, 0, "latin1");
    if (at < 0 || from.length !== to.length) throw new Error(`no ${from}`);
    const copy = Buffer.from(pdf);
    copy.write(to, at, "latin1");
    return copy;
  };

/** A revision whose table is a stream that keeps one object in an object stream. */
export const compressing: Mutation = (pdf) => {
  const [, prev] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString("latin1", pdf.length - 60)) ?? [];
  const trailer = /trailer\s*<<([\s\S]*?)>>\s*startxref\s+\d+\s+%%EOF\s*$/.exec(
    pdf.toString("latin1", pdf.length - 2000),
  )?.[1];
  const size = Number(/\/Size (\d+)/.exec(trailer ?? "")?.[1]);
  const members = deflateSync(Buffer.from(`${size + 1} 0 (x)`));
  const holder = Buffer.concat([
    Buffer.from(
      `${size} 0 obj\n<</Type/ObjStm/N 1/First ${`${size + 1} 0 `.length}/Filter/FlateDecode/Length ${members.length}>>\nstream\n`,
    ),
    members,
    Buffer.from("\nendstream\nendobj\n"),
  ]);
  const at = pdf.length + holder.length;
  const rows = Buffer.alloc(3 * 7);
  [
    [1, pdf.length, 0],
    [2, size, 0],
    [1, at, 0],
  ].forEach(([kind = 0, second = 0, third = 0], row) => {
    rows.writeUInt8(kind, row * 7);
    rows.writeUInt32BE(second, row * 7 + 1);
    rows.writeUInt16BE(third, row * 7 + 5);
  });
  const kept = (trailer ?? "").replace(/\/(Prev|Size) \d+/g, "");
  const head = `${size + 2} 0 obj\n<</Type/XRef/W[1 4 2]/Index[${size} 3]/Size ${size + 3}/Prev ${prev}${kept}/Length ${rows.length}>>\nstream\n`;
  return Buffer.concat([
    pdf,
    holder,
    Buffer.from(head, "latin1"),
    rows,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`),
  ]);
};
