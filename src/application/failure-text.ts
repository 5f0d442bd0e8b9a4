import { KeysUnavailable } from "./account-keys.ts";
import { BooksUnavailable, codeOf } from "./books-unavailable.ts";
import { ObjectDamaged, StorageUnavailable } from "./object-faults.ts";

/** Their messages are ours, and made of nothing but what an operator has to know. */
const OURS = [BooksUnavailable, StorageUnavailable, ObjectDamaged, KeysUnavailable];

/**
 * What may be said of a failure in a log, which others keep and read than those who may read the books: what kind it is and
 * where it happened, without names, addresses, numbers of persons, or secrets. Of the database's errors only the code and
 * what of ours they name, since their messages and details quote rows; of others the message without what it quotes.
 */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return withoutData(String(error));
  if (OURS.some((ours) => error instanceof ours)) return `${error.name}: ${error.message}`;
  return databaseText(error) ?? engineText(error) ?? `${error.name}: ${withoutData(error.message)}`;
}

/** The same, and the way by which it came: file and line of each call, which hold no data. */
export function failureTrace(error: unknown): string {
  return [failureText(error), ...callsOf(error)].join("\n");
}

function callsOf(error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").filter((line) => /^ {4}at \S.*:\d+:\d+\)?$/.test(line));
}

/** PostgreSQL's message protocol, error fields: the SQLSTATE, and the objects of the schema that it is about. */
function databaseText(error: Error): string | null {
  const code = codeOf(error);
  if (!/^[0-9A-Z]{5}$/.test(code) || !("severity" in error)) return null;
  const parts = (["constraint", "table", "column", "routine"] as const).flatMap((part) => {
    const name: unknown = Object.getOwnPropertyDescriptor(error, part)?.value;
    return typeof name === "string" && /^\w+$/.test(name) ? [`${part} ${name}`] : [];
  });
  return `database error ${[code, ...parts].join(", ")}`;
}

/**
 * Of what the engine itself throws nothing but the place: its messages quote the values they are about, in ways that
 * cannot be told from words ("Cannot convert 110101199003070000x to a BigInt").
 */
function engineText(error: Error): string | null {
  const isEngines = [TypeError, RangeError, SyntaxError, ReferenceError, URIError].some(
    (kind) => error instanceof kind,
  );
  if (!isEngines) return null;
  // What could not be fetched says why in its cause.
  const code = codeOf(error) || codeOf(error.cause);
  const place = callsOf(error)[0]?.trim() ?? "";
  return [error.name, code, place].filter((part) => part !== "").join(" ");
}

const GONE = "…";

/** What messages quote: input, rows, file contents. Errors of JSON.parse quote what they could not read. */
function withoutData(message: string): string {
  return message
    .replaceAll(/"[^"]*"|`[^`]*`|(?<!\p{L})'[^']*'/gu, `"${GONE}"`)
    .replaceAll(/[{[][\s\S]*[}\]]/g, `{${GONE}}`)
    .replaceAll(/\b(?:oss|osk|osp|whsec|Bearer|Basic)[_ ]\S+/gi, GONE)
    .replaceAll(/\S+@\S+/g, GONE)
    .replaceAll(/[^\p{ASCII}]+/gu, GONE)
    .replaceAll(/\b(?=\w*\d)\w{15,}\b|\b\d{7,}\b/g, GONE);
}
