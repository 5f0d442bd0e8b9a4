import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openLocalObjects } from "../../src/store/local-objects.ts";
import type { CommandLine } from "./command-line.ts";
import { saidOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

const DAYS_MS = 3 * 86_400_000;

let orderseal: CommandLine;
let folder: string;
let orphan: string;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  folder = join(orderseal.home, "objects");
  const account = ["--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, "--format", "billing-api", ...account])).exitCode).toBe(0);
  expect((await orderseal.run(["request", "210001000000001"])).exitCode).toBe(0);
  orphan = await openLocalObjects(folder).put(Buffer.from("left by a crash between the file and its row"));
  // A file's age is that of its last change of any kind, which nobody can set back: so the present moves on.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + DAYS_MS });
});
afterAll(async () => {
  vi.useRealTimers();
  await orderseal.remove();
});

async function files(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
}

test("a dry run says what would be taken away, in the language of the terminal, and touches nothing", async () => {
  const before = await files();
  const { exitCode, out } = await orderseal.run(["objects", "collect", "--dry-run"]);
  expect([exitCode, out]).toEqual([0, expect.stringMatching(/^Nothing was changed\. Of 3 files 1 would be set aside/)]);
  expect((await saidOf(orderseal, ["objects", "collect", "--dry-run"], "zh_CN.UTF-8")).out).toMatch(
    /^共检查 3 个文件，未作任何改动。正式执行时：移出 1 个无引用的文件/,
  );
  expect(await files()).toEqual(before);
});

test("files that nobody refers to are set aside and named to machines; those of contracts stay", async () => {
  expect(await orderseal.json(["objects", "collect"])).toEqual([
    { isDryRun: false, lookedAt: 3, setAside: [orphan], restored: [], discarded: [], remains: 0 },
  ]);
  const inPlace = (await files()).filter((path) => !path.includes("aside"));
  expect(inPlace).toHaveLength(2);
  expect((await orderseal.run(["audit", "verify"])).exitCode).toBe(0);
});
