import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { readHashes } from "./reference-files.ts";

const PROGRAM = fileURLToPath(new URL("./unsealed-hashes.ts", import.meta.url));
const TSX = import.meta.resolve("tsx");
const committed = readHashes();
const elsewhere = mkdtempSync(join(tmpdir(), "orderseal-elsewhere-"));
afterAll(() => rmSync(elsewhere, { recursive: true }));

/** What another process makes of the same snapshots. */
async function hashesIn(settings: Record<string, string>, ...args: readonly string[]) {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", TSX, PROGRAM, ...args], {
    cwd: settings.HOME ?? process.cwd(),
    env: { PATH: process.env.PATH, ...settings },
  });
  return new Map([...readHashes(stdout)].toSorted());
}

const SURROUNDINGS = [
  { name: "another process", settings: {}, args: [] },
  { name: "reverse order, so that each comes after others", settings: {}, args: ["--reverse"] },
  {
    name: "another time zone, language, home and working directory",
    settings: {
      TZ: "America/St_Johns",
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8",
      HOME: elsewhere,
      SOURCE_DATE_EPOCH: "1",
    },
    args: [],
  },
];

test.each(SURROUNDINGS)("the same snapshots give the committed bytes in $name", async ({ settings, args }) => {
  expect(await hashesIn(settings, ...args)).toEqual(new Map([...committed].toSorted()));
});
