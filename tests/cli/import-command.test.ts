import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, linesOf, openCommandLine } from "./command-line.ts";
import { GOLDEN, type GoldenDecision, ORDERS, SAMPLE, SAMPLE_PATH } from "./sample-file.ts";

interface OrderLine {
  readonly order: string;
  readonly account: string;
  readonly decision: GoldenDecision;
  readonly contract: string | null;
  readonly currency: string;
  readonly total: string;
}

const BILLING_API = ["--format", "billing-api", "--account", "acct-1", "--legal-name", "北京样本科技有限公司"] as const;

let orderseal: CommandLine;
let listed: readonly OrderLine[] = [];
beforeAll(async () => {
  orderseal = await openCommandLine();
});
afterAll(() => orderseal.remove());

test("the sample's 28 orders are created, and unchanged the second time", async () => {
  const first = await orderseal.run(["import", SAMPLE_PATH, ...BILLING_API]);
  expect(first).toEqual({
    exitCode: 0,
    out: `${ORDERS} created, 0 updated, 0 unchanged, 0 stale, 0 refused\n`,
    err: "",
  });
  const second = await orderseal.run(["import", SAMPLE_PATH, ...BILLING_API, "--json"]);
  expect(second.exitCode).toBe(0);
  const outcomes = linesOf(second.out).map((line) => JSON.parse(line) as { line: number; outcome: string });
  expect(outcomes.map(({ line, outcome }) => `${line} ${outcome}`)).toEqual(
    Array.from({ length: ORDERS }, (_, index) => `${index + 1} unchanged`),
  );
});

test("each of them is listed for machines with the decision that a careful reader expects", async () => {
  listed = await orderseal.json<OrderLine>(["orders", "list"]);
  const decisions = listed.map(({ order, decision: { kind, code } }) => [order, code ? { kind, code } : { kind }]);
  expect(Object.fromEntries(decisions)).toEqual(GOLDEN);
  expect(listed).toHaveLength(ORDERS);
  for (const { account, contract } of listed) expect([account, contract]).toEqual(["acct-1", null]);
});

test("amounts are exact to the minor unit, in every currency", () => {
  const orders = new Map(listed.map((order) => [order.order, order]));
  const amount = (order: string) => `${orders.get(order)?.total} ${orders.get(order)?.currency}`;
  expect(amount("210001000000001")).toBe("11730.00 CNY");
  expect(amount("210001000000010")).toBe("9999.99 CNY");
  expect(amount("210003000000001")).toBe("-1000.00 CNY");
  expect(amount("210005000000001")).toBe("1728.50 USD");
  expect(amount("210005000000002")).toBe("217800 JPY");
});

test("malformed lines are named with the reason, the others go in, nothing is half-written, exit 1", async () => {
  const [good = "", ...rest] = SAMPLE.trim().split("\n");
  const renamed = (line: string, order: string) => line.replace(/"OrderId": "\d+"/g, `"OrderId": "${order}"`);
  const path = join(orderseal.home, "broken.ndjson");
  const lines = [
    renamed(good, "X1"),
    "{",
    renamed(rest[2] ?? "", "X2").replace('"AfterTaxAmount": "5400.00"', '"AfterTaxAmount": "5400.001"'),
    "",
    renamed(rest[3] ?? "", "X3"),
    renamed(rest[4] ?? "", "X4").replace('"Currency": "CNY"', '"Currency": "XXX"'),
  ];
  await writeFile(path, lines.join("\n"));
  const { exitCode, out, err } = await orderseal.run(["import", path, ...BILLING_API]);
  expect(exitCode).toBe(1);
  expect(out).toBe("2 created, 0 updated, 0 unchanged, 0 stale, 3 refused\n");
  const complaints = linesOf(err);
  expect(complaints).toHaveLength(3);
  expect(complaints[0]).toMatch(/^line 2: .+\.$/);
  expect(complaints[1]).toMatch(/^line 3 \(X2\): AfterTaxAmount .+\.$/);
  expect(complaints[2]).toMatch(/^line 6 \(X4\): Currency.+\.$/);
  const known = (await orderseal.json<OrderLine>(["orders", "list"])).map(({ order }) => order);
  expect(known.filter((order) => order.startsWith("X")).sort()).toEqual(["X1", "X3"]);
});

test("orders come in from standard input in our own format", async () => {
  const own = {
    order: "STDIN-1",
    account: "acct-1",
    revision: 1,
    occurredAt: "2026-03-02T08:00:00Z",
    placedAt: "2026-03-02T08:00:00Z",
    type: "new",
    billing: "subscription",
    status: { state: "unpaid" },
    currency: "CNY",
    lines: [{ line: "1", product: "ecs", quantity: "1", total: "1.00" }],
  };
  const ndjson = await orderseal.run(["import", "-"], { input: Buffer.from(JSON.stringify(own)) });
  expect(ndjson).toMatchObject({ exitCode: 0, out: expect.stringContaining("1 created"), err: "" });
});

test("an account that is not known is created; without a legal name it is not verified", async () => {
  const line = SAMPLE.split("\n")[3]?.replace(/"OrderId": "\d+"/g, '"OrderId": "UNNAMED"') ?? "";
  const args = ["import", "-", "--format", "billing-api", "--account", "acct-2"];
  expect((await orderseal.run(args, { input: Buffer.from(line) })).exitCode).toBe(0);
  const [order] = await orderseal.json<OrderLine>(["orders", "show", "UNNAMED"]);
  expect(order).toMatchObject({ account: "acct-2", decision: { kind: "refuse", code: "identity_not_verified" } });
});

test("a known account keeps its name, and the operator is told", async () => {
  const args = ["import", "-", "--format", "billing-api", "--account", "acct-1", "--legal-name", "别的公司"];
  const { exitCode, err } = await orderseal.run(args, { input: Buffer.from("") });
  expect([exitCode, err]).toEqual([
    0,
    "Account acct-1 is already known as 北京样本科技有限公司; --legal-name changes nothing.\n",
  ]);
});
