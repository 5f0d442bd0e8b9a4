import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChainHead } from "../../src/application/audit-record.ts";
import { watchChain } from "../../src/application/watch-chain.ts";
import { openServices } from "../../src/services.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { INVARIANTS } from "../../src/store/invariants/check-books.ts";
import { testEnvironment } from "../test-server.ts";
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

/** As a service does within a second while it runs. */
async function chained(): Promise<ChainHead> {
  const set = Object.entries(orderseal.settings).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const environment = testEnvironment(Object.fromEntries(set));
  const services = await openServices(environment, { log: () => {} });
  try {
    await watchChain(services);
    const head = await services.chain.head();
    if (!head) throw new Error("nothing is chained");
    return head;
  } finally {
    await services.close();
  }
}

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
    const [audit = "", unchained = "", log = "", ...others] = linesOf(out);
    expect(audit).toMatch(/^✓ The audit is what was written: 0 entries in 0 signed batches, \d+ objects/);
    expect(unchained).toMatch(/^ {4}\d+ new entries are not chained yet/);
    expect(log).toMatch(/^✓ The transparency log is what was signed: 0 leaves recomputed/);
    expect(others.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
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
    expect(lines[0]).toMatchObject({ audit: "sound", entries: 0, batches: 0, first: null });
    expect(lines[1]).toMatchObject({ log: "sound", leaves: 0, checkpoints: 0 });
    expect(lines[2]).toEqual({
      invariant: "I01",
      sentence: expect.any(String),
      holds: true,
      violations: [],
      more: false,
    });
    expect(lines.at(-1)).toEqual({
      ...{ sound: true, invariants: INVARIANTS.length, broken: 0, files: 2, damaged: 0, findings: 0, logFindings: 0 },
      entries: expect.any(Number),
    });
  });

  test("and to a Chinese terminal in Chinese", async () => {
    const { out } = await saidOf(orderseal, ["audit", "verify"], "zh_CN.UTF-8");
    expect(out).toContain("✓ I01 一个订单只有一份合同");
    expect(out).toContain("2 个文件均与存入时一致\n合同台账与文件完好。\n");
  });

  test("the chain goes on from what somebody has noted, or it is said that it does not", async () => {
    expect((await orderseal.run(["audit", "head"])).exitCode).toBe(1);
    const { batch, sha256: hash } = await chained();
    const head = (await orderseal.run(["audit", "head"])).out.trim();
    expect(head).toBe(`${batch}:${hash}`);
    expect((await verify("--no-objects", "--expect", head)).out).toMatch(/1 witnessed heads? fit/);
    const other = await verify("--no-objects", "--expect", `1:${"0".repeat(64)}`);
    expect([other.exitCode, other.out]).toEqual([
      1,
      expect.stringContaining("is another batch than was witnessed here"),
    ]);
    const later = await verify("--no-objects", "--expect", `99:${"0".repeat(64)}`);
    expect([later.exitCode, later.out]).toEqual([1, expect.stringContaining("the database was rolled back")]);
    expect((await verify("--expect", "what")).exitCode).toBe(2);
  });

  test("the audit is listed and taken away as a file, which is an entry of its own", async () => {
    const lines = await orderseal.json<{ action: string; object: { id: string } }>([
      "audit",
      "list",
      "--object",
      number,
    ]);
    expect(lines.map(({ action }) => action)).toEqual(["contract.issued", "contract.requested"]);
    const file = join(orderseal.home, "audit.csv");
    expect((await orderseal.run(["audit", "export", "--action", "contract.issued", "-o", file])).exitCode).toBe(0);
    const [head, row, ...more] = linesOf(await readFile(file, "utf8"));
    expect(head).toBe("position,id,at,actorKind,actor,from,action,account,objectKind,object,policyVersion,detail");
    expect([row?.includes(number), more]).toEqual([true, []]);
    await chained();
    const [exported] = await orderseal.json<{ action: string }>(["audit", "list", "--limit", "1"]);
    expect(exported?.action).toBe("audit.exported");
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
