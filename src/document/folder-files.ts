import { stat } from "node:fs/promises";

/** Changes whenever one of the files is changed, replaced, put there or removed. */
export async function fingerprintOf(files: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file, { bigint: true }).catch(() => null);
      return found === null ? "absent" : `${found.ino}/${found.size}/${found.mtimeNs}/${found.ctimeNs}`;
    }),
  );
  return parts.join(" ");
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** To be caught with: what is not there has no files. */
export function orNothing(error: unknown): readonly string[] {
  if (isAbsent(error)) return [];
  throw error;
}
