import { createHash } from "node:crypto";
import { type CmsOptions, makeCms } from "./cms.fixture.ts";

/** Hand-written PDFs with classic cross-reference tables, sealed without any code of the sealer or the verifier. */

export interface RevisionOptions {
  readonly size: number;
  readonly trailer?: string;
  /** Changes the finished table, for tests of broken ones. */
  readonly table?: (table: string) => string;
}

/** Appends a revision (or writes the first one onto a header) with these objects. */
export function appendRevision(
  previous: Buffer,
  objects: ReadonlyMap<number, string>,
  options: RevisionOptions,
): Buffer {
  const found = /startxref\n(\d+)\n%%EOF\n$/.exec(previous.toString("latin1"));
  const offsets = new Map<number, number>();
  let body = "";
  for (const [number, text] of objects) {
    offsets.set(number, previous.length + body.length);
    body += `${number} 0 obj\n${text}\nendobj\n`;
  }
  const entries = [...offsets].map(([number, at]) => `${number} 1\n${String(at).padStart(10, "0")} 00000 n \n`);
  const table = `xref\n${found ? "" : "0 1\n0000000000 65535 f \n"}${entries.join("")}`;
  const prev = found ? `/Prev ${found[1]}` : "";
  const trailer = `trailer\n<</Size ${options.size}/Root 1 0 R${prev}${options.trailer ?? ""}>>\n`;
  const end = `startxref\n${previous.length + body.length}\n%%EOF\n`;
  return Buffer.concat([previous, Buffer.from(`${body}${options.table?.(table) ?? table}${trailer}${end}`, "latin1")]);
}

const content = "BT /F1 12 Tf 72 700 Td (One contract per order) Tj ET";

export function plainPdf(extra: ReadonlyMap<number, string> = new Map(), size = 5): Buffer {
  const objects = new Map([
    [1, "<</Type/Catalog/Pages 2 0 R>>"],
    [2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"],
    [3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"],
    [4, `<</Length ${content.length}>>\nstream\n${content}\nendstream`],
    ...extra,
  ]);
  return appendRevision(Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1"), objects, { size });
}

/** The objects of the sealing revision; 6 is the signature. */
export const catalog = "<</Type/Catalog/Pages 2 0 R/AcroForm 7 0 R/Perms<</DocMDP 6 0 R>>>>";
export const certification =
  "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]";
const signatureHead = "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20260228093000+08'00')";
const hole = "@".repeat(2 * 6000);
const rangePlace = "#".repeat(48);

export interface SealOptions {
  readonly cms: CmsOptions;
  readonly base?: Buffer;
  /** Objects added to or replacing those of the sealing revision. */
  readonly objects?: ReadonlyMap<number, string>;
  readonly size?: number;
  /** The signature dictionary without /ByteRange and /Contents. */
  readonly signature?: string;
  readonly revision?: Partial<RevisionOptions>;
  /** Appended before signing, so that it is covered. */
  readonly covered?: (unsigned: Buffer) => Buffer;
  readonly byteRange?: (usual: readonly [number, number, number, number]) => readonly number[];
  readonly digest?: (digest: Buffer) => Buffer;
  /** The text between `<` and `>`, given the hexadecimal CMS and the reserved length. */
  readonly fill?: (hex: string, length: number) => string;
}

/** A sealed and certified PDF, sound unless the options say otherwise. */
export function sealedPdf(options: SealOptions): Buffer {
  const signature = options.signature ?? `${signatureHead}${certification}`;
  const objects = new Map([
    [1, catalog],
    [3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[5 0 R]>>"],
    [5, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/F 132/Rect[0 0 0 0]/P 3 0 R/V 6 0 R>>"],
    [6, `<<${signature}/ByteRange${rangePlace}/Contents<${hole}>>>`],
    [7, "<</Fields[5 0 R]/SigFlags 3>>"],
    ...(options.objects ?? []),
  ]);
  const revision = appendRevision(options.base ?? plainPdf(), objects, {
    size: options.size ?? 8,
    ...options.revision,
  });
  return signedInPlace(options.covered?.(revision) ?? revision, options);
}

type SigningOptions = Pick<SealOptions, "cms" | "byteRange" | "digest" | "fill">;

/** Fills the places that the last signature dictionary of the file keeps free, and signs all but that. */
function signedInPlace(unsigned: Buffer, options: SigningOptions): Buffer {
  const start = unsigned.indexOf(`<${hole}>`);
  const end = start + hole.length + 2;
  const usual = [0, start, end, unsigned.length - end] as const;
  const range = `[${(options.byteRange?.(usual) ?? usual).join(" ")}]`.padEnd(rangePlace.length);
  unsigned.write(range, unsigned.indexOf(rangePlace), "latin1");
  const whole = Buffer.concat([unsigned.subarray(0, start), unsigned.subarray(end)]);
  const digest = createHash(options.cms.hash ?? "sha256")
    .update(whole)
    .digest();
  const hex = makeCms(options.digest?.(digest) ?? digest, { whole, ...options.cms }).toString("hex");
  unsigned.write(options.fill?.(hex, hole.length) ?? hex.padEnd(hole.length, "0"), start + 1, "latin1");
  return unsigned;
}

/** A further signature in a revision of its own: field 8 with value 9, or from `free` on. */
export function signedAgain(
  pdf: Buffer,
  { format, free = 8, ...options }: SigningOptions & { readonly format: string; readonly free?: number },
): Buffer {
  const fields = [...pdf.toString("latin1").matchAll(/\/Fields\[([^\]]*)\]/g)].at(-1)?.[1] ?? "";
  const objects = new Map([
    [7, `<</Fields[${fields} ${free} 0 R]/SigFlags 3>>`],
    [free, `<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature${free})/F 132/Rect[0 0 0 0]/P 3 0 R/V ${free + 1} 0 R>>`],
    [
      free + 1,
      `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/${format}/M(D:20260228120000Z)/ByteRange${rangePlace}/Contents<${hole}>>>`,
    ],
  ]);
  return signedInPlace(appendRevision(pdf, objects, { size: free + 2 }), options);
}

/** The border offsets of /Contents in a file made by `sealedPdf`: of `<` and just after `>`. */
export function holeOf(pdf: Buffer): readonly [number, number] {
  const start = pdf.indexOf("/Contents<") + "/Contents".length;
  return [start, start + hole.length + 2];
}
