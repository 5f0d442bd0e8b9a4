import { canonicalJson } from "../domain/canonical-json.ts";
import { parseInstant } from "../domain/time.ts";

/** What another system has established about an identity: an answer of a bank, of a register, of a verification service. */
export interface EvidenceFacts {
  /** How: "bank transfer of a known amount", "business register". */
  readonly method: string;
  /** The number of the proceeding there. */
  readonly reference: string;
  readonly verifiedAt: string;
  readonly verifiedBy: string;
  readonly note?: string;
}

const LONGEST = { method: 100, reference: 200, verifiedBy: 200, note: 2000 } as const;
const KNOWN = new Set(["method", "reference", "verifiedAt", "verifiedBy", "note"]);
/** PostgreSQL would keep any of it, being encrypted; a reader would not see it. */
const UNSEEN = /[\p{Cc}\p{Cs}]/u;

/** Reads facts; the name of the field that is not as it should be otherwise, "" for the whole. */
export function readEvidenceFacts(value: unknown): EvidenceFacts | { readonly faultyField: string } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { faultyField: "" };
  const given = new Map<string, unknown>(Object.entries(value));
  const foreign = [...given.keys()].find((name) => !KNOWN.has(name));
  if (foreign !== undefined) return { faultyField: foreign.slice(0, 40) };
  const texts = { method: "", reference: "", verifiedBy: "" };
  for (const name of ["method", "reference", "verifiedBy"] as const) {
    const text = readText(given.get(name), LONGEST[name]);
    if (text === null) return { faultyField: name };
    texts[name] = text;
  }
  const verifiedAt = given.get("verifiedAt");
  if (typeof verifiedAt !== "string" || parseInstant(verifiedAt) === null) return { faultyField: "verifiedAt" };
  if (given.get("note") === undefined) return { ...texts, verifiedAt };
  const note = readText(given.get("note"), LONGEST.note);
  return note === null ? { faultyField: "note" } : { ...texts, verifiedAt, note };
}

/** The same text for the same facts. */
export function textOfFacts({ method, reference, verifiedAt, verifiedBy, note }: EvidenceFacts): string {
  return canonicalJson({ method, reference, verifiedAt, verifiedBy, ...(note !== undefined && { note }) });
}

function readText(value: unknown, longest: number): string | null {
  if (typeof value !== "string" || value.length > longest || UNSEEN.test(value)) return null;
  const text = value.trim().normalize("NFC");
  return text === "" ? null : text;
}
