import { open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ChainHead } from "../application/audit-record.ts";
import type { AuditWitness } from "../application/watch-chain.ts";
import type { Sha256 } from "../domain/identifiers.ts";

/** Some sixty thousand heads, a day of a busy node; then a second file is begun, and the first kept until that is full. */
const LARGEST = 8 * 1024 * 1024;

/** A file of lines in the home of a node, which only grows: a head of the chain in each. */
export function openAuditWitness(home: string): AuditWitness {
  const [path, former] = [join(home, "audit-witness.ndjson"), join(home, "audit-witness.former.ndjson")];
  let last: ChainHead | null | undefined;
  return {
    async last() {
      last ??= (await readHeads(path)).at(-1) ?? (await readHeads(former)).at(-1) ?? null;
      return last;
    },
    async note(head) {
      await makeRoom(path, former);
      const file = await open(path, "a", 0o600);
      try {
        await file.write(`${JSON.stringify({ ...head, seenAt: new Date().toISOString() })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      last = head;
    },
    heads: async () => [...(await readHeads(former)), ...(await readHeads(path))],
  };
}

async function makeRoom(path: string, former: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST) await rename(path, former);
}

async function readHeads(path: string): Promise<readonly ChainHead[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => headFromLine(line) ?? []);
}

/** Null for what is no such line: a crash may leave half of the last one. */
function headFromLine(line: string): ChainHead | null {
  const found = /^\{"batch":(\d{1,15}),"position":(\d{1,15}),"sha256":"([0-9a-f]{64})"/.exec(line);
  if (!found) return null;
  return { batch: Number(found[1]), position: Number(found[2]), sha256: found[3] as Sha256 };
}
