import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

const BILLING_API = ["--format", "billing-api", "--account", "acct-1", "--legal-name"] as const;
const NAME = "北京样本科技有限公司";

let orderseal: CommandLine;
/** Every order after the imports of this file. */
let orders = new Map<string, OrderLine>();
beforeAll(async () => {
  orderseal = await openCommandLine();
});
afterAll(() => orderseal.remove());

/** The sample's first orders under other numbers. */
function renamed(line: number, order: string): string {
  return (SAMPLE.split("\n")[line - 1] ?? "").replaceAll(/"OrderId": "\d+"/g, `"OrderId": "${order}"`);
}

test("the sample's 28 orders are created", async () => {
  const first = await orderseal.run(["import", SAMPLE_PATH, ...BILLING_API, NAME]);
  expect(first).toEqual({
    exitCode: 0,
    out: `${ORDERS} created, 0 updated, 0 unchanged, 0 stale, 0 refused\n`,
    err: "",
  });
});

test("the second time they are unchanged, and so is the name that the account has", async () => {
  const second = await orderseal.run(["import", SAMPLE_PATH, ...BILLING_API, "别的公司", "--json"]);
  expect(second.exitCode).toBe(0);
  expect(second.err).toBe(`Account acct-1 is already known as ${NAME}; --legal-name changes nothing.\n`);
  const outcomes = linesOf(second.out).map((line) => JSON.parse(line) as { line: number; outcome: string });
  expect(outcomes.map(({ line, outcome }) => `${line} ${outcome}`)).toEqual(
    Array.from({ length: ORDERS }, (_, index) => `${index + 1} unchanged`),
  );
});

test("malformed lines are named with the reason, the others go in, exit 1", async () => {
  const path = join(orderseal.home, "broken.ndjson");
  const lines = [
    renamed(1, "X1"),
    "{",
    renamed(4, "X2").replace('"AfterTaxAmount": "5400.00"', '"AfterTaxAmount": "5400.001"'),
    "",
    renamed(5, "X3"),
    renamed(6, "X4").replace('"Currency": "CNY"', '"Currency": "XXX"'),
  ];
  await writeFile(path, lines.join("\n"));
  const { exitCode, out, err } = await orderseal.run(["import", path, ...BILLING_API, NAME]);
  expect([exitCode, out]).toEqual([1, "2 created, 0 updated, 0 unchanged, 0 stale, 3 refused\n"]);
  const complaints = linesOf(err);
  expect(complaints).toHaveLength(3);
  expect(complaints[0]).toMatch(/^line 2: .+\.$/);
  expect(complaints[1]).toMatch(/^line 3 \(X2\): AfterTaxAmount .+\.$/);
  expect(complaints[2]).toMatch(/^line 6 \(X4\): Currency.+\.$/);
});

test("orders come in from standard input; an account that is not known is created, unverified without a name", async () => {
  const args = ["import", "-", "--format", "billing-api", "--account", "acct-2"];
  const run = await orderseal.run(args, { input: Buffer.from(renamed(4, "UNNAMED")) });
  expect(run).toMatchObject({ exitCode: 0, out: expect.stringContaining("1 created"), err: "" });
});

describe("listed for machines", () => {
  beforeAll(async () => {
    orders = new Map((await orderseal.json<OrderLine>(["orders", "list"])).map((order) => [order.order, order]));
  });

  test("each order of the sample has the decision that a careful reader expects, and no contract yet", () => {
    const decisions = Object.keys(GOLDEN).map((order) => {
      const { kind, code } = orders.get(order)?.decision ?? {};
      return [order, code ? { kind, code } : { kind }];
    });
    expect(Object.fromEntries(decisions)).toEqual(GOLDEN);
    expect(decisions).toHaveLength(ORDERS);
    for (const order of Object.keys(GOLDEN)) {
      expect(orders.get(order)).toMatchObject({ account: "acct-1", contract: null });
    }
  });

  test("amounts are exact to the minor unit, in every currency", () => {
    const amount = (order: string) => `${orders.get(order)?.total} ${orders.get(order)?.currency}`;
    expect(amount("210001000000001")).toBe("11730.00 CNY");
    expect(amount("210001000000010")).toBe("9999.99 CNY");
    expect(amount("210003000000001")).toBe("-1000.00 CNY");
    expect(amount("210005000000001")).toBe("1728.50 USD");
    expect(amount("210005000000002")).toBe("217800 JPY");
  });

  test("of what was malformed nothing is there, and the rest is", () => {
    const others = [...orders.keys()].filter((order) => !(order in GOLDEN));
    expect(others.sort()).toEqual(["UNNAMED", "X1", "X3"]);
    expect(orders.get("UNNAMED")).toMatchObject({
      account: "acct-2",
      decision: { kind: "refuse", code: "identity_not_verified" },
    });
  });
});
