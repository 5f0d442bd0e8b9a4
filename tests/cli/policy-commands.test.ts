import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { putProduct } from "../../src/application/put-parties.ts";
import { contractNumber } from "../../src/domain/contract-number.ts";
import { parseProductCode } from "../../src/domain/identifiers.ts";
import { DEFAULT_POLICY, type PolicyBody } from "../../src/domain/policy.ts";
import { instantOf } from "../../src/domain/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openLedger } from "../../src/store/ledger.ts";
import type { CommandLine } from "./command-line.ts";
import { refusalOf, saidOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

const { version: _, ...DEFAULT_RULES } = DEFAULT_POLICY;

interface Shown {
  readonly version: number | null;
  readonly rules: PolicyBody;
}

let orderseal: CommandLine;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  const account = ["--format", "billing-api", "--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, ...account])).exitCode).toBe(0);
});
afterAll(() => orderseal.remove());

async function file(name: string, value: unknown): Promise<string> {
  const path = join(orderseal.home, name);
  await writeFile(path, typeof value === "string" ? value : JSON.stringify(value, null, 2));
  return path;
}

/** Somebody changes the catalogue, which is a version of its own. */
async function changeCatalogue(): Promise<void> {
  const database = openDatabase({ connectionString: orderseal.settings.DATABASE_URL ?? "", max: 1 });
  const code = parseProductCode("slb");
  if (!code) throw new Error("not a code");
  const product = { code, name: { "zh-CN": "负载均衡", en: "Load balancer" }, selfService: ["subscription"] as const };
  const glyphs = { missingCharacters: () => [] };
  const ports = { ledger: openLedger(database), clock: { now: () => instantOf(Date.now()) }, glyphs };
  try {
    expect(await putProduct(ports, { kind: "machine", id: "test" }, product)).toMatchObject({ ok: true });
  } finally {
    await database.destroy();
  }
}

describe("the policy is shown", () => {
  test("as the document that can be edited and given back", async () => {
    const [shown] = await orderseal.json<Shown>(["policy", "show"]);
    expect(shown).toEqual({ version: 1, rules: DEFAULT_RULES });
    expect(Object.keys(shown?.rules ?? {})).toEqual(Object.keys(DEFAULT_RULES));
    const back = await orderseal.run(["policy", "diff", await file("same.json", shown)]);
    expect(back).toEqual({
      exitCode: 0,
      out: "The settings are those of version 1.\nNo orders would be decided differently.\n",
      err: "",
    });
    expect(await orderseal.json(["policy", "diff", join(orderseal.home, "same.json")])).toEqual([]);
  });

  test("as a table to people; a version and a draft that are not there: exit 1", async () => {
    const { exitCode, out } = await orderseal.run(["policy", "show", "--version", "1"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^version +1\nselfServiceProducts +alimail: subscription\n +cdn: subscription\n/);
    expect(out).toMatch(/\nidentityRequired +yes\n/);
    expect(await refusalOf(orderseal, ["policy", "show", "--version", "9"])).toMatchObject({
      code: "policy_version_not_found",
    });
    for (const args of [["show", "--draft"], ["diff"], ["publish"], ["withdraw"]]) {
      expect(await refusalOf(orderseal, ["policy", ...args])).toMatchObject({ code: "no_policy_draft" });
    }
  });
});

describe("a draft", () => {
  test("that is not as rules are written is refused with the setting that is wrong, exit 1", async () => {
    const wrong = [
      [{ ...DEFAULT_RULES, holdDays: 3 }, /^holdDays: is not as rules are written .*\.\n$/],
      [{ ...DEFAULT_RULES, hold: { start: "request", count: "days", days: 0 } }, /^hold/],
      [{ version: 1, rules: DEFAULT_RULES, reissueAfterVoid: true }, /is not as rules are written/],
      ["{", /^The file is not JSON in UTF-8; start from what orderseal policy show --json prints\.\n$/],
    ] as const;
    for (const [rules, sentence] of wrong) {
      const { exitCode, out, err } = await orderseal.run(["policy", "draft", await file("wrong.json", rules)]);
      expect([exitCode, out, err]).toEqual([1, "", expect.stringMatching(sentence)]);
    }
    const zh = await saidOf(orderseal, ["policy", "diff", await file("wrong.json", "{")], "zh_CN.UTF-8");
    expect([zh.exitCode, zh.err]).toEqual([1, expect.stringMatching(/^文件不是 UTF-8 编码的 JSON/)]);
  });

  test("that changes nothing is refused", async () => {
    const path = await file("same.json", DEFAULT_RULES);
    expect(await refusalOf(orderseal, ["policy", "draft", path])).toMatchObject({
      code: "policy_draft_changes_nothing",
    });
  });

  test("is compared order by order, published by a second person, and decides from then on", async () => {
    const ecs = { ...DEFAULT_RULES.selfServiceProducts, ecs: ["subscription"] };
    const path = await file("draft.json", {
      version: 1,
      rules: { ...DEFAULT_RULES, selfServiceProducts: ecs, reissueAfterVoid: true },
    });
    const [drafted] = await orderseal.json<object>(["policy", "draft", path, "--as", "alice"]);
    expect(drafted).toMatchObject({ basedOn: 1, draftedBy: "alice" });
    const [draft] = await orderseal.json<Shown>(["policy", "show", "--draft"]);
    expect(draft).toMatchObject({ version: null, basedOn: 1, draftedBy: "alice", rules: { reissueAfterVoid: true } });

    const people = await orderseal.run(["policy", "diff"]);
    expect(people.exitCode).toBe(0);
    expect(people.out).toMatch(/selfServiceProducts +- ecs: pay_as_you_go, subscription\n +\+ ecs: subscription\n/);
    expect(people.out).toMatch(/reissueAfterVoid +- no\n +\+ yes\n/);
    expect(people.out).toContain(
      "210001000000002  acct-1  issue (without amount) → refuse product_not_self_service\n1 order would be decided differently.\n",
    );
    expect(await orderseal.json(["policy", "diff"])).toMatchObject([
      {
        order: "210001000000002",
        account: "acct-1",
        before: { kind: "issue", policyVersion: 1 },
        after: { kind: "refuse", code: "product_not_self_service", policyVersion: 2 },
      },
    ]);

    const same = ["policy", "publish", "--as", "alice"];
    expect(await refusalOf(orderseal, same)).toMatchObject({ code: "second_person_needed" });
    const zh = await saidOf(orderseal, same, "zh_CN.UTF-8");
    expect([zh.exitCode, zh.err]).toEqual([1, expect.stringMatching(/^草稿须由拟稿人以外的人发布/)]);
    expect(await orderseal.json(["policy", "publish", "--as", "bob"])).toEqual([{ version: 2, publishedBy: "bob" }]);
    expect(await refusalOf(orderseal, ["request", "210001000000002"])).toMatchObject({
      code: "product_not_self_service",
      policyVersion: 2,
    });
  });

  test("from standard input by whoever sits at the terminal; outdated by another version it is refused", async () => {
    const input = Buffer.from(JSON.stringify(DEFAULT_RULES));
    const drafted = await orderseal.run(["policy", "draft", "-"], { input });
    expect([drafted.exitCode, drafted.err]).toEqual([0, ""]);
    expect(drafted.out).toMatch(/^Drafted by .+ against version 2\. .*policy diff.*policy publish\.\n$/);
    await changeCatalogue();
    expect(await refusalOf(orderseal, ["policy", "publish", "--as", "bob"])).toMatchObject({
      code: "policy_draft_outdated",
    });
    const diff = await orderseal.run(["policy", "diff"]);
    expect([diff.exitCode, diff.err]).toEqual([
      0,
      "The draft was written against version 2; version 3 is in force now.\n",
    ]);
    expect(await orderseal.json(["policy", "withdraw"])).toEqual([{ withdrawn: true }]);
    expect(await refusalOf(orderseal, ["policy", "publish", "--as", "bob"])).toMatchObject({ code: "no_policy_draft" });
  });
});

describe("a contract is voided by the operator (R22)", () => {
  test("with its reason, once; the policy now lets another take its place (R4)", async () => {
    const [contract] = await orderseal.json<{ number: string }>(["request", "210001000000001"]);
    const number = contract?.number ?? "";
    const order = ["contracts", "void", number.toLowerCase(), "--reason", " 甲方名称有误 "];
    const [voided] = await orderseal.json<object>(order);
    expect(voided).toMatchObject({ number, standing: "void", voided: { reason: "甲方名称有误" }, replaces: null });
    expect(await refusalOf(orderseal, order)).toMatchObject({ code: "contract_already_void" });
    const shown = await orderseal.run(["contracts", "show", number]);
    expect(shown.out).toMatch(/\nvoidReason +甲方名称有误\n/);
    const [second] = await orderseal.json<object>(["request", "210001000000001"]);
    expect(second).toMatchObject({ order: "210001000000001", standing: "in_force", replaces: number });
  });

  test("a number that nobody has: exit 1, in the language of the terminal", async () => {
    const args = ["contracts", "void", contractNumber("NONE", "202001", 1), "--reason", "x"];
    const { exitCode, out, err } = await saidOf(orderseal, args, "zh_CN.UTF-8");
    expect([exitCode, out, err]).toEqual([1, "", "没有该合同；orderseal contracts list 可列出全部合同。\n"]);
  });
});
