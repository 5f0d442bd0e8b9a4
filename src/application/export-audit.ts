import { stringify } from "csv-stringify/sync";
import { isoOf } from "../domain/time.ts";
import type { AuditFilter, AuditLine, AuditShelf } from "./audit-shelf.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";

export const AUDIT_FORMATS = ["csv", "ndjson"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

const AT_ONCE = 1_000;
const COLUMNS = [
  "position",
  "id",
  "at",
  "actorKind",
  "actor",
  "from",
  "action",
  "account",
  "objectKind",
  "object",
  "policyVersion",
  "detail",
];

/**
 * The audit as a file, oldest first, in pieces; that somebody took it away is recorded before the first of them. A cell of the
 * CSV that a spreadsheet would take for a formula has an apostrophe before it.
 */
export async function* exportAudit(
  { ledger, clock }: { readonly ledger: Ledger & AuditShelf; readonly clock: Clock },
  actor: Actor,
  filter: AuditFilter,
  format: AuditFormat,
): AsyncGenerator<string> {
  const asked = Object.entries(filter).filter(([, value]) => value !== null);
  await ledger.transaction((transaction) =>
    transaction.audit({
      ...{ at: clock.now(), actor, action: "audit.exported", account: null, policyVersion: null },
      objectKind: "audit",
      objectId: "audit",
      detail: { format, ...Object.fromEntries(asked) },
    }),
  );
  if (format === "csv") yield stringify([COLUMNS]);
  for (let after = 0; ; ) {
    const lines = await ledger.auditAfter(filter, after, AT_ONCE);
    yield format === "csv" ? csvOf(lines) : lines.map((line) => `${JSON.stringify(auditLineJson(line))}\n`).join("");
    const last = lines.at(-1);
    if (!last || lines.length < AT_ONCE) return;
    after = last.position;
  }
}

/** As the API and the export have it. */
export function auditLineJson({ position, at, ...line }: AuditLine) {
  const { id, actor, from, action, account, object, policyVersion, detail } = line;
  return {
    position: String(position),
    ...{ id, at: isoOf(at), actor: { ...actor }, from, action, account, object: { ...object }, policyVersion },
    detail: { ...detail },
  };
}

function csvOf(lines: readonly AuditLine[]): string {
  const rows = lines.map(({ position, id, at, actor, from, action, account, object, policyVersion, detail }) => [
    ...[position, id, isoOf(at), actor.kind, actor.id, from, action, account, object.kind, object.id, policyVersion],
    JSON.stringify(detail),
  ]);
  // OWASP's advice on CSV injection; a line of JSON begins with a brace, and numbers of ours are not negative.
  return stringify(rows, { escape_formulas: true });
}
