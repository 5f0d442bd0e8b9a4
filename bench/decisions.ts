import { type Decision, decideIssuance, explainIssuance, type IssuanceFacts } from "../src/domain/decide-issuance.ts";
import { aHeld, aLine, anAccount, anOrder, aSeller, at, PARTNER, someFacts } from "../src/domain/facts.fixture.ts";
import type { ProductCode } from "../src/domain/identifiers.ts";
import type { Order } from "../src/domain/order.ts";
import { DEFAULT_POLICY } from "../src/domain/policy.ts";
import { type Instant, instantOf, type TimeZone } from "../src/domain/time.ts";
import { median } from "./measure.ts";
import { type Finding, figure, judged } from "./report.ts";

/** Orders of one kind, and their share in a hundred decisions. */
interface Kind {
  readonly share: number;
  /** The rung that refuses them; null: they get their contract. */
  readonly rung: string | null;
  readonly unpaid?: boolean;
  readonly order?: (now: Instant) => Partial<Order>;
  readonly facts?: Partial<IssuanceFacts>;
}

const UNPAID = { state: "unpaid" } as const;
const OFFERED = DEFAULT_POLICY.domainServicesBeforePayment[0] ?? "";
const MARKET = { kind: "marketplace", sellerName: "独立商家", seller: null } as const;

const KINDS: readonly Kind[] = [
  { share: 42, rung: null },
  { share: 6, rung: null, order: () => ({ billing: "pay_as_you_go" }) },
  { share: 15, rung: null, unpaid: true, order: () => ({ status: UNPAID }) },
  { share: 3, rung: null, unpaid: true, order: () => ({ status: UNPAID, domainService: OFFERED }) },
  { share: 4, rung: "served_by_partner", facts: { account: anAccount({ servedBy: PARTNER }) } },
  { share: 10, rung: "already_contracted", facts: { held: aHeld() } },
  { share: 3, rung: "order_cancelled", order: (now) => ({ status: { state: "cancelled", cancelledAt: now } }) },
  { share: 3, rung: "order_expired", order: (now) => ({ status: { state: "expired", expiredAt: now } }) },
  {
    share: 2,
    rung: "order_refunded",
    order: (now) => ({ status: { state: "refunded", refundedAt: now, paidAt: null } }),
  },
  { share: 2, rung: "order_type_not_contractable", order: () => ({ type: "trial" }) },
  { share: 4, rung: "identity_not_verified", facts: { account: anAccount({ identity: { state: "unverified" } }) } },
  { share: 2, rung: "seller_cannot_seal", order: () => ({ channel: MARKET }), facts: { seller: null } },
  {
    share: 2,
    rung: "product_not_self_service",
    order: () => ({ lines: [aLine(), aLine({ product: "bespoke" as ProductCode })] }),
  },
  {
    share: 2,
    rung: "unpaid_domain_service_not_allowed",
    order: () => ({ status: UNPAID, domainService: "not offered before payment" }),
  },
];

/** Every decision falls on a moment of its own within a year, so that no day's answer serves only that day. */
const FROM = at("2026-11-23T00:00:00Z");
const SPREAD_MS = 365 * 86_400_000;
const ZONES = ["Asia/Shanghai", "Asia/Shanghai", "Asia/Singapore", "Europe/Berlin", "America/New_York"];
const DIFFERENT = 20_000;
const WARM_UP = 3;
const MUST = 1_000_000;

/** How many decisions one core makes in a second: the ladder alone, facts in and decision out. */
export function measureDecisions(runs: number, perRun: number): Finding {
  const mixed = factsOf(KINDS);
  const unpaid = factsOf(KINDS.filter((kind) => kind.unpaid));
  const paid = factsOf(KINDS.filter((kind) => kind.rung === null && !kind.unpaid));
  const share = KINDS.filter((kind) => kind.unpaid).reduce((sum, kind) => sum + kind.share, 0);
  return {
    name: "decisions",
    title: "Decide whether an order may have a contract (one core, no database)",
    figures: [
      judged("mix of orders", speedOf(mixed, runs, perRun), "decisions/s", "≥", MUST, 0),
      figure("  paid, gets its contract", speedOf(paid, runs, perRun), "decisions/s", 0),
      figure("  unpaid, with the end of its hold", speedOf(unpaid, runs, perRun), "decisions/s", 0),
    ],
    notes: [
      `Medians of ${runs} runs of ${perRun} decisions over ${DIFFERENT} different facts, within a year and in four zones; of the mix, ${share} % are unpaid orders that get a contract, and every rung of the ladder refuses some.`,
    ],
  };
}

/** Facts in the shares of their kinds, in random order; throws where one is not decided as its kind says. */
function factsOf(kinds: readonly Kind[]): readonly IssuanceFacts[] {
  const random = randomNumbers();
  const lots = kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  const all = Array.from({ length: DIFFERENT }, () => {
    const kind = oneOf(lots, random());
    const now = instantOf(FROM + Math.floor(random() * SPREAD_MS));
    const facts = someFacts({
      order: anOrder(kind.order?.(now)),
      seller: aSeller({ timeZone: oneOf(ZONES, random()) as TimeZone }),
      ...kind.facts,
      at: now,
    });
    const rung = rungOf(decideIssuance(facts));
    if (rung !== kind.rung) throw new Error(`an order meant for ${kind.rung} was decided by ${rung}`);
    return facts;
  });
  const missing = explainIssuance(someFacts()).rungs.find(({ rung }) => !KINDS.some((kind) => kind.rung === rung));
  if (missing) throw new Error(`no order of the mix is refused by ${missing.rung}`);
  return all;
}

function rungOf(decision: Decision): string | null {
  return decision.kind === "issue" ? null : decision.refusal.code;
}

/** Decisions per second, the median of the runs after some to warm up. */
function speedOf(facts: readonly IssuanceFacts[], runs: number, perRun: number): number {
  const issued = facts.filter((one) => decideIssuance(one).kind === "issue").length;
  const rounds = Math.ceil(perRun / facts.length);
  const speeds = Array.from({ length: WARM_UP + runs }, () => {
    const start = performance.now();
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const one of facts) if (decideIssuance(one).kind === "issue") found += 1;
    }
    const tookMs = performance.now() - start;
    if (found !== issued * rounds) throw new Error("the same facts were decided in two ways");
    return (1000 * rounds * facts.length) / tookMs;
  });
  return median(speeds.slice(WARM_UP));
}

function oneOf<Value>(values: readonly Value[], random: number): Value {
  const value = values[Math.floor(random * values.length)];
  if (value === undefined) throw new Error("nothing to choose from");
  return value;
}

/** The same numbers from 0 to 1 in every run: a linear congruential generator (Numerical Recipes, "quick and dirty"). */
function randomNumbers(): () => number {
  let state = 20_261_123;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
