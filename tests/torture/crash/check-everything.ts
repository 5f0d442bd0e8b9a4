import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";

/** What a caller was told: the number under which the order, or the bill, has its contract. */
export interface Acknowledged {
  /** An order's number, or a bill's month. */
  readonly subject: string;
  readonly number: string;
}

export interface Checked {
  readonly contracts: number;
  readonly files: number;
  /** Files that nothing refers to: what a kill leaves between keeping a file and naming it. */
  readonly orphans: number;
  /** A sentence for everything that is not as it must be. */
  readonly failures: readonly string[];
}

/** Looks at the books and the files of an installation that has come to rest, and at all that was promised. */
export async function checkEverything(
  database: Database,
  objects: string,
  acknowledged: readonly Acknowledged[],
): Promise<Checked> {
  const failures: string[] = [];
  for (const [sentence, query] of Object.entries(BROKEN)) {
    const { rows } = await sql.raw<{ what: string }>(query).execute(database);
    failures.push(...rows.map(({ what }) => `${what}: ${sentence}`));
  }
  const contracts = await readContracts(database);
  failures.push(...lost(contracts, acknowledged));
  const files = await readFiles(objects);
  const named = new Set(contracts.flatMap(({ document, unsealed }) => [document, unsealed]));
  for (const { number, document } of contracts) {
    if (document !== null && files.get(document) !== document) failures.push(`${number}: its file is not as it was`);
  }
  const orphans = [...files.keys()].filter((name) => !named.has(name)).length;
  return { contracts: contracts.length, files: files.size, orphans, failures };
}

/** Each answers what breaks the promise that its name makes. */
const BROKEN: Readonly<Record<string, string>> = {
  "more than one contract": `SELECT coalesce(order_id, cycle) AS what FROM contracts
    GROUP BY account, order_id, cycle HAVING count(*) > 1`,
  "the number is not in the directory, or twice": `SELECT c.number AS what FROM contracts c
    LEFT JOIN contract_numbers n ON n.number = c.number AND n.contract_id = c.contract_id
    GROUP BY c.number HAVING count(n.number) <> 1 OR count(*) <> 1`,
  "the numbers of a month have gaps": `SELECT k.seller || ' ' || k.year_month AS what FROM contract_counters k
    WHERE k.last <> (SELECT count(*) FROM contracts c
      WHERE c.seller = k.seller AND split_part(c.number, '-', 2) = k.year_month)
    OR k.last <> (SELECT max(split_part(c.number, '-', 3)::integer) FROM contracts c
      WHERE c.seller = k.seller AND split_part(c.number, '-', 2) = k.year_month)`,
  "it is still being issued": "SELECT number AS what FROM contracts WHERE state <> 'issued'",
  "its request was not announced exactly once": announced("contract.requested", "true", 1),
  "its issue was not announced exactly once": announced("contract.issued", "state = 'issued'", 1),
  "its issue was announced, and it is not issued": announced("contract.issued", "state <> 'issued'", 0),
  "its voiding was not announced exactly once": announced("contract.voided", "voided_at IS NOT NULL", 1),
  "its request was not audited exactly once": audited("contract.requested", "true"),
  "its issue was not audited exactly once": audited("contract.issued", "state = 'issued'"),
  "its voiding was not audited exactly once": audited("contract.voided", "voided_at IS NOT NULL"),
  "its issue was announced for a time before its request": `SELECT i.subject AS what FROM outbox i
    JOIN outbox r ON r.subject = i.subject AND r.type = 'contract.requested'
    WHERE i.type = 'contract.issued' AND i.at < r.at`,
  "it was issued before it was requested": "SELECT number AS what FROM contracts WHERE issued_at < requested_at",
  "the end of its hold was announced twice": `SELECT subject AS what FROM outbox WHERE type = 'order.hold_ended'
    GROUP BY subject HAVING count(*) > 1`,
  "a report of it was kept twice, or without the order": `SELECT order_id AS what FROM order_reports
    GROUP BY account, order_id, revision HAVING count(*) > 1`,
};

function announced(type: string, which: string, times: number): string {
  return `SELECT number AS what FROM contracts WHERE ${which} AND
    (SELECT count(*) FROM outbox WHERE subject = number AND type = '${type}') <> ${times}`;
}

function audited(action: string, which: string): string {
  return `SELECT number AS what FROM contracts WHERE ${which} AND
    (SELECT count(*) FROM audit_entries WHERE object_id = number AND action = '${action}') <> 1`;
}

interface ContractRow {
  readonly subject: string;
  readonly number: string;
  readonly document: string | null;
  readonly unsealed: string | null;
}

async function readContracts(database: Database): Promise<readonly ContractRow[]> {
  const { rows } = await sql<ContractRow>`SELECT coalesce(order_id, cycle) AS subject, number,
    document_sha256 AS document, unsealed_sha256 AS unsealed FROM contracts`.execute(database);
  return rows;
}

function lost(contracts: readonly ContractRow[], acknowledged: readonly Acknowledged[]): readonly string[] {
  const numbers = new Map(contracts.map(({ subject, number }) => [subject, number]));
  return acknowledged
    .filter(({ subject, number }) => numbers.get(subject) !== number)
    .map(({ subject, number }) => `${subject}: ${number} was promised, the books say ${numbers.get(subject)}`);
}

/** Every file by the name that its place gives it, with the hash of what it holds. */
async function readFiles(objects: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const entries = await readdir(objects, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const folder = entry.parentPath.slice(-2);
    const bytes = await readFile(join(entry.parentPath, entry.name));
    files.set(folder + entry.name, createHash("sha256").update(bytes).digest("hex"));
  }
  return files;
}
