import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandLine } from "./command-line.ts";
import { refusalOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { cycleBefore, sampleBill } from "./sample-bill.ts";

const ACCOUNT = ["--format", "billing-api", "--account", "acct-1"] as const;
const [FINAL, OPEN] = [cycleBefore(2), cycleBefore(0)];

interface BillLine {
  readonly account: string;
  readonly cycle: string;
  readonly state: string;
  readonly total: string;
  readonly decision: { readonly kind: string; readonly code?: string; readonly nextStep?: object };
  readonly contract: string | null;
  readonly lines?: readonly { readonly product: string; readonly total: string }[];
}

let orderseal: CommandLine;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  for (const cycle of [FINAL, OPEN]) await writeFile(path(cycle), sampleBill(cycle));
});
afterAll(() => orderseal.remove());

function path(name: string): string {
  return join(orderseal.home, `${name}.json`);
}

/** The path of a file that holds this. */
async function saved(content: string | Buffer): Promise<string> {
  await writeFile(path("saved"), content);
  return path("saved");
}

describe("a bill of the billing API is imported", () => {
  test("final once the policy expects it, open before; the account is created like for orders", async () => {
    const named = [...ACCOUNT, "--legal-name", "北京样本科技有限公司"];
    const [first] = await orderseal.json<object>(["import", path(FINAL), ...named]);
    expect(first).toEqual({ account: "acct-1", cycle: FINAL, outcome: "created", state: "final" });
    const second = await orderseal.run(["import", path(OPEN), ...ACCOUNT]);
    expect(second).toEqual({ exitCode: 0, out: `bill acct-1/${OPEN}: created, open\n`, err: "" });
  });

  test("again, from standard input and on one line, it is unchanged", async () => {
    const oneLine = JSON.stringify(JSON.parse(sampleBill(OPEN)));
    const unchanged = { exitCode: 0, out: `bill acct-1/${OPEN}: unchanged, open\n`, err: "" };
    const piped = await orderseal.run(["import", "-", ...ACCOUNT], { input: Buffer.from(oneLine) });
    expect(piped).toEqual(unchanged);
    for (const content of [`${oneLine}\n`, `\uFEFF${sampleBill(OPEN)}`]) {
      expect(await orderseal.run(["import", await saved(content), ...ACCOUNT])).toEqual(unchanged);
    }
  });

  test("other content of a final one is refused, an open one is updated", async () => {
    const changed = (cycle: string) => saved(sampleBill(cycle).replace('"ProductCode": "slb"', '"ProductCode": "nat"'));
    const refused = await orderseal.run(["import", await changed(FINAL), ...ACCOUNT]);
    expect([refused.exitCode, refused.out]).toEqual([1, ""]);
    expect(refused.err).toContain(`bill acct-1/${FINAL}: state: `);
    const updated = await orderseal.run(["import", await changed(OPEN), ...ACCOUNT, "--json"]);
    expect(JSON.parse(updated.out)).toMatchObject({ cycle: OPEN, outcome: "updated", state: "open" });
  });

  test("what cannot be read is refused with the reason, in the language of the terminal, exit 1", async () => {
    const broken = await saved(sampleBill(OPEN).replace('"TotalCount": 3', '"TotalCount": 4'));
    const settings = { LANG: "zh_CN.UTF-8" };
    const { exitCode, out } = await orderseal.run(["import", broken, ...ACCOUNT, "--json"], { settings });
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual({
      account: "acct-1",
      cycle: null,
      outcome: "refused",
      state: null,
      field: "Data.TotalCount",
      detail: expect.stringMatching(/\p{Script=Han}.*。$/u),
    });
    const gbk = await saved(Buffer.concat([Buffer.from(sampleBill(OPEN)), Buffer.from([0xd6, 0xd0])]));
    expect(await orderseal.run(["import", gbk, ...ACCOUNT])).toMatchObject({
      exitCode: 1,
      err: "bill acct-1: The file is not UTF-8 text (perhaps it is GB18030 or GBK); save it as UTF-8 and import it again.\n",
    });
  });

  test("without --account it is wrong use, exit 2; as Orderseal's own orders its lines are none", async () => {
    const [unowned, orders] = await Promise.all([
      orderseal.run(["import", path(FINAL), "--format", "billing-api"]),
      orderseal.run(["import", path(FINAL), "--account", "acct-1"]),
    ]);
    expect([unowned.exitCode, unowned.out]).toEqual([2, ""]);
    expect(unowned.err).toMatch(/^A bill does not say whose it is; name the account with --account\. Usage: /);
    expect(orders.exitCode).toBe(1);
  });
});

describe("bills", () => {
  test("are listed newest first with total and decision, and shown with their lines", async () => {
    const listed = await orderseal.json<BillLine>(["bills", "list"]);
    expect(listed.map(({ cycle, state, total, decision }) => [cycle, state, total, decision.kind])).toEqual([
      [OPEN, "open", "2242.68", "refuse"],
      [FINAL, "final", "2242.68", "issue"],
    ]);
    expect(listed[0]?.decision).toMatchObject({
      code: "bill_not_final",
      nextStep: { action: "request_later", from: expect.stringMatching(/Z$/) },
    });
    const [shown] = await orderseal.json<BillLine>(["bills", "show", `acct-1/${FINAL}`]);
    expect(shown?.lines?.map(({ product, total }) => `${product} ${total}`)).toEqual([
      "ecs 1830.45",
      "oss 0.03",
      "slb 412.20",
    ]);
  });

  test("are shown to people with the way out, in the language of the terminal", async () => {
    const settings = { LANG: "zh_CN.UTF-8" };
    const { exitCode, out } = await orderseal.run(["bills", "show", `acct-1/${OPEN}`], { settings });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/→ refuse bill_not_final \(R13\): \d+年\d+月账单尚未出账/);
    const list = await orderseal.run(["bills", "list"]);
    expect(list.out).toContain(`acct-1  ${OPEN}  open   2242.68 CNY  bill_not_final\n`);
  });

  test("that nobody knows: exit 1", async () => {
    expect(await refusalOf(orderseal, ["bills", "show", "acct-1/2020-01"])).toMatchObject({ code: "bill_not_found" });
    expect(await refusalOf(orderseal, ["request", "--bill", "acct-2/2020-01"])).toMatchObject({
      code: "bill_not_found",
    });
  });
});

describe("a contract on a bill (R13)", () => {
  test("is previewed without occupying the bill, then issued once and listed with its month", async () => {
    const bill = ["--bill", `acct-1/${FINAL}`];
    const [preview, contract] = [path("preview.pdf"), path("contract.pdf")];
    const [drawn] = await orderseal.json<object>(["preview", ...bill, "-o", preview]);
    expect(drawn).toEqual({ order: null, account: "acct-1", bill: FINAL, file: preview });
    const [issued] = await orderseal.json<{ number: string }>(["request", ...bill, "-o", contract]);
    expect(issued).toMatchObject({ order: null, bill: FINAL, form: "sealed", standing: "in_force", voided: null });
    for (const file of [preview, contract]) expect((await readFile(file)).subarray(0, 5).toString()).toBe("%PDF-");
    expect(await orderseal.json<object>(["contracts", "list"])).toMatchObject([
      { number: issued?.number, order: null, bill: FINAL, replaces: null },
    ]);
    expect(await refusalOf(orderseal, ["request", ...bill])).toMatchObject({ code: "already_contracted", rule: "R4" });
    expect((await orderseal.run(["verify", contract])).exitCode).toBe(0);
  });

  test("that is not final is refused, and so is its preview", async () => {
    const bill = ["--bill", `acct-1/${OPEN}`];
    expect(await refusalOf(orderseal, ["request", ...bill])).toMatchObject({ code: "bill_not_final", rule: "R13" });
    expect(await refusalOf(orderseal, ["preview", ...bill])).toMatchObject({ code: "bill_not_final", rule: "R13" });
  });
});
