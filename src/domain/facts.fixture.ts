import fc from "fast-check";
import type { Contract } from "./contract.ts";
import type { IssuanceFacts } from "./decide-issuance.ts";
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
import { type Money, zero } from "./money.ts";
import { ORDER_TYPES, type Order, type OrderLine, type OrderState } from "./order.ts";
import { type Account, type Identity, PARTNER_KINDS, type Partner, type Seller } from "./parties.ts";
import { DEFAULT_POLICY, DEFAULT_PRODUCTS, type Product } from "./policy.ts";
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
  return {
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
    ...changes,
  };
}

function catalogue(products: readonly Product[] = DEFAULT_PRODUCTS): ReadonlyMap<ProductCode, Product> {
  return new Map(products.map((product) => [product.code, product]));
}

/** Facts that lead to `issue`; a test names only what it changes. */
export function someFacts(changes: Partial<IssuanceFacts> = {}): IssuanceFacts {
  return {
    order: anOrder(),
    account: anAccount(),
    seller: aSeller(),
    held: null,
    products: catalogue(),
    policy: DEFAULT_POLICY,
    at: at("2026-11-23T10:00:00+08:00"),
    ...changes,
  };
}

export function aContract(changes: { readonly holdUntil?: Instant | null } = {}): Contract {
  return {
    id: "019a0000-0000-7000-8000-000000000001" as ContractId,
    account: "A-1" as AccountId,
    order: "20261101-1" as OrderId,
    seller: "S-1" as SellerId,
    number: HELD,
    requestedAt: at("2026-11-01T09:30:00+08:00"),
    policyVersion: 1,
    holdUntil: null,
    snapshot: "0".repeat(64) as Sha256,
    state: "issued",
    issuedAt: at("2026-11-01T09:30:01+08:00"),
    document: "1".repeat(64) as Sha256,
    ...changes,
  };
}

export const anyInstant: fc.Arbitrary<Instant> = fc
  .integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2099, 11, 31) })
  .map(instantOf);

const anyStatus: fc.Arbitrary<OrderState> = fc.oneof(
  fc.constant({ state: "unpaid" } as const),
  anyInstant.map((paidAt) => ({ state: "paid", paidAt }) as const),
  anyInstant.map((cancelledAt) => ({ state: "cancelled", cancelledAt }) as const),
  anyInstant.map((expiredAt) => ({ state: "expired", expiredAt }) as const),
  anyInstant.map((refundedAt) => ({ state: "refunded", refundedAt, paidAt: null }) as const),
);

const anyLine: fc.Arbitrary<OrderLine> = fc
  .record({
    product: fc.constantFrom("ecs", "rds", "domain", "bespoke_support") as fc.Arbitrary<ProductCode>,
    total: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(yuan),
    term: fc.option(fc.record({ startsAt: anyInstant, endsAt: fc.option(anyInstant) })),
    description: fc.string({ unit: "grapheme" }),
  })
  .map((changes) => aLine({ ...changes, list: changes.total, discount: zero("CNY") }));

export const anyOrder: fc.Arbitrary<Order> = fc
  .record({
    placedAt: anyInstant,
    occurredAt: anyInstant,
    revision: fc.nat(),
    type: fc.constantFrom(...ORDER_TYPES),
    billing: fc.constantFrom("subscription" as const, "pay_as_you_go" as const),
    channel: fc.constantFrom<Order["channel"]>(
      { kind: "direct", seller: "S-1" as SellerId },
      { kind: "marketplace", sellerName: "独立商家", seller: "S-1" as SellerId },
      { kind: "marketplace", sellerName: "独立商家", seller: null },
    ),
    status: anyStatus,
    lines: fc.array(anyLine, { maxLength: 4 }),
    domainService: fc.constantFrom(null, null, "registration", "trade"),
    domainName: fc.constantFrom(null, "example.cn"),
    relatedOrder: fc.constantFrom(null, "20260101-9" as OrderId),
  })
  .map((changes) => anOrder(changes));

export const anyFacts: fc.Arbitrary<IssuanceFacts> = fc
  .record({
    order: anyOrder,
    account: fc
      .record({
        identity: fc.constantFrom<Identity>(VERIFIED, { state: "unverified" }),
        servedBy: fc.option(fc.constantFrom(...PARTNER_KINDS).map((kind): Partner => ({ ...PARTNER, kind }))),
      })
      .map((changes) => anAccount(changes)),
    seller: fc.constantFrom(null, aSeller(), aSeller({ canSeal: false }), aSeller({ timeZone: "UTC" as TimeZone })),
    held: fc.constantFrom(null, null, HELD),
    policy: fc
      .record({ holdDays: fc.integer({ min: 0, max: 3650 }), identityRequired: fc.boolean() })
      .map((changes) => ({ ...DEFAULT_POLICY, ...changes })),
    at: anyInstant,
  })
  .map((changes) => someFacts(changes));
