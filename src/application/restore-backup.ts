import { createHash, type Hash } from "node:crypto";
import { parseSha256, type Sha256 } from "../domain/identifiers.ts";
import {
  type BackupEnd,
  type BackupEntry,
  type BackupManifest,
  type BooksCopier,
  type BooksLoad,
  type DumpedTable,
  END_NAME,
  type LoadRefusal,
  MANIFEST_NAME,
  type TrustedCertificates,
} from "./backup-ports.ts";
import type { Objects } from "./ports.ts";

/** `name`: the entry that is not as it was written. */
export type BackupFault =
  | { readonly code: "not_a_backup" }
  | { readonly code: "cut_off" }
  | { readonly code: "damaged"; readonly name: string };

export type RestoreOutcome =
  | { readonly kind: "restored"; readonly madeAt: string; readonly files: number; readonly damaged: readonly Sha256[] }
  | { readonly kind: "refused"; readonly refusal: LoadRefusal }
  | { readonly kind: "faulty"; readonly fault: BackupFault };

interface RestorePorts {
  readonly copier: BooksCopier;
  readonly objects: Objects;
  readonly certificates: TrustedCertificates;
}

/**
 * Puts a backup into an installation that holds nothing. The books appear in one transaction, after every file is safely
 * kept and the backup's own end was read; whatever goes wrong before leaves the books as empty as they were.
 */
export async function restoreBackup(
  { copier, objects, certificates }: RestorePorts,
  entries: AsyncIterable<BackupEntry>,
): Promise<RestoreOutcome> {
  const reader = entries[Symbol.asyncIterator]();
  try {
    const first = await reader.next();
    const manifest = first.done ? null : readManifest(first.value);
    if (!manifest) return { kind: "faulty", fault: { code: "not_a_backup" } };
    let read: BackupFault | BackupEnd = { code: "cut_off" };
    const loaded = await copier.load(manifest.migrations, async (load) => {
      read = await readEntries(manifest, reader, load, objects);
      return !("code" in read);
    });
    if (loaded === "loaded") await certificates.add(manifest.certificates);
    if (loaded === "loaded" || loaded === "undone") return outcomeOf(manifest, read);
    return { kind: "refused", refusal: loaded };
  } finally {
    await reader.return?.();
  }
}

function outcomeOf({ madeAt }: BackupManifest, read: BackupFault | BackupEnd): RestoreOutcome {
  if ("code" in read) return { kind: "faulty", fault: read };
  return { kind: "restored", madeAt, files: read.files, damaged: read.damaged };
}

interface TableSoFar {
  readonly table: DumpedTable;
  readonly sha256: Hash;
  pieces: number;
}

async function readEntries(
  { tables }: BackupManifest,
  reader: AsyncIterator<BackupEntry>,
  load: BooksLoad,
  objects: Objects,
): Promise<BackupFault | BackupEnd> {
  const read = new Map<string, TableSoFar>(
    tables.map((table) => [table.name, { table, sha256: createHash("sha256"), pieces: 0 }]),
  );
  let files = 0;
  for (let next = await reader.next(); !next.done; next = await reader.next()) {
    const { name, bytes } = next.value;
    if (name === END_NAME) return checkedEnd(next.value, read, files);
    const [kind, key = ""] = name.split("/");
    const table = kind === "tables" ? read.get(key) : undefined;
    if (table) {
      table.pieces += 1;
      table.sha256.update(bytes);
      if (!(await load.rows(table.table, bytes))) return { code: "damaged", name };
    } else if (kind === "files" && hashOf(bytes) === key) {
      await objects.put(bytes);
      files += 1;
    } else {
      return { code: "damaged", name };
    }
  }
  return { code: "cut_off" };
}

function checkedEnd(entry: BackupEntry, read: ReadonlyMap<string, TableSoFar>, files: number): BackupFault | BackupEnd {
  const end = readEnd(entry);
  if (!end) return { code: "damaged", name: END_NAME };
  for (const [name, { pieces, sha256 }] of read) {
    const written = end.tables[name];
    if (written?.pieces !== pieces || written.sha256 !== sha256.digest("hex")) return { code: "damaged", name };
  }
  return end.files === files ? end : { code: "damaged", name: "files" };
}

function readManifest({ name, bytes }: BackupEntry): BackupManifest | null {
  const value = name === MANIFEST_NAME ? objectOf(bytes) : null;
  if (value?.format !== 1 || typeof value.madeAt !== "string") return null;
  const { migrations, tables, certificates } = value;
  const isManifest =
    Array.isArray(migrations) &&
    migrations.every(({ name: migration, sha256 }) => typeof migration === "string" && typeof sha256 === "string") &&
    Array.isArray(tables) &&
    tables.every((table) => typeof table.name === "string" && isTexts(table.columns)) &&
    Array.isArray(certificates) &&
    certificates.every(({ path, pem }) => typeof path === "string" && typeof pem === "string");
  return isManifest ? (value as unknown as BackupManifest) : null;
}

function readEnd({ bytes }: BackupEntry): BackupEnd | null {
  const value = objectOf(bytes);
  const { tables, files, damaged } = value ?? {};
  const isEnd =
    typeof tables === "object" &&
    tables !== null &&
    Number.isInteger(files) &&
    isTexts(damaged) &&
    damaged.every((hash) => parseSha256(hash));
  return isEnd ? (value as unknown as BackupEnd) : null;
}

function objectOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
