import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OrderDocument, parseOrderDocument } from "../../src/application/order-document.ts";
import { recordOrder } from "../../src/application/record-order.ts";
import { type AccountId, type OrderId, parseOrderId, type SellerId } from "../../src/domain/identifiers.ts";
import { standingOf, wasPaidTooLate } from "../../src/domain/standing.ts";
import { instantOf } from "../../src/domain/time.ts";
import { orderBody } from "../http/order-body.ts";
import { ACTOR, type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";

const ACCOUNT = "bench-account" as AccountId;
const DAY_MS = 86_400_000;
const NOW = Date.now();

let bench: IssuingBench;
beforeAll(async () => {
  bench = await openIssuingBench();
});
afterAll(() => bench.close());

type Status = OrderDocument["status"];

/** Days around the hold of 30 days that a contract requested now has. */
const anyDay = fc.integer({ min: 0, max: 60 }).map((days) => new Date(NOW + days * DAY_MS).toISOString());
const anyStatus: fc.Arbitrary<Status> = fc.oneof(
  fc.constant<Status>({ state: "unpaid" }),
  anyDay.map((paidAt): Status => ({ state: "paid", paidAt })),
  anyDay.map((cancelledAt): Status => ({ state: "cancelled", cancelledAt })),
  anyDay.map((expiredAt): Status => ({ state: "expired", expiredAt })),
  anyDay.map((refundedAt): Status => ({ state: "refunded", refundedAt })),
  fc.tuple(anyDay, anyDay).map(([paidAt, refundedAt]): Status => ({ state: "refunded", refundedAt, paidAt })),
);

/** What a source says of an order after its first report, and two ways of the reports to arrive, with repetitions. */
const anyHistory = fc.array(anyStatus, { minLength: 1, maxLength: 5 }).chain((statuses) => {
  const revisions = statuses.map((_, index) => index + 2);
  const permuted = fc
    .tuple(fc.shuffledSubarray(revisions, { minLength: revisions.length }), fc.array(fc.constantFrom(1, ...revisions)))
    .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));
  return fc.record({ statuses: fc.constant(statuses), one: permuted, other: permuted, atOnce: fc.boolean() });
});

let placed = 0;
/** An unpaid order with a contract, of which nothing else is known yet. */
async function contractedOrder(): Promise<OrderId> {
  const order = parseOrderId(`HISTORY-${++placed}`);
  if (!order) throw new Error("no order number");
  await report(order, 1, { state: "unpaid" });
  expect((await requestOf(bench.quickPorts(), order)).kind).toBe("issued");
  return order;
}

async function report(order: OrderId, revision: number, status: Status): Promise<string> {
  const occurredAt = new Date(NOW + revision * 1000).toISOString();
  const document = { order, ...orderBody({ account: ACCOUNT, revision, status, occurredAt }) };
  const parsed = parseOrderDocument(document, { seller: "demo-cloud" as SellerId });
  const recorded = parsed.ok ? await recordOrder(bench.services, ACTOR, parsed.value) : parsed;
  if (!recorded.ok) throw new Error(recorded.fault.message.en);
  return recorded.value;
}

/** What is known of the order in the end, whatever its number: its state and life, and what its contract is worth when. */
async function knownOf(order: OrderId) {
  const read = await bench.services.ledger.orderWithFacts(ACCOUNT, order);
  if (!read?.contract) throw new Error(`${order} has no contract`);
  const { contract, order: known } = read;
  const days = Array.from({ length: 14 }, (_, index) => instantOf(NOW + index * 5 * DAY_MS));
  const { status, life, revision } = known;
  // One that is void by now, because the order was cancelled within the hold, is nobody's to settle.
  const late = wasPaidTooLate(contract, known) && standingOf(contract, known, instantOf(Date.now())) === "lapsed";
  return { status, life, revision, late, standings: days.map((at) => standingOf(contract, known, at)) };
}

async function lateTickets(order: OrderId): Promise<number> {
  const { database } = bench.services;
  return (await database.selectFrom("tickets").select("topic").where("order_id", "=", order).execute()).length;
}

test("reports in any order, each however often, one by one or at once, give the same standing", async () => {
  const property = fc.asyncProperty(anyHistory, async ({ statuses, one, other, atOnce }) => {
    const straight = await contractedOrder();
    for (const [index, status] of statuses.entries()) await report(straight, index + 2, status);
    const expected = await knownOf(straight);
    for (const [turn, arrivals] of [one, other].entries()) {
      const order = await contractedOrder();
      const send = (revision: number) =>
        report(order, revision, revision === 1 ? { state: "unpaid" } : (statuses[revision - 2] as Status));
      const outcomes: string[] = [];
      if (atOnce && turn === 1) outcomes.push(...(await Promise.all(arrivals.map(send))));
      else for (const revision of arrivals) outcomes.push(await send(revision));
      expect(await knownOf(order)).toEqual(expected);
      expect(outcomes.filter((outcome) => outcome !== "unchanged")).toHaveLength(statuses.length);
      // A payment that another report has put right meanwhile may have been told, too; none is told twice.
      // Nor is one that was too late for a contract which is void anyhow.
      const toldOf = expected.late && expected.standings[0] === "lapsed";
      expect(await lateTickets(order)).toBeGreaterThanOrEqual(toldOf ? 1 : 0);
      expect(await lateTickets(order)).toBeLessThanOrEqual(1);
    }
  });
  await fc.assert(property, { numRuns: 12, interruptAfterTimeLimit: 20_000 });
});
