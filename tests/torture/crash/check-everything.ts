import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { collectOrphans } from "../../../src/application/collect-orphans.ts";
import { instantOf } from "../../../src/domain/time.ts";
import type { Database } from "../../../src/store/database.ts";
import { brokenInvariants } from "../../../src/store/invariants/check-books.ts";
import { openLedger } from "../../../src/store/ledger.ts";
import { openLocalObjects } from "../../../src/store/local-objects.ts";

/** What a caller was told: the number under which the order, or the bill, has its contract. */
export interface Acknowledged {
  /** An order's number, or a bill's month. */
  readonly subject: string;
  readonly number: string;
}

export interface Checked {
  readonly contracts: number;
  readonly files: number;
  /** Files that nothing referred to, collected: what a kill leaves between keeping a file and naming it. */
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
  failures.push(...(await brokenInvariants(database)));
  const contracts = await readContracts(database);
  failures.push(...lost(contracts, acknowledged));
  const files = await readFiles(objects);
  const archives = await readArchives(database);
  const named = new Set([...contracts.flatMap(({ document, unsealed }) => [document, unsealed]), ...archives.values()]);
  for (const { number, document } of contracts) {
    if (document === null) failures.push(`${number} is still being issued`);
    else if (files.get(document) !== document) failures.push(`${number}: its file is not as it was`);
  }
  for (const [number, archive] of archives) {
    if (files.get(archive) !== archive) failures.push(`${number}: its archive is not as it was`);
  }
  const orphans = [...files.keys()].filter((name) => !named.has(name)).length;
  const left = await collect(database, objects);
  failures.push(...left.filter((name) => !named.has(name)).map((name) => `${name}: left over after the collection`));
  if (left.length + orphans !== files.size) failures.push(`${left.length} files are left of ${files.size}`);
  return { contracts: contracts.length, files: files.size, orphans, failures };
}

/** Collects what nobody refers to, as the service does after a day; answers the names of the files that are left. */
async function collect(database: Database, objects: string): Promise<readonly string[]> {
  const clock = { now: () => instantOf(Date.now()) };
  const actor = { kind: "system", id: "torture" } as const;
  const ports = { ledger: openLedger(database), objects: openLocalObjects(objects), clock };
  await collectOrphans(ports, actor, { graceMs: 0 });
  return [...(await readFiles(objects)).keys()];
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

/** By the number of the contract: nothing here lives long enough for a second one. */
async function readArchives(database: Database): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ number: string; document: string }>`SELECT number,
    contract_archives.document_sha256 AS document FROM contract_archives JOIN contracts USING (account, contract_id)`.execute(
    database,
  );
  return new Map(rows.map(({ number, document }) => [number, document]));
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
