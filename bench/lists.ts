import type { BuiltProduct } from "./built-product.ts";
import { fillWithOrders } from "./many-orders.ts";
import { spreadOf, timeEach } from "./measure.ts";
import { type Finding, judged } from "./report.ts";

/** Of one page, however many orders there are. */
const TARGET_MS = 150;
const PAGE = 30;

export interface ListsOptions {
  /** Of the large account; two others have a hundredth of it each. */
  readonly orders: number;
  readonly runs: number;
}

const LARGE = "bench-large";
const SMALL = "bench-small";
/** Nothing of it can have a contract: the page that is slowest to fill. */
const UNVERIFIED = "bench-unverified";

/** Pages of orders out of very many, over HTTP, as buyers and the desk ask for them. */
export async function measureLists(product: BuiltProduct, { orders, runs }: ListsOptions): Promise<Finding> {
  const few = Math.max(PAGE, Math.round(orders / 100));
  await fillWithOrders(product.home, [
    { account: LARGE, like: "demo-enterprise", orders, from: 1 },
    { account: SMALL, like: "demo-enterprise", orders: few, from: orders + 1 },
    { account: UNVERIFIED, like: "demo-unverified", orders: few, from: orders + few + 1 },
  ]);
  const number = (index: number): string => `B${String(index).padStart(11, "0")}`;
  const middle = number(Math.round(orders / 2));
  const asked: readonly (readonly [name: string, query: Readonly<Record<string, string>>, pages?: number])[] = [
    ["the newest", {}],
    ["far behind", {}, 200],
    ["unpaid", { view: "unpaid" }],
    ["can have a contract", { view: "contractable" }],
    ["one state", { state: "refunded" }],
    ["a product that is rare", { product: "rare" }],
    ["a whole number", { q: middle }],
    ["a part of a number", { q: middle.slice(-6) }],
    ["a part of many numbers", { q: "00" }],
    ["a domain name", { q: `n${Math.round(orders / 2)}` }],
    ["nothing matches", { q: "nowhere" }],
  ];
  const figures = [];
  for (const [who, scope] of [
    ["large account", { account: LARGE }],
    ["small account", { account: SMALL }],
    ["nothing contractable", { account: UNVERIFIED }],
    ["desk, all accounts", {}],
  ] as const) {
    for (const [name, query, pages = 0] of asked) {
      let cursor: string | null = null;
      for (let page = 0; page < pages; page++)
        cursor = (
          await product.client.listOrders({ ...scope, limit: "100", ...query, ...(cursor !== null && { cursor }) })
        ).next;
      const asking = { ...scope, ...query, limit: String(PAGE), ...(cursor !== null && { cursor }) };
      await product.client.listOrders(asking);
      const { median, p95 } = spreadOf(await timeEach(runs, () => product.client.listOrders(asking)));
      figures.push(judged(`${who}: ${name}, median`, median, "ms", "≤", TARGET_MS));
      if (p95 > TARGET_MS) figures.push(judged(`${who}: ${name}, p95`, p95, "ms", "≤", TARGET_MS));
    }
  }
  return {
    name: "lists",
    title: `A page of ${PAGE} orders out of ${(orders + 2 * few).toLocaleString("en")} (built product, embedded PostgreSQL, warm)`,
    figures,
    notes: [],
  };
}
