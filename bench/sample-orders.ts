import type { OrderDocument } from "../src/application/order-document.ts";
import { parseOrderDocument } from "../src/application/order-document.ts";
import { DEMO_ACCOUNTS, DEMO_SELLER } from "../src/demo-parties.ts";
import { type ContractSnapshot, snapshotOf } from "../src/domain/contract-snapshot.ts";
import { decideIssuance } from "../src/domain/decide-issuance.ts";
import type { ContractNumber, ProductCode } from "../src/domain/identifiers.ts";
import { DEFAULT_POLICY, DEFAULT_PRODUCTS, type Product } from "../src/domain/policy.ts";
import { emptyDetails } from "../src/domain/snapshot-parties.ts";
import { instantOf } from "../src/domain/time.ts";

type Line = OrderDocument["lines"][number];

/** A verified enterprise of the demonstration: its paid orders get a contract. */
const ACCOUNT = "demo-enterprise";
const PLACED_AT = "2026-10-12T02:15:30Z";
const PAID_AT = "2026-10-12T02:20:11Z";
const TERM = { startsAt: "2026-10-12T02:21:00Z", endsAt: "2027-10-12T16:00:00Z" };

/** The two lines of sample order 1: a server and its data disk, as the billing API tells them. */
const SAMPLE_LINES: readonly Omit<Line, "line">[] = [
  {
    product: "ecs",
    name: { "zh-CN": "云服务器 ECS", en: "Elastic Compute Service" },
    description: "InstanceType ecs.g8i.2xlarge · cn-hangzhou · SystemDisk 100 cloud_essd · ImageOs linux",
    quantity: "2",
    list: "12840.00",
    discount: "1926.00",
    tax: "617.77",
    total: "10914.00",
    ...TERM,
  },
  {
    product: "ecs",
    name: { "zh-CN": "云服务器 ECS 数据盘", en: "Elastic Compute Service, data disk" },
    description: "DataDisk 500 cloud_essd",
    quantity: "2",
    list: "960.00",
    discount: "144.00",
    tax: "46.19",
    total: "816.00",
    ...TERM,
  },
];

/** The lines of sample order 1, over and over: with two it is that order, with forty its contract has three pages. */
export function sampleOrder(id: string, lineCount = 2): OrderDocument {
  return {
    order: id,
    account: ACCOUNT,
    revision: 1,
    occurredAt: PAID_AT,
    placedAt: PLACED_AT,
    type: "new",
    billing: "subscription",
    status: { state: "paid", paidAt: PAID_AT },
    currency: "CNY",
    lines: Array.from({ length: lineCount }, (_, index) => sampleLine(index)),
  };
}

/** What issuing would freeze of the order (R7), for measurements that need no database. */
export function sampleSnapshot(lineCount = 2): ContractSnapshot {
  const order = parseOrderDocument(sampleOrder("210001000000001", lineCount), { seller: DEMO_SELLER.id });
  const account = DEMO_ACCOUNTS.find(({ id }) => id === ACCOUNT);
  if (!order.ok || !account) throw new Error(`the sample order is not valid: ${JSON.stringify(order)}`);
  const facts = {
    order: order.value,
    account: { ...account, servedBy: null },
    seller: { ...DEMO_SELLER, canSeal: true, quotaLeft: null, wording: null },
    held: null,
    policy: DEFAULT_POLICY,
    at: instantOf(Date.parse("2026-11-23T02:02:16Z")),
  };
  const issue = decideIssuance(facts);
  if (issue.kind === "refuse") throw new Error(`the sample order is refused: ${issue.refusal.code}`);
  const products = new Map<ProductCode, Product>(DEFAULT_PRODUCTS.map((product) => [product.code, product]));
  const details = { ...emptyDetails("zh-CN+en"), contact: "采购部 林一", email: "lin.yi@buyer.example" };
  const number = "DEMO-202611-000042-K" as ContractNumber;
  return snapshotOf(
    { facts, products, issue, details, platform: null, demo: true },
    number,
    `http://127.0.0.1:4180/verify/${number}?code=0123`,
  );
}

function sampleLine(index: number): Line {
  const line = SAMPLE_LINES[index % SAMPLE_LINES.length];
  if (!line) throw new Error("no sample line");
  return { line: String(index + 1), ...line };
}
