import { inflateSync } from "node:zlib";
import { openDocument } from "../pdf-document.ts";
import { findLastTable } from "../pdf-tail.ts";

/** A file on its way to be broken: objects are text, and whatever is changed follows in one update behind it. */
export interface MutablePdf {
  /** The number of the first object whose text (of a stream: its dictionary) has this. */
  find(pattern: RegExp): number;
  /** The same for what an uncompressed stream holds. */
  findStream(pattern: RegExp): number;
  text(number: number): string;
  /** Replaces in the object's text; throws where nothing changes, so that no mutation is idle. */
  replace(number: number, from: RegExp | string, to: string): void;
  /** Adds an object and gives its number. */
  add(body: string): number;
  /** Writes the object's whole text, from its number to `endobj`. */
  raw(number: number, text: string): void;
  /** Decodes the stream, lets it be changed and writes it uncompressed. */
  stream(number: number, change: (data: string) => string): void;
  trailer(from: RegExp, to: string): void;
}

interface Stored {
  readonly dictionary: string;
  /** Latin-1; null for an object that is no stream. */
  readonly data: string | null;
}

/** The changed file; nothing of it is signed any more, which the checker does not ask for. */
export function mutated(pdf: Buffer, change: (file: MutablePdf) => void): Buffer {
  const document = openDocument(pdf, findLastTable(pdf));
  const offsets = new Map<number, number>();
  for (const revision of document.revisions.toReversed()) {
    for (const [number, entry] of revision.objects) if (entry.kind === "offset") offsets.set(number, entry.offset);
  }
  const written = new Map<number, string>();
  const objects = new Map([...offsets].map(([number, offset]) => [number, readStored(pdf, offset)]));
  let next = Math.max(...offsets.keys()) + 1;
  const tail = pdf.toString("latin1", document.revisions[0].offset);
  let trailer = /trailer\s*<<([\s\S]*)>>\s*startxref/.exec(tail)?.[1] ?? "";
  trailer = trailer.replace(/\/(Prev|Size) \d+/g, "");

  const of = (number: number): Stored => {
    const stored = objects.get(number);
    if (!stored) throw new Error(`no object ${number}`);
    return stored;
  };
  const write = (number: number, { dictionary, data }: Stored): void => {
    objects.set(number, { dictionary, data });
    const stream = data === null ? "" : `\nstream\n${data}\nendstream`;
    written.set(number, `${number} 0 obj\n${dictionary}${stream}\nendobj\n`);
  };
  change({
    find(pattern) {
      for (const [number, { dictionary }] of objects) if (pattern.test(dictionary)) return number;
      throw new Error(`no object with ${pattern}`);
    },
    findStream(pattern) {
      for (const [number, { data }] of objects) if (pattern.test(data ?? "")) return number;
      throw new Error(`no stream with ${pattern}`);
    },
    text: (number) => of(number).dictionary,
    replace(number, from, to) {
      const { dictionary, data } = of(number);
      const changed = dictionary.replace(from, to);
      if (changed === dictionary) throw new Error(`object ${number} has no ${from}: ${dictionary.slice(0, 300)}`);
      write(number, { dictionary: changed, data });
    },
    add(body) {
      write(next, { dictionary: body, data: null });
      return next++;
    },
    raw(number, text) {
      written.set(number, text);
      next = Math.max(next, number + 1);
    },
    stream(number, changeData) {
      const { dictionary, data } = of(number);
      const decoded = /\/FlateDecode/.test(dictionary)
        ? inflateSync(Buffer.from(data ?? "", "latin1")).toString("latin1")
        : (data ?? "");
      const changed = changeData(decoded);
      if (changed === decoded) throw new Error(`stream ${number} does not change`);
      const plain = dictionary
        .replace(/\/Filter\s*\/FlateDecode/, "")
        .replace(/\/Length\s+\d+/, `/Length ${changed.length}`);
      write(number, { dictionary: plain, data: changed });
    },
    trailer(from, to) {
      const changed = trailer.replace(from, to);
      if (changed === trailer) throw new Error(`the trailer has no ${from}`);
      trailer = changed;
    },
  });
  return append(pdf, written, `${trailer} /Size ${next} /Prev ${document.revisions[0].offset}`);
}

function readStored(pdf: Buffer, offset: number): Stored {
  const start = pdf.indexOf("obj", offset) + 3;
  const end = pdf.indexOf("endobj", start);
  const stream = /stream\r?\n/.exec(pdf.toString("latin1", start, end));
  const length = stream && Number(/\/Length\s+(\d+)/.exec(pdf.toString("latin1", start, start + stream.index))?.[1]);
  if (!stream || length === null) return { dictionary: pdf.toString("latin1", start, end).trim(), data: null };
  const from = start + stream.index + stream[0].length;
  const dictionary = pdf.toString("latin1", start, start + stream.index).trim();
  return { dictionary, data: pdf.toString("latin1", from, from + length) };
}

function append(file: Buffer, written: ReadonlyMap<number, string>, trailer: string): Buffer {
  // Typst ends without one, and an object begins on its own line.
  const pdf = file.at(-1) === 10 ? file : Buffer.concat([file, Buffer.from("\n")]);
  let position = pdf.length;
  let table = "";
  for (const [number, text] of written) {
    table += `${number} 1\n${String(position).padStart(10, "0")} 00000 n \n`;
    position += text.length;
  }
  const update = `${[...written.values()].join("")}xref\n${table || "0 0\n"}trailer\n<<${trailer}>>\nstartxref\n${position}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(update, "latin1")]);
}
