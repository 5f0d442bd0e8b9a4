import { createHash } from "node:crypto";
import type { Sha256 } from "../domain/identifiers.ts";
import { isoOf } from "../domain/time.ts";
import {
  type BackupEnd,
  type BackupEntry,
  type BackupManifest,
  type BooksCopier,
  type BooksDump,
  END_NAME,
  MANIFEST_NAME,
  type TrustedCertificates,
} from "./backup-ports.ts";
import type { Clock, Objects } from "./ports.ts";

export interface BackUpPorts {
  readonly copier: BooksCopier;
  readonly objects: Objects;
  readonly certificates: TrustedCertificates;
  readonly clock: Clock;
}

/** What a backup holds; the rows by table. */
export interface BackupReport {
  readonly madeAt: string;
  readonly files: number;
  readonly damaged: readonly Sha256[];
}

type Write = (entry: BackupEntry) => Promise<void>;

/**
 * Writes a backup while the service goes on: the books as of one moment, then every file that they refer to. A file is
 * kept before the books refer to it, and never changed or removed afterwards, so that what comes later than the moment
 * fits all the same. A file that is missing or altered is named in the report; the backup holds the rest.
 */
export async function backUp(
  { copier, objects, certificates, clock }: BackUpPorts,
  write: Write,
): Promise<BackupReport> {
  return copier.dump(async (dump) => {
    const madeAt = isoOf(clock.now());
    const { migrations, tables } = dump;
    const manifest = { format: 1, madeAt, migrations, tables, certificates: await certificates.read() } as const;
    await write(json(MANIFEST_NAME, manifest satisfies BackupManifest));
    const written = await writeTables(dump, write);
    const { files, damaged } = await writeFiles(dump, objects, write);
    await write(json(END_NAME, { tables: written, files, damaged } satisfies BackupEnd));
    return { madeAt, files, damaged };
  });
}

async function writeTables(dump: BooksDump, write: Write): Promise<BackupEnd["tables"]> {
  const written: [string, BackupEnd["tables"][string]][] = [];
  for (const table of dump.tables) {
    const sha256 = createHash("sha256");
    let pieces = 0;
    for await (const bytes of dump.rows(table)) {
      pieces += 1;
      sha256.update(bytes);
      await write({ name: `tables/${table.name}/${String(pieces).padStart(6, "0")}`, bytes });
    }
    written.push([table.name, { pieces, sha256: sha256.digest("hex") }]);
  }
  return Object.fromEntries(written);
}

async function writeFiles(
  dump: BooksDump,
  objects: Objects,
  write: Write,
): Promise<{ readonly files: number; readonly damaged: readonly Sha256[] }> {
  const damaged: Sha256[] = [];
  let files = 0;
  for await (const hash of dump.files()) {
    // An altered file throws; either way there is nothing to keep of it.
    const bytes = await objects.get(hash).catch(() => null);
    if (bytes === null) {
      damaged.push(hash);
      continue;
    }
    files += 1;
    await write({ name: `files/${hash}`, bytes });
  }
  return { files, damaged };
}

function json(name: string, value: unknown): BackupEntry {
  return { name, bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`) };
}
