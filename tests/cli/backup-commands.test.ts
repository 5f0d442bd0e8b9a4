import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

let here: CommandLine;
let elsewhere: CommandLine;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([openResidentCommandLine(), openCommandLine()]);
  await here.run(["import", "--format", "billing-api", SAMPLE_PATH, "--account", "acme", "--legal-name", "示例公司"]);
  await here.run(["request", "210001000000001", "-o", join(here.home, "contract.pdf")]);
});
afterAll(async () => {
  await Promise.all([here.remove(), elsewhere.remove()]);
});

test("backup and restore say what they hold, and what is to be done beside them; exit 0", async () => {
  const path = join(here.home, "all.tar");
  const backup = await here.run(["backup", path]);
  expect(backup.out).toMatch(
    /holds the books as of .*Z and 2 files\. Seal keys and master key are not in it: keep keys\/ and master\.key apart\.\n$/,
  );
  expect(backup.exitCode).toBe(0);
  const restored = await elsewhere.run(["restore", path]);
  expect(restored.out).toMatch(/^Restored the books as of .*\. Contracts: 1 verified, 0 not, 0 still to be sealed\./);
  expect(restored.err).toMatch(/erased after .*Z has come back .*: orderseal accounts erase --from-audit FILE --yes/);
  expect(restored.exitCode).toBe(0);
  const again = await elsewhere.run(["restore", path], { settings: { LANG: "zh_CN.UTF-8" } });
  expect([again.exitCode, again.out]).toEqual([1, ""]);
  expect(again.err).toContain("目标数据库中已有数据");
});

test("what is no backup is refused in a sentence, and by its code for machines; exit 1", async () => {
  const path = join(here.home, "none.tar");
  await writeFile(path, "no backup");
  const refused = await here.run(["restore", path, "--json"]);
  expect([refused.exitCode, JSON.parse(refused.out)]).toEqual([
    1,
    { code: "not_a_backup", sentence: expect.stringContaining("nothing was restored") },
  ]);
});

test("a place that cannot be written to, and a backup that is not there, are wrong use; exit 2", async () => {
  const backup = await here.run(["backup", join(here.home, "none", "all.tar")]);
  expect([backup.exitCode, backup.err]).toEqual([
    2,
    expect.stringContaining("its directory does not exist; name another file"),
  ]);
  const restore = await here.run(["restore", join(here.home, "missing.tar")]);
  expect([restore.exitCode, restore.err]).toEqual([
    2,
    expect.stringContaining("cannot be read; name an existing file"),
  ]);
});
