import type { FormerErasure } from "../application/erase-account.ts";
import { isErasureReference, parseErasureReason } from "../domain/erasure.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import { parseInstant } from "../domain/time.ts";
import { WrongUse } from "./terminal.ts";

/**
 * The erasures among the lines of NDJSON: entries of the audit (`action`, `at`, `detail`) or events as webhooks carry them
 * (`type`, `time`, `data`), of `account.erased`. Other lines are passed over; one of these that cannot be read is wrong
 * use, since an erasure that is passed over would be undone.
 */
export function formerErasures(text: string): readonly FormerErasure[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const members = membersOf(line);
    if (!members) throw new WrongUse(`Line ${index + 1} is no JSON object.`);
    if (members.get("action") !== "account.erased" && members.get("type") !== "account.erased") return [];
    const erasure = erasureOf(members);
    if (!erasure) throw new WrongUse(`Line ${index + 1} is an erasure without its account or its time.`);
    return [erasure];
  });
}

function erasureOf(members: ReadonlyMap<string, unknown>): FormerErasure | null {
  const account = parseAccountId(String(members.get("account") ?? ""));
  const at = parseInstant(String(members.get("at") ?? members.get("time") ?? ""));
  if (!account || at === null) return null;
  const detail = new Map(entriesOf(members.get("detail") ?? members.get("data")));
  const reference = detail.get("reference");
  return {
    account,
    at,
    reason: parseErasureReason(String(detail.get("reason") ?? "")) ?? "requested",
    reference: typeof reference === "string" && isErasureReference(reference) ? reference : null,
  };
}

function membersOf(line: string): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
