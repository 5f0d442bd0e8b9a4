import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { INVARIANTS } from "../../src/store/invariants/check-books.ts";
import { type CommandLine, linesOf } from "./command-line.ts";
import { saidOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

let orderseal: CommandLine;
let database: Database;
let number: string;
let sha256: string;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  database = openDatabase({ connectionString: orderseal.settings.DATABASE_URL ?? "" });
  const account = ["--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, "--format", "billing-api", ...account])).exitCode).toBe(0);
  const pdf = join(orderseal.home, "contract.pdf");
  const [contract] = await orderseal.json<{ number: string; sha256: string }>([
    "request",
    "210001000000001",
    "-o",
    pdf,
  ]);
  ({ number, sha256 } = contract ?? { number: "", sha256: "" });
});
afterAll(async () => {
  await database.destroy();
  await orderseal.remove();
});

const verify = (...more: readonly string[]) => orderseal.run(["audit", "verify", ...more]);

/** Takes the trigger away for one statement, as only the owner of the table can. */
async function tamper(table: string, statement: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql.raw(`ALTER TABLE ${table} DISABLE TRIGGER USER`).execute(transaction);
    await sql.raw(statement).execute(transaction);
    await sql.raw(`ALTER TABLE ${table} ENABLE TRIGGER USER`).execute(transaction);
  });
}

describe("orderseal audit verify", () => {
  test("tells of every invariant that it holds, and of every file that it is as it was: exit 0", async () => {
    const { exitCode, out, err } = await verify();
    expect([exitCode, err]).toEqual([0, ""]);
    expect(linesOf(out).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      ...INVARIANTS.map(({ id }) => `✓ ${id}`),
      "✓ all",
      "The books",
    ]);
    expect(out).toContain("all 2 files are as they were stored");
  });

  test("speaks to machines in lines of JSON", async () => {
    const { exitCode, out } = await verify("--json");
    const lines = linesOf(out).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(exitCode).toBe(0);
    expect(lines[0]).toEqual({
      invariant: "I01",
      sentence: expect.any(String),
      holds: true,
      violations: [],
      more: false,
    });
    expect(lines.at(-1)).toEqual({ sound: true, invariants: INVARIANTS.length, broken: 0, files: 2, damaged: 0 });
  });

  test("and to a Chinese terminal in Chinese", async () => {
    const { out } = await saidOf(orderseal, ["audit", "verify"], "zh_CN.UTF-8");
    expect(out).toContain("✓ I01 一个订单只有一份合同");
    expect(out).toContain("2 个文件均与存入时一致\n账目与文件完好。\n");
  });

  test("cannot be told to look at files and not to", async () => {
    expect((await verify("--objects", "--no-objects")).exitCode).toBe(2);
  });

  test("a file that was altered is named with its contract and its hash, and not given out: exit 1", async () => {
    await writeFile(fileOf(sha256), "%PDF-1.7 something else");
    const { exitCode, out } = await verify();
    expect(exitCode).toBe(1);
    expect(out).toContain(`✗ sealed file ${sha256} of contract ${number} was altered\n`);
    expect(out).toMatch(/0 invariants are broken, 1 file is missing or altered/);
    const copy = join(orderseal.home, "copy.pdf");
    expect((await orderseal.run(["contracts", "download", number, "-o", copy])).exitCode).toBe(3);
  });

  test("one that is missing, too; without --no-objects only", async () => {
    await rm(fileOf(sha256));
    expect((await saidOf(orderseal, ["audit", "verify"], "zh_CN.UTF-8")).out).toContain(
      `✗ 合同 ${number} 的签章文件 ${sha256} 缺失\n`,
    );
    const { exitCode, out } = await verify("--json");
    expect(exitCode).toBe(1);
    expect(out).toContain(JSON.stringify({ file: sha256, verdict: "missing" }).slice(0, -1));
    const withoutFiles = await verify("--no-objects");
    expect(withoutFiles.exitCode).toBe(0);
    expect(withoutFiles.out).toMatch(/The books are sound; the files were not looked at\.\n$/);
  });

  test("what was changed behind the back of the product is named with what was found: exit 1", async () => {
    await tamper("audit_entries", "DELETE FROM audit_entries WHERE action = 'contract.issued'");
    const { exitCode, out } = await verify("--no-objects");
    expect(exitCode).toBe(1);
    expect(out).toContain("✗ I13");
    expect(out).toContain(`    contract ${number} (account acct-1): {`);
    expect(out).toMatch(/1 invariant is broken/);
  });

  test("and cannot write to the terminal what it likes", async () => {
    const snapshot = "{\u001b[2J\u009b}";
    const hash = createHash("sha256").update("another").digest("hex");
    await tamper(
      "outbox",
      `INSERT INTO outbox (event_id, at, account, type, subject, data)
        VALUES (gen_random_uuid(), now(), 'acct-1', 'contract.issued', '${snapshot}${hash}', '{}')`,
    );
    const { out } = await verify("--no-objects");
    expect(out).toContain(`contract {�[2J�}${hash} (account acct-1)`);
  });
});

function fileOf(hash: string): string {
  return join(orderseal.home, "objects", hash.slice(0, 2), hash.slice(2));
}
