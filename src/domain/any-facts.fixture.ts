import fc from "fast-check";
import type { BillCycle } from "./bill.ts";
import type { BillIssuanceFacts } from "./decide-bill-issuance.ts";
import type { IssuanceFacts } from "./decide-issuance.ts";
import {
  aBill,
  aHeld,
  aLine,
  anAccount,
  anOrder,
  aPolicy,
  aSeller,
  PARTNER,
  someBillFacts,
  someFacts,
  VERIFIED,
  yuan,
} from "./facts.fixture.ts";
import type { OrderId, ProductCode, SellerId } from "./identifiers.ts";
import type { HeldContract } from "./issuance-rungs.ts";
import { zero } from "./money.ts";
import { ORDER_TYPES, type Order, type OrderLine, type OrderState } from "./order.ts";
import { lifeOf, type OrderReport } from "./order-life.ts";
import { type Account, type Identity, PARTNER_KINDS, type Partner, type Seller } from "./parties.ts";
import { DEFAULT_POLICY, type HoldRule, type Policy } from "./policy.ts";
import type { Standing } from "./standing.ts";
import { type Instant, instantOf, type TimeZone } from "./time.ts";

const WINDOW = Date.UTC(2026, 10, 23);
/** Within two months of the others, so that holds and events meet. */
const anyNearInstant: fc.Arbitrary<Instant> = fc
  .integer({ min: -60 * 24, max: 60 * 24 })
  .map((hours) => instantOf(WINDOW + hours * 3_600_000));

export const anyInstant: fc.Arbitrary<Instant> = fc.oneof(
  anyNearInstant,
  fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2099, 11, 31) }).map(instantOf),
);

const anyStatus: fc.Arbitrary<OrderState> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ state: "unpaid" } as const) },
  { weight: 6, arbitrary: anyInstant.map((paidAt) => ({ state: "paid", paidAt }) as const) },
  anyInstant.map((cancelledAt) => ({ state: "cancelled", cancelledAt }) as const),
  anyInstant.map((expiredAt) => ({ state: "expired", expiredAt }) as const),
  fc.record({ state: fc.constant("refunded" as const), refundedAt: anyInstant, paidAt: fc.option(anyInstant) }),
);

/** All that a source ever said of one order, in the order of its revisions: at least one report, each its own revision. */
export const anyReports: fc.Arbitrary<readonly OrderReport[]> = fc
  .array(anyStatus, { minLength: 1, maxLength: 4 })
  .map((states) => states.map((status, index) => ({ revision: index + 1, status })));

/** Mostly `usual`, so that properties about what is issued meet enough of it; sometimes anything. */
function mostly<Value>(usual: Value, anything: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: anything });
}

export const PRODUCTS = ["ecs", "rds", "domain", "bespoke_support"] as unknown as readonly ProductCode[];
export const SERVICES = ["registration", "renewal", "trade"] as const;
const BILLINGS = ["subscription", "pay_as_you_go"] as const;

const anyLine: fc.Arbitrary<OrderLine> = fc
  .record({
    product: fc.constantFrom("ecs" as ProductCode, ...PRODUCTS),
    total: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(yuan),
    term: fc.option(fc.record({ startsAt: anyInstant, endsAt: fc.option(anyInstant) })),
    description: fc.string({ unit: "grapheme" }),
  })
  .map((changes) => aLine({ ...changes, list: changes.total, discount: zero("CNY") }));

/** An order as its reports leave it: the newest one's status, and the life that all of them tell. */
export const anyOrder: fc.Arbitrary<Order> = fc
  .record({
    placedAt: anyInstant,
    occurredAt: anyInstant,
    type: mostly<Order["type"]>("new", fc.constantFrom(...ORDER_TYPES)),
    billing: mostly<Order["billing"]>("subscription", fc.constantFrom(...BILLINGS)),
    channel: fc.constantFrom<Order["channel"]>(
      { kind: "direct", seller: "S-1" as SellerId },
      { kind: "marketplace", sellerName: "独立商家", seller: "S-1" as SellerId },
      { kind: "marketplace", sellerName: "独立商家", seller: null },
    ),
    reports: anyReports,
    lines: fc.array(anyLine, { maxLength: 4 }),
    domainService: fc.constantFrom(null, null, ...SERVICES),
    domainName: fc.constantFrom(null, "example.cn"),
    relatedOrder: fc.constantFrom(null, "20260101-9" as OrderId),
  })
  .map(({ reports, ...changes }) => {
    const status = reports.at(-1)?.status ?? { state: "unpaid" };
    return anOrder({ ...changes, revision: reports.length, status, life: lifeOf(reports) });
  });

const anyStart = fc.constantFrom("request" as const, "order" as const);
export const anyHold: fc.Arbitrary<HoldRule> = fc.oneof(
  fc.record({ start: anyStart, count: fc.constant("days" as const), days: fc.integer({ min: 0, max: 400 }) }),
  fc.record({ start: anyStart, count: fc.constant("hours" as const), hours: fc.integer({ min: 1, max: 9000 }) }),
);

const { selfServiceProducts, contractableOrderTypes, partnerKindsRefused, domainProducts, hold } = DEFAULT_POLICY;

const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    version: fc.integer({ min: 1 }),
    selfServiceProducts: mostly<Policy["selfServiceProducts"]>(
      selfServiceProducts,
      fc.dictionary(fc.constantFrom(...PRODUCTS), fc.subarray([...BILLINGS])),
    ),
    contractableOrderTypes: mostly(contractableOrderTypes, fc.subarray([...ORDER_TYPES])),
    partnerKindsRefused: mostly(partnerKindsRefused, fc.subarray([...PARTNER_KINDS])),
    identityRequired: fc.boolean(),
    domainProducts: mostly(domainProducts, fc.subarray(["domain", "rds"])),
    domainServicesBeforePayment: fc.subarray([...SERVICES]),
    hold: mostly(hold, anyHold),
    reissueAfterVoid: fc.boolean(),
    billFinality: fc.record({
      basis: fc.constantFrom("final_report" as const, "calendar" as const),
      expectedDay: fc.integer({ min: 1, max: 28 }),
    }),
    voidAlone: fc.constantFrom(null, {}, { CNY: "100.00" }),
    withoutTimestamp: fc.constantFrom("wait" as const, "refuse" as const),
  })
  .map(aPolicy);

const anyAccount: fc.Arbitrary<Account> = fc
  .record({
    identity: fc.constantFrom<Identity>(VERIFIED, VERIFIED, { state: "unverified" }),
    servedBy: mostly<Partner | null>(
      null,
      fc.constantFrom(...PARTNER_KINDS).map((kind) => ({ ...PARTNER, kind })),
    ),
  })
  .map(anAccount);

const anySeller: fc.Arbitrary<Seller> = fc
  .record({
    canSeal: mostly(true, fc.boolean()),
    quotaLeft: mostly<number | null>(null, fc.constantFrom(0, 1)),
    timeZone: fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "UTC") as fc.Arbitrary<TimeZone>,
  })
  .map(aSeller);

export const STANDINGS: readonly Standing[] = ["pending_payment", "in_force", "not_started", "ended", "lapsed", "void"];
const anyHeld = mostly<HeldContract | null>(
  null,
  fc.constantFrom<Standing>("void", ...STANDINGS).map((standing) => aHeld({ standing })),
);

export const anyFacts: fc.Arbitrary<IssuanceFacts> = fc
  .record({
    order: anyOrder,
    account: anyAccount,
    seller: fc.option(anySeller, { freq: 9 }),
    held: anyHeld,
    policy: anyPolicy,
    at: anyInstant,
  })
  .map(someFacts);

export const anyBillFacts: fc.Arbitrary<BillIssuanceFacts> = fc
  .record({
    bill: fc
      .record({
        state: fc.constantFrom("open" as const, "final" as const),
        cycle: fc.constantFrom("2026-09", "2026-10", "2026-11", "2026-12") as fc.Arbitrary<BillCycle>,
      })
      .map(aBill),
    account: anyAccount,
    seller: anySeller,
    held: anyHeld,
    policy: anyPolicy,
    at: anyInstant,
  })
  .map(someBillFacts);
