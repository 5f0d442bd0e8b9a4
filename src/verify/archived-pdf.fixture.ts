import { createHash } from "node:crypto";
import type { Party } from "./certificates.fixture.ts";
import { type TokenOptions, timestampToken } from "./cms.fixture.ts";
import { appendRevision, type RevisionOptions } from "./sealed-pdf.fixture.ts";

/** Archive data and document timestamps by hand, behind the files of `sealedPdf`; no code of the sealer. */

export interface StoreOptions {
  readonly certificates?: readonly Buffer[];
  readonly crls?: readonly Buffer[];
  readonly ocsps?: readonly Buffer[];
  /** The text of /VRI, given the right name and the lists of its entry. */
  readonly vri?: (name: string, entry: string) => string;
  /** Objects added to or replacing those of the revision, given the first number that is free. */
  readonly objects?: (free: number) => ReadonlyMap<number, string>;
  readonly catalog?: string;
  readonly revision?: Partial<RevisionOptions>;
  /** What stands in the catalog besides. */
  readonly dss?: string;
}

const sizeOf = (pdf: Buffer): number =>
  Number([...pdf.toString("latin1").matchAll(/trailer\n<<\/Size (\d+)/g)].at(-1)?.[1]);

const stream = (data: Buffer): string => `<</Length ${data.length}>>\nstream\n${data.toString("latin1")}\nendstream`;

/** The file with a security store behind it; a second one continues the lists of the first. */
export function withStore(pdf: Buffer, options: StoreOptions = {}): Buffer {
  const objects = new Map<number, string>();
  const known = /\/DSS (\d+) 0 R/.exec(pdf.toString("latin1"))?.[1];
  let next = sizeOf(pdf);
  const number = known === undefined ? next++ : Number(known);
  const lists = { Certs: options.certificates ?? [], CRLs: options.crls ?? [], OCSPs: options.ocsps ?? [] };
  const store = Object.entries(lists).map(([list, files]) => {
    const references = files.map((bytes) => {
      objects.set(next, stream(bytes));
      return `${next++} 0 R`;
    });
    const former = known === undefined ? "" : (formerList(pdf, list) ?? "");
    return { list, items: [former, ...references].join(" ").trim() };
  });
  const text = store.map(({ list, items }) => `/${list}[${items}]`).join("");
  const entry = `<<${store.map(({ list, items }) => `/${list.slice(0, -1)}[${items}]`).join("")}>>`;
  const vri = options.vri?.(nameOf(pdf), entry) ?? `<</${nameOf(pdf)} ${entry}>>`;
  objects.set(number, options.dss ?? `<</Type/DSS/VRI${vri}${text}>>`);
  if (known === undefined) objects.set(1, options.catalog ?? `${sealedCatalog}/DSS ${number} 0 R>>`);
  const more = options.objects?.(next) ?? new Map();
  const all = new Map([...objects, ...more]);
  return appendRevision(pdf, all, { size: Math.max(next, ...all.keys(), 0) + 1, ...options.revision });
}

const sealedCatalog = "<</Type/Catalog/Pages 2 0 R/AcroForm 7 0 R/Perms<</DocMDP 6 0 R>>";

function formerList(pdf: Buffer, list: string): string | undefined {
  return [...pdf.toString("latin1").matchAll(new RegExp(`/${list}\\[([^\\]]*)\\]`, "g"))].at(-1)?.[1];
}

/** SHA-1 of the seal's whole value, which is the first of the file. */
function nameOf(pdf: Buffer): string {
  const hex = /\/Contents<([0-9A-Fa-f]+)>/.exec(pdf.toString("latin1"))?.[1] ?? "";
  return createHash("sha1").update(Buffer.from(hex, "hex")).digest("hex").toUpperCase();
}

export interface StampOptions extends TokenOptions {
  readonly page?: string;
  readonly widget?: string;
  readonly form?: (fields: string) => string;
  readonly signature?: string;
  readonly objects?: (free: number) => ReadonlyMap<number, string>;
}

const hole = "@".repeat(2 * 3000);
const rangePlace = "#".repeat(48);

/** The file with a document timestamp behind it, in a field of its own on the sealed page. */
export function stampedDocument(pdf: Buffer, authority: Party, options: StampOptions): Buffer {
  const free = sizeOf(pdf);
  const [widget, signature] = [free, free + 1];
  const annotations = [...pdf.toString("latin1").matchAll(/\/Annots\[([^\]]*)\]/g)].at(-1)?.[1] ?? "";
  const fields = [...pdf.toString("latin1").matchAll(/\/Fields\[([^\]]*)\]/g)].at(-1)?.[1] ?? "";
  const added = `${fields} ${widget} 0 R`;
  const objects = new Map([
    [
      3,
      options.page ??
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[${annotations} ${widget} 0 R]>>`,
    ],
    [7, options.form?.(added) ?? `<</Fields[${added}]/SigFlags 3>>`],
    [
      widget,
      `<</Type/Annot/Subtype/Widget/FT/Sig/T(Stamp${free})/F 132/P 3 0 R/V ${signature} 0 R${options.widget ?? "/Rect[0 0 0 0]"}>>`,
    ],
    [
      signature,
      `<<${options.signature ?? "/Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"}/ByteRange${rangePlace}/Contents<${hole}>>>`,
    ],
    ...(options.objects?.(free + 2) ?? []),
  ]);
  const unsigned = appendRevision(pdf, objects, { size: Math.max(...objects.keys()) + 1 });
  const start = unsigned.indexOf(`<${hole}>`);
  const end = start + hole.length + 2;
  const range = `[0 ${start} ${end} ${unsigned.length - end}]`.padEnd(rangePlace.length);
  unsigned.write(range, unsigned.indexOf(rangePlace), "latin1");
  const covered = Buffer.concat([unsigned.subarray(0, start), unsigned.subarray(end)]);
  const hex = timestampToken(authority, covered, options).toString("hex");
  unsigned.write(hex.padEnd(hole.length, "0"), start + 1, "latin1");
  return unsigned;
}
