import type { PdfDocument } from "../pdf-document.ts";
import { isArray, isDictionary, isName, isString, type PdfDictionary, type PdfValue } from "../pdf-lexer.ts";

/** A dictionary and the object it stands in. */
interface FoundDictionary {
  readonly number: number;
  readonly dictionary: PdfDictionary;
}

/** What one pass over all objects finds, whether or not anything refers to it. */
export interface ObjectScan {
  readonly count: number;
  /** Objects that are streams. */
  readonly streams: readonly FoundDictionary[];
  /** Dictionaries with /S that names an action (ISO 32000-2, 12.6.4), and those with a key that only actions have. */
  readonly actions: readonly (FoundDictionary & { readonly kind: string })[];
  /** Dictionaries by a key of theirs that the rules ask for. */
  having(key: WatchedKey): readonly FoundDictionary[];
  /** Strings and numbers beyond what ISO 19005-3, 6.1.13, allows. Longer names are refused by the reader. */
  readonly beyondLimits: readonly string[];
  readonly oddHexStrings: readonly string[];
}

const WATCHED = [
  "AA",
  "AFRelationship",
  "Alternates",
  "BM",
  "EF",
  "FontDescriptor",
  "DescendantFonts",
  "HTP",
  "HalftoneType",
  "Intent",
  "JS",
  "Lang",
  "OC",
  "OCGs",
  "OPI",
  "PS",
  "Ref",
  "RI",
  "RichMediaContent",
  "SMask",
  "TR",
  "TR2",
  "URI",
  "FS",
  "TransformMethod",
] as const;
type WatchedKey = (typeof WATCHED)[number];
const WATCHED_KEYS: ReadonlySet<string> = new Set(WATCHED);

const ACTIONS: ReadonlySet<string> = new Set(
  `GoTo GoToR GoToE Launch Thread URI Sound Movie Hide Named SubmitForm ResetForm ImportData JavaScript SetOCGState
   Rendition Trans GoTo3DView GoToDp RichMediaExecute SetState NOP`.split(/\s+/),
);

/** ISO 19005-3, 6.1.13. */
const LONGEST_STRING = 32_767;
const LARGEST_INTEGER = 2_147_483_647;

/** Scans every object of the newest view of the file. */
export function scanObjects(document: PdfDocument): ObjectScan {
  const scan = new Scan(document.bytes);
  for (const { number, value } of document.liveObjects()) scan.object(number, value);
  return scan;
}

class Scan implements ObjectScan {
  readonly #bytes: Buffer;
  readonly #having = new Map<string, FoundDictionary[]>();
  readonly streams: FoundDictionary[] = [];
  readonly actions: (FoundDictionary & { readonly kind: string })[] = [];
  readonly beyondLimits: string[] = [];
  readonly oddHexStrings: string[] = [];
  count = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  having(key: WatchedKey): readonly FoundDictionary[] {
    return this.#having.get(key) ?? [];
  }

  object(number: number, value: PdfValue): void {
    this.count++;
    if (isDictionary(value) && value.entries.has("Length") && !value.entries.has("StmF")) {
      this.streams.push({ number, dictionary: value });
    }
    this.#value(number, value);
  }

  #value(number: number, value: PdfValue): void {
    if (value === null || typeof value === "boolean") return;
    if (typeof value === "number") {
      if (Math.abs(value) > LARGEST_INTEGER) this.beyondLimits.push(`object ${number}: the number ${value}`);
    } else if (isArray(value)) for (const item of value.items) this.#value(number, item);
    else if (isDictionary(value)) this.#dictionary(number, value);
    else if (isString(value)) this.#string(number, value);
  }

  #string(
    number: number,
    { form, start, end }: { readonly form: string; readonly start: number; readonly end: number },
  ): void {
    const length = end - start - 2;
    if (form === "literal" ? length > LONGEST_STRING : length > 2 * LONGEST_STRING) {
      this.beyondLimits.push(`object ${number}: a string of ${length} characters`);
    }
    if (form === "hex" && length % 2 !== 0) {
      const digits = this.#bytes.toString("latin1", start + 1, end - 1).replace(/[\0\t\n\f\r ]/g, "");
      if (digits.length % 2 !== 0) this.oddHexStrings.push(`object ${number}, byte ${start}`);
    }
  }

  #dictionary(number: number, dictionary: PdfDictionary): void {
    for (const [key, value] of dictionary.entries) {
      if (WATCHED_KEYS.has(key)) {
        const found = this.#having.get(key) ?? [];
        found.push({ number, dictionary });
        this.#having.set(key, found);
      }
      this.#value(number, value);
    }
    const kind = dictionary.entries.get("S");
    if (isName(kind) && ACTIONS.has(kind.name)) this.actions.push({ number, dictionary, kind: kind.name });
    else if (dictionary.entries.has("JS")) this.actions.push({ number, dictionary, kind: "JavaScript" });
  }
}
