import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { LogWitness, SeenHead } from "../application/watch-log.ts";

const FORM = /^\{"origin":"([^"\s+\\]+)","size":(\d{1,15}),"root":"([0-9a-f]{64})"\}\n$/;

/** A file in the home of a node with the last head of the log that it has seen. */
export function openLogWitness(home: string): LogWitness {
  const path = join(home, "log-witness.json");
  let last: SeenHead | null | undefined;
  return {
    async last() {
      last ??= await readHead(path);
      return last;
    },
    async note({ origin, size, root }) {
      const file = await open(`${path}.new`, "w", 0o600);
      try {
        await file.write(`${JSON.stringify({ origin, size, root })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
      last = { origin, size, root };
    },
  };
}

async function readHead(path: string): Promise<SeenHead | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const [, origin, size, root] = FORM.exec(text) ?? [];
  return origin && root ? { origin, size: Number(size), root } : null;
}
