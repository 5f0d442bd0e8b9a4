import type { Bill, BillCycle, BillLine } from "./bill.ts";
import type { IssuedContract } from "./contract.ts";
import type { BillIssuanceFacts } from "./decide-bill-issuance.ts";
import type { Decision, IssuanceFacts, Issue } from "./decide-issuance.ts";
import type {
  AccountId,
  ContractId,
  ContractNumber,
  OrderId,
  PartnerId,
  ProductCode,
  SellerId,
  Sha256,
} from "./identifiers.ts";
import type { HeldContract } from "./issuance-rungs.ts";
import type { Money } from "./money.ts";
import type { Order, OrderLine } from "./order.ts";
import { lifeOf } from "./order-life.ts";
import type { Account, Identity, Partner, Seller } from "./parties.ts";
import { DEFAULT_POLICY, DEFAULT_PRODUCTS, type Policy, type Product } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import { PLAIN_SEAL } from "./seal-design.ts";
import { type Instant, instantOf, type TimeZone } from "./time.ts";

export const SHANGHAI = "Asia/Shanghai" as TimeZone;

/** An instant written as ISO 8601; tests only write valid ones. */
export function at(iso: string): Instant {
  return instantOf(Date.parse(iso));
}

export function yuan(minor: bigint): Money {
  return { minor, currency: "CNY" };
}

export const VERIFIED = {
  state: "verified",
  kind: "enterprise",
  legalName: "杭州青禾数据有限公司",
  legalNameEn: "Hangzhou Qinghe Data Co., Ltd.",
  registrationNumber: "91330100MA2KQH0X1T",
  address: "浙江省杭州市西湖区文三路 1 号",
} as const satisfies Identity;

export const PARTNER: Partner = {
  id: "P-1" as PartnerId,
  kind: "distribution",
  name: "云帆科技",
  contact: "contract@yunfan.example",
};

export const HELD = "DEMO-202611-000001-A" as ContractNumber;

export function aLine(changes: Partial<OrderLine> = {}): OrderLine {
  return {
    line: "1",
    product: "ecs" as ProductCode,
    name: null,
    description: "2 vCPU, 4 GiB",
    quantity: "1",
    list: yuan(120_000n),
    discount: yuan(20_000n),
    tax: yuan(5_660n),
    total: yuan(100_000n),
    term: { startsAt: at("2026-11-01T00:00:00+08:00"), endsAt: at("2027-11-01T00:00:00+08:00") },
    ...changes,
  };
}

/** A paid one-year subscription that nothing speaks against. */
export function anOrder(changes: Partial<Order> = {}): Order {
  const order: Omit<Order, "life"> = {
    id: "20261101-1" as OrderId,
    account: "A-1" as AccountId,
    revision: 1,
    occurredAt: at("2026-11-01T10:00:00+08:00"),
    placedAt: at("2026-11-01T09:00:00+08:00"),
    type: "new",
    billing: "subscription",
    channel: { kind: "direct", seller: "S-1" as SellerId },
    status: { state: "paid", paidAt: at("2026-11-01T10:00:00+08:00") },
    currency: "CNY",
    lines: [aLine()],
    domainService: null,
    domainName: null,
    relatedOrder: null,
    ...changes,
  };
  return { life: lifeOf([order]), ...order };
}

export function anAccount(changes: Partial<Account> = {}): Account {
  return { id: "A-1" as AccountId, identity: VERIFIED, servedBy: null, ...changes };
}

export function aSeller(changes: Partial<Seller> = {}): Seller {
  return {
    id: "S-1" as SellerId,
    legalName: { "zh-CN": "云上示例科技有限公司", en: "Cloud Example Technology Co., Ltd." },
    registrationNumber: "91330100MA2DEMO01X",
    address: { "zh-CN": "浙江省杭州市余杭区示例路 2 号", en: "2 Example Road, Yuhang, Hangzhou, Zhejiang" },
    contact: "contract@seller.example",
    numberPrefix: "DEMO",
    timeZone: SHANGHAI,
    canSeal: true,
    quotaLeft: null,
    seal: PLAIN_SEAL,
    wording: null,
    ...changes,
  };
}

export const CATALOGUE: ReadonlyMap<ProductCode, Product> = new Map(
  DEFAULT_PRODUCTS.map((product) => [product.code, product]),
);

/** Facts that lead to `issue`; a test names only what it changes. */
export function someFacts(changes: Partial<IssuanceFacts> = {}): IssuanceFacts {
  return {
    order: anOrder(),
    account: anAccount(),
    seller: aSeller(),
    held: null,
    policy: DEFAULT_POLICY,
    at: at("2026-11-23T10:00:00+08:00"),
    ...changes,
  };
}

export function aPolicy(changes: Partial<Policy> = {}): Policy {
  return { ...DEFAULT_POLICY, ...changes };
}

export function aBillLine(changes: Partial<BillLine> = {}): BillLine {
  const { line, product, name, description, list, discount, tax, total } = aLine({ description: "720 h" });
  return { line, product, name, description, list, discount, tax, total, ...changes };
}

/** October's bill, final. */
export function aBill(changes: Partial<Bill> = {}): Bill {
  return {
    account: "A-1" as AccountId,
    cycle: "2026-10" as BillCycle,
    state: "final",
    seller: "S-1" as SellerId,
    currency: "CNY",
    lines: [aBillLine()],
    ...changes,
  };
}

/** Facts of a bill that lead to `issue`. */
export function someBillFacts(changes: Partial<BillIssuanceFacts> = {}): BillIssuanceFacts {
  const { account, policy, at } = someFacts();
  return { bill: aBill(), account, seller: aSeller(), held: null, policy, at, ...changes };
}

export function issueOf(decision: Decision): Issue {
  if (decision.kind === "refuse") throw new Error(`refused: ${decision.refusal.code}`);
  return decision;
}

export function refusalOf(decision: Decision): Refusal {
  if (decision.kind === "issue") throw new Error("issued");
  return decision.refusal;
}

/** The code of the refusal, or "issue". */
export function answerOf(decision: Decision): Refusal["code"] | "issue" {
  return decision.kind === "issue" ? "issue" : decision.refusal.code;
}

/** The contract that holds an order, in force unless the test says otherwise. */
export function aHeld(changes: Partial<HeldContract> = {}): HeldContract {
  return { number: HELD, standing: "in_force", ...changes };
}

export function aContract(changes: Partial<Omit<IssuedContract, "state">> = {}): IssuedContract {
  return {
    id: "019a0000-0000-7000-8000-000000000001" as ContractId,
    account: "A-1" as AccountId,
    subject: { kind: "order", order: "20261101-1" as OrderId },
    seller: "S-1" as SellerId,
    number: HELD,
    requestedAt: at("2026-11-01T09:30:00+08:00"),
    policyVersion: 1,
    holdUntil: null,
    snapshot: "0".repeat(64) as Sha256,
    replaces: null,
    state: "issued",
    form: "sealed",
    issuedAt: at("2026-11-01T09:30:01+08:00"),
    document: "1".repeat(64) as Sha256,
    voided: null,
    ...changes,
  };
}
