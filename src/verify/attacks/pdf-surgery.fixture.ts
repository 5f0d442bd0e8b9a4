import { deflateSync } from "node:zlib";

/** What attackers do to the bytes of one of our contracts, with no code of the sealer or the verifier. */
export class Patient {
  readonly pdf: Buffer;
  readonly text: string;
  /** Of the last revision. */
  readonly size: number;
  readonly startxref: number;
  readonly catalog: number;
  readonly signature: number;
  /** The first form field: the widget of the seal. */
  readonly widget: number;
  readonly form: number;
  /** The page that the seal stands on. */
  readonly page: number;
  readonly content: number;
  /** From `<` of the signature's value to behind its `>`. */
  readonly hole: readonly [start: number, end: number];

  constructor(pdf: Buffer) {
    this.pdf = pdf;
    this.text = pdf.toString("latin1");
    const numberIn = (pattern: RegExp): number => Number([...this.text.matchAll(pattern)].at(-1)?.[1] ?? Number.NaN);
    this.size = numberIn(/\/Size (\d+)/g);
    this.startxref = numberIn(/startxref\s+(\d+)/g);
    this.catalog = numberIn(/\/Root (\d+) 0 R/g);
    this.signature = numberIn(/\/DocMDP (\d+) 0 R/g);
    this.form = numberIn(/\/AcroForm (\d+) 0 R/g);
    this.widget = numberIn(/\/Fields \[(\d+) 0 R/g);
    // A file that is not sealed yet has no field and no page that it stands on.
    const isSealed = Number.isInteger(this.widget);
    this.page = isSealed ? Number(/\/P (\d+) 0 R/.exec(this.body(this.widget))?.[1]) : Number.NaN;
    this.content = isSealed ? Number(/\/Contents (\d+) 0 R/.exec(this.body(this.page))?.[1]) : Number.NaN;
    const start = this.text.indexOf("/Contents <", this.text.lastIndexOf(`\n${this.signature} 0 obj`)) + 10;
    this.hole = [start, this.text.indexOf(">", start) + 1];
  }

  /** The text of an object as the newest revision has it; streams with their data. */
  body(number: number): string {
    const head = `\n${number} 0 obj`;
    const at = this.text.lastIndexOf(head);
    if (at < 0) throw new Error(`no object ${number}`);
    return this.text.slice(at + head.length, this.text.indexOf("endobj", at)).trim();
  }

  get byteRange(): string {
    return /\/ByteRange \[[^\]]*\] */.exec(this.body(this.signature))?.[0] ?? "";
  }

  get value(): string {
    return this.text.slice(...this.hole);
  }

  /** The object's dictionary with more in it, or with something else in the place of what it has. */
  dictionary(number: number, more: string, without: RegExp = /$^/): string {
    return this.body(number).replace(without, "").replace(/>>$/, `${more}>>`);
  }
}

/** The last occurrence of `from` becomes `to`, filled with spaces so that no offset moves. */
export function inPlace(pdf: Buffer, from: string, to: string): Buffer {
  const at = pdf.lastIndexOf(from, undefined, "latin1");
  if (at < 0 || to.length > from.length)
    throw new Error(`cannot put ${to.length} bytes in the place of "${from.slice(0, 40)}"`);
  const changed = Buffer.from(pdf);
  changed.write(to.padEnd(from.length), at, "latin1");
  return changed;
}

export type Objects = Readonly<Record<number, string>>;

export interface RevisionParts {
  readonly size?: number;
  readonly root?: number;
  readonly prev?: number | null;
  readonly trailer?: string;
  /** Rows of the table besides those of the objects: object number to offset. */
  readonly rows?: Readonly<Record<number, number>>;
  readonly before?: string;
  readonly between?: string;
  readonly behind?: string;
  /** What is left out or put elsewhere; "none" for a revision of objects alone. */
  readonly end?: "usual" | "no table" | "no trailer" | "no startxref" | "old startxref" | "no EOF" | "none";
}

export const stream = (data: string, more = ""): string =>
  `<<${more}/Length ${data.length}>>\nstream\n${data}\nendstream`;
const row = (offset: number): string => `${String(offset).padStart(10, "0")} 00000 n \n`;

/** An incremental update with a classic table. */
export function revise(pdf: Buffer, objects: Objects, parts: RevisionParts = {}): Buffer {
  const { size, startxref, catalog } = new Patient(pdf);
  const rows: Record<number, number> = { ...parts.rows };
  let body = parts.before ?? "";
  for (const [number, text] of Object.entries(objects)) {
    rows[Number(number)] = pdf.length + body.length;
    body += `${number} 0 obj\n${text}\nendobj\n${parts.between ?? ""}`;
  }
  const at = pdf.length + body.length;
  const highest = Math.max(size - 1, ...Object.keys(rows).map(Number));
  const prev = parts.prev === null ? "" : `/Prev ${parts.prev ?? startxref}`;
  const table = `xref\n${Object.entries(rows)
    .map(([number, offset]) => `${number} 1\n${row(offset)}`)
    .join("")}`;
  const trailer = `trailer\n<</Size ${parts.size ?? highest + 1}/Root ${parts.root ?? catalog} 0 R${prev}${parts.trailer ?? oldEntries(pdf)}>>\n`;
  const ends: Readonly<Record<NonNullable<RevisionParts["end"]>, string>> = {
    usual: `${table}${trailer}startxref\n${at}\n%%EOF\n`,
    "no table": `${trailer}startxref\n${at}\n%%EOF\n`,
    "no trailer": `${table}startxref\n${at}\n%%EOF\n`,
    "no startxref": `${table}${trailer}%%EOF\n`,
    "old startxref": `${table}${trailer}startxref\n${startxref}\n%%EOF\n`,
    "no EOF": `${table}${trailer}startxref\n${at}\n`,
    none: "",
  };
  return Buffer.concat([pdf, Buffer.from(`${body}${ends[parts.end ?? "usual"]}${parts.behind ?? ""}`, "latin1")]);
}

/** What the trailer has besides, as a careful attacker repeats it. */
export function oldEntries(pdf: Buffer): string {
  const trailer = [...pdf.toString("latin1").matchAll(/trailer\s*<<([\s\S]*?)>>\s*startxref/g)].at(-1)?.[1] ?? "";
  return [...trailer.matchAll(/\/(?:Info \d+ 0 R|ID \[[^\]]*\])/g)].map(([entry]) => entry).join("");
}

interface StreamRevision {
  /** Objects inside an object stream. */
  readonly compressed?: Objects;
  readonly plain?: Objects;
  readonly trailer?: string;
}

/** An incremental update with a cross-reference stream, which may have its objects in an object stream. */
export function reviseByStream(pdf: Buffer, { compressed = {}, plain = {}, trailer }: StreamRevision): Buffer {
  const { size, startxref, catalog } = new Patient(pdf);
  let body = "";
  const rows: (readonly [number: number, type: number, second: number, third: number])[] = [];
  const put = (number: number, text: string): void => {
    rows.push([number, 1, pdf.length + body.length, 0]);
    body += `${number} 0 obj\n${text}\nendobj\n`;
  };
  for (const [number, text] of Object.entries(plain)) put(Number(number), text);
  const holder = Math.max(size, ...[...Object.keys(compressed), ...Object.keys(plain)].map((key) => Number(key) + 1));
  if (Object.keys(compressed).length > 0) {
    put(holder, objectStream(compressed));
    for (const [index, number] of Object.keys(compressed).entries()) rows.push([Number(number), 2, holder, index]);
  }
  const at = pdf.length + body.length;
  const own = holder + 1;
  const all = [...rows, [own, 1, at, 0] as const].toSorted(([left], [right]) => left - right);
  const data = deflateSync(Buffer.concat(all.map(([, type, second, third]) => rowBytes(type, second, third)))).toString(
    "latin1",
  );
  const index = all.map(([number]) => `${number} 1`).join(" ");
  const entries = `/Type/XRef/Size ${own + 1}/Root ${catalog} 0 R/Prev ${startxref}/W[1 4 2]/Index[${index}]/Filter/FlateDecode${trailer ?? oldEntries(pdf)}`;
  const end = `${own} 0 obj\n${stream(data, entries)}\nendobj\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(body + end, "latin1")]);
}

export function objectStream(objects: Objects): string {
  const texts = Object.entries(objects);
  let offset = 0;
  const index = texts.map(([number, text]) => {
    const pair = `${number} ${offset}`;
    offset += text.length + 1;
    return pair;
  });
  const head = `${index.join(" ")} `;
  const data = deflateSync(Buffer.from(head + texts.map(([, text]) => text).join(" "), "latin1")).toString("latin1");
  return stream(data, `/Type/ObjStm/N ${texts.length}/First ${head.length}/Filter/FlateDecode`);
}

function rowBytes(type: number, second: number, third: number): Buffer {
  const bytes = Buffer.alloc(7);
  bytes.writeUInt8(type, 0);
  bytes.writeUInt32BE(second, 1);
  bytes.writeUInt16BE(third, 5);
  return bytes;
}
