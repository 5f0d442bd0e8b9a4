import fc from "fast-check";
import type { PlannedFault } from "./fault-plan.ts";
import type { Report, Terms } from "./promises.ts";

/** When something happened that a source reports, seen from now; or beside the end of the order's hold. */
type When = { readonly agoMs: number } | { readonly besideHoldMs: number };

/** One thing that somebody does to the shop; `order` is a place among the orders of the sequence. */
export type Step =
  | {
      readonly do: "report";
      readonly order: number;
      /** `late` fills a gap below the newest revision; `again` repeats one; `altered` contradicts one. */
      readonly as: "next" | "next but one" | "late" | "again" | "altered" | "of another account";
      readonly pick: number;
      readonly state: Report["state"];
      readonly when: When;
      readonly knowsPayment: boolean;
    }
  | ({ readonly do: "request"; readonly subject: number } & Asked)
  | { readonly do: "batch"; readonly orders: readonly number[]; readonly key: number | null; readonly body: number }
  | { readonly do: "void"; readonly subject: number; readonly which: "newest" | "first" | "unknown" }
  | { readonly do: "bill"; readonly isFinal: boolean; readonly total: number }
  | {
      readonly do: "pass";
      readonly time: { readonly ms: number } | { readonly besideHoldMs: number; readonly order: number };
    }
  | { readonly do: "sweep" | "finish" | "restart" | "download" }
  | { readonly do: "timestamps"; readonly answer: boolean }
  | { readonly do: "policy"; readonly terms: Omit<Terms, "version"> }
  | { readonly do: "account"; readonly verified: boolean; readonly servedByPartner: boolean };

interface Asked {
  /** Null: without an idempotency key. */
  readonly key: number | null;
  /** Which of two things the buyer fills in. */
  readonly body: number;
  readonly by: "owner" | "another account";
  readonly times: "once" | "twice at once" | "twice at once on two nodes";
}

/** Where it is done, and what goes wrong meanwhile. */
export interface FaultyStep {
  readonly step: Step;
  readonly node: 0 | 1;
  readonly fault: PlannedFault | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const PLACES = 3;
/** The place of the bill among what can be requested. */
export const BILL = 3;

const place = fc.nat({ max: PLACES - 1 });
const subject = fc.nat({ max: BILL });
const besideHoldMs = fc.constantFrom(-1, 0, 1);
const key = fc.option(fc.nat({ max: 2 }), { nil: null, freq: 2 });
const body = fc.constantFrom(0, 0, 0, 1);

const anyTerms: fc.Arbitrary<Omit<Terms, "version">> = fc.record({
  reissueAfterVoid: fc.boolean(),
  hold: fc.constantFrom(
    { start: "request", count: "days", amount: 30 } as const,
    { start: "request", count: "hours", amount: 72 } as const,
    { start: "order", count: "days", amount: 30 } as const,
    { start: "order", count: "hours", amount: 48 } as const,
  ),
  billBasis: fc.constantFrom("final_report", "calendar"),
  withoutTimestamp: fc.constantFrom("wait", "refuse"),
});

const anyWhen: fc.Arbitrary<When> = fc.oneof(
  { arbitrary: fc.constantFrom(0, 1, 1000, HOUR, DAY, 20 * DAY, 40 * DAY).map((agoMs) => ({ agoMs })), weight: 3 },
  { arbitrary: besideHoldMs.map((ms) => ({ besideHoldMs: ms })), weight: 1 },
);

const steps: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> }[] = [
  {
    weight: 30,
    arbitrary: fc.record({
      do: fc.constant("report"),
      order: place,
      as: weighted({ next: 8, "next but one": 3, late: 3, again: 2, altered: 1, "of another account": 1 }),
      pick: fc.nat({ max: 9 }),
      state: weighted({ unpaid: 5, paid: 5, cancelled: 1, expired: 1, refunded: 2 }),
      when: anyWhen,
      knowsPayment: fc.boolean(),
    }),
  },
  {
    weight: 28,
    arbitrary: fc.record({
      do: fc.constant("request"),
      subject,
      key,
      body,
      by: weighted({ owner: 12, "another account": 1 }),
      times: weighted({ once: 8, "twice at once": 1, "twice at once on two nodes": 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("batch"),
      orders: fc.subarray([...Array(PLACES).keys()], { minLength: 1 }),
      key,
      body,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("void"), subject, which: weighted({ newest: 8, first: 1, unknown: 1 }) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("bill"), isFinal: fc.boolean(), total: fc.nat({ max: 1 }) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("pass"),
      time: fc.oneof(
        fc.constantFrom(1, HOUR, DAY, 5 * DAY, 31 * DAY).map((ms) => ({ ms })),
        fc.record({ besideHoldMs, order: place }),
      ),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({ do: weighted({ sweep: 6, finish: 4, restart: 2, download: 2 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("timestamps"), answer: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("policy"), terms: anyTerms }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("account"),
      verified: fc.boolean(),
      servedByPartner: fc.constantFrom(false, false, true),
    }),
  },
];

const anyFault: fc.Arbitrary<PlannedFault> = fc.record({
  kind: fc.constantFrom("crash", "failure", "conflict"),
  moment: fc.constantFrom("before", "after"),
  // Some steps are short, and a fault beyond their end is none.
  at: fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 15 }), fc.nat({ max: 45 })),
});

/** Each kind of step by itself, as fast-check shrinks them; one in five meets a fault. */
export const ANY_STEP: fc.Arbitrary<FaultyStep> = fc.record({
  step: fc.oneof(...steps),
  node: fc.constantFrom(0, 1),
  fault: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: anyFault }),
});

function weighted<Choice extends string>(weights: Readonly<Record<Choice, number>>): fc.Arbitrary<Choice> {
  const choices = Object.keys(weights) as Choice[];
  return fc.oneof(...choices.map((choice) => ({ weight: weights[choice], arbitrary: fc.constant(choice) })));
}
