import fc from "fast-check";
import type { Pool } from "pg";
import { compareBooks, compareFiles } from "./compare-shop.ts";
import { SAMPLES } from "./sample-orders.ts";
import { openShop, type Shop, type ShopParts } from "./shop.ts";
import { QUICK_DRAWING } from "./shop-node.ts";
import { ANY_STEP, type FaultyStep, PLACES, type Step } from "./step.ts";
import { takeStep } from "./take-step.ts";

export interface SequenceCounts {
  sequences: number;
  steps: number;
  contracts: number;
  /** By what was done, and by what was met. */
  readonly done: Map<Step["do"], number>;
  readonly faults: Map<string, number>;
}

export function noCounts(): SequenceCounts {
  return { sequences: 0, steps: 0, contracts: 0, done: new Map(), faults: new Map() };
}

interface Conditions extends Partial<ShopParts> {
  readonly pool: Pool;
  readonly sequences: number;
  readonly seed: number;
  readonly counts: SequenceCounts;
  /** The first failure is enough; it is not looked for the smallest. */
  readonly stopsAtOnce?: boolean;
}

/** Runs random sequences against the model; null when all are clean, else what fast-check says of the smallest that is not. */
export async function runSequences(conditions: Conditions): Promise<string | null> {
  const { sequences, seed, counts, stopsAtOnce = false } = conditions;
  const parts: ShopParts = { drawing: QUICK_DRAWING, ...conditions };
  const property = fc.asyncProperty(anyOpening, anyCommands, async (opening, commands) => {
    const samples = opening.map(({ sample }) => sample);
    const shop = await openShop(parts, samples);
    try {
      for (const step of opening.flatMap(firstReport)) await takeStep(shop, { step, node: 0, fault: null });
      await fc.asyncModelRun(() => ({ model: counts, real: shop }), commands);
      await close(shop);
    } finally {
      for (const node of shop.nodes) await node.bury();
    }
    counts.sequences += 1;
    counts.contracts += shop.numbers.size;
    for (const [kind, times] of shop.faults) counts.faults.set(kind, (counts.faults.get(kind) ?? 0) + times);
  });
  const details = await fc.check(property, { numRuns: sequences, seed, endOnFailure: stopsAtOnce });
  return details.failed ? failureText(details.errorInstance, fc.defaultReportMessage(details) ?? "") : null;
}

function failureText(error: unknown, report: string): string {
  return `${error instanceof Error ? error.stack : String(error)}\n${report}`;
}

class StepCommand implements fc.AsyncCommand<SequenceCounts, Shop> {
  readonly #faulty: FaultyStep;

  constructor(faulty: FaultyStep) {
    this.#faulty = faulty;
  }

  check(): boolean {
    return true;
  }

  async run(counts: SequenceCounts, shop: Shop): Promise<void> {
    if (!(await takeStep(shop, this.#faulty))) return;
    const { step } = this.#faulty;
    counts.steps += 1;
    counts.done.set(step.do, (counts.done.get(step.do) ?? 0) + 1);
  }

  toString(): string {
    return JSON.stringify(this.#faulty);
  }
}

/** What kinds of orders there are, and what is known of each at the beginning; of some, nothing. */
const anyOpening = fc.array(
  fc.record({
    sample: fc.oneof(
      { weight: 2, arbitrary: fc.nat({ max: 2 }) },
      { weight: 1, arbitrary: fc.nat({ max: SAMPLES.length - 1 }) },
    ),
    first: fc.constantFrom("unpaid", "unpaid", "unpaid", "paid", "paid", null),
  }),
  { minLength: PLACES, maxLength: PLACES },
);

function firstReport({ first }: { readonly first: "unpaid" | "paid" | null }, order: number): readonly Step[] {
  if (first === null) return [];
  const when = { agoMs: 0 };
  return [{ do: "report", order, as: "next", pick: 0, state: first, when, knowsPayment: false }];
}

const anyCommands = fc.commands<SequenceCounts, Shop, false>([ANY_STEP.map((faulty) => new StepCommand(faulty))], {
  maxCommands: 24,
  size: "max",
});

/** In the end everything heals: the authority answers, what was interrupted is finished, and all holds run out. */
async function close(shop: Shop): Promise<void> {
  shop.clock.hasTimestamps = true;
  for (const step of [{ do: "finish" }, { do: "pass", time: { ms: 200 * 86_400_000 } }, { do: "sweep" }] as const) {
    await takeStep(shop, { step, node: 0, fault: null });
  }
  await compareFiles(shop);
  await compareBooks(shop, [], false);
  if (
    shop.subjects.some(({ isHoldOpen, contracts }) => isHoldOpen || contracts.some(({ state }) => state !== "issued"))
  ) {
    throw new Error("the model itself left something open");
  }
}
