/**
 * The values a PDF dictionary can hold (ISO 32000-2, 7.3). Strings and numbers keep their spelling from the file, so
 * that a dictionary which is written again with one entry more differs from the original in that entry only.
 */
export type PdfValue =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "reference"; readonly object: number; readonly generation: number }
  | { readonly kind: "array"; readonly items: readonly PdfValue[] }
  | PdfDictionary
  | { readonly kind: "number"; readonly source: string }
  | { readonly kind: "string"; readonly source: string }
  | { readonly kind: "keyword"; readonly source: "true" | "false" | "null" };

export interface PdfDictionary {
  readonly kind: "dictionary";
  /** Keys without the slash, spelled as in the file. */
  readonly entries: ReadonlyMap<string, PdfValue>;
}

export type PdfReference = Extract<PdfValue, { kind: "reference" }>;

export function pdfName(name: string): PdfValue {
  return { kind: "name", name };
}

export function pdfReference(object: number): PdfReference {
  return { kind: "reference", object, generation: 0 };
}

export function pdfArray(...items: readonly PdfValue[]): PdfValue {
  return { kind: "array", items };
}

export function pdfDictionary(entries: Readonly<Record<string, PdfValue>>): PdfDictionary {
  return { kind: "dictionary", entries: new Map(Object.entries(entries)) };
}

export function pdfBoolean(value: boolean): PdfValue {
  return { kind: "keyword", source: value ? "true" : "false" };
}

/** At most four decimals, never an exponent: PDF numbers know none (ISO 32000-2, 7.3.3). */
export function pdfNumber(value: number): PdfValue {
  if (!Number.isFinite(value)) throw new Error(`A PDF number must be finite, not ${value}`);
  return { kind: "number", source: String(Number(value.toFixed(4))) };
}

/** A text string in UTF-16BE with a byte order mark, written in hexadecimal (ISO 32000-2, 7.9.2.2). */
export function pdfText(text: string): PdfValue {
  const hex = Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase();
  return { kind: "string", source: `<FEFF${hex}>` };
}

/** An instant to the second, in UTC (ISO 32000-2, 7.9.4). */
export function pdfDate(instant: Date): PdfValue {
  const digits = instant.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "");
  return { kind: "string", source: `(D:${digits}Z)` };
}

/** The dictionary with these entries added; an entry of the same name is replaced. */
export function withEntries(dictionary: PdfDictionary, added: Readonly<Record<string, PdfValue>>): PdfDictionary {
  return { kind: "dictionary", entries: new Map([...dictionary.entries, ...Object.entries(added)]) };
}

/** The value in PDF syntax, as latin-1 text: one character is one byte. */
export function serializePdfValue(value: PdfValue): string {
  switch (value.kind) {
    case "name":
      return `/${value.name}`;
    case "reference":
      return `${value.object} ${value.generation} R`;
    case "array":
      return `[${value.items.map(serializePdfValue).join(" ")}]`;
    case "dictionary":
      return `<<${[...value.entries].map(([key, entry]) => `/${key} ${serializePdfValue(entry)}`).join(" ")}>>`;
    case "number":
    case "string":
    case "keyword":
      return value.source;
  }
}
