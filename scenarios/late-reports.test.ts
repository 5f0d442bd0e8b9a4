import { expect } from "vitest";
import { paid } from "../src/demo-builders.ts";
import { openChapter } from "./diary.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("late-reports");

/** Every order in which three reports can arrive. */
const PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

story("R10, R11: reports that come twice and in any order lead to one standing", async (told) => {
  const { on, seller, buyer, standing, announced } = told;
  for (const [index, arrival] of PERMUTATIONS.entries()) {
    const day = `2026-${String(index + 3).padStart(2, "0")}`;
    const order = await on(`${day}-02 10:00`, "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
    const contract = await on(`${day}-02 10:05`, "contract requested", () => buyer.requests(order));
    const placed = seller.newestOf(order);
    const reports = [
      { ...placed, revision: 2, occurredAt: iso(`${day}-05 09:00`), status: paid(iso(`${day}-05 09:00`)) },
      { ...placed, revision: 3, occurredAt: iso(`${day}-06 09:00`), status: paid(iso(`${day}-04 17:00`)) },
      {
        ...placed,
        revision: 4,
        occurredAt: iso(`${day}-09 09:00`),
        status: { state: "refunded", refundedAt: iso(`${day}-09 09:00`) } as const,
      },
    ] as const;
    await on(`${day}-20 12:00`, `paid, corrected, refunded: arriving as ${arrival}, each twice`, async () => {
      for (const which of [...arrival, ...arrival]) await seller.reports(order, reports[which]);
      expect(await standing(contract)).toBe("in_force");
      expect(await buyer.sees(order)).toMatchObject({ revision: 4, state: "refunded", paidAt: iso(`${day}-04 17:00`) });
      const types = (await announced(contract.number)).map(({ type }) => type);
      expect(types).toEqual(["contract.requested", "contract.issued", "contract.in_force"]);
    });
  }
});

story(
  "R9, R10: paid after the hold or cancelled within it: what happened first counts, not what came first",
  async (told) => {
    const { on, seller, buyer, standing } = told;
    for (const [index, arrival] of PERMUTATIONS.entries()) {
      const month = `2027-${String(index + 3).padStart(2, "0")}`;
      const order = await on(`${month}-01 10:00`, "order placed, unpaid", () =>
        seller.sells("ecs", { status: "unpaid" }),
      );
      const contract = await on(`${month}-01 10:05`, "contract requested", () => buyer.requests(order));
      const placed = seller.newestOf(order);
      const reports = [
        { ...placed, revision: 2, occurredAt: iso(`${month}-03 09:00`) },
        { ...placed, revision: 3, occurredAt: iso(`${month}-10 09:00`), status: paid(iso(`${month}-10 09:00`)) },
        {
          ...placed,
          revision: 4,
          occurredAt: iso(`${month}-12 09:00`),
          status: { state: "cancelled", cancelledAt: iso(`${month}-12 09:00`) } as const,
        },
      ] as const;
      await on(`${month}-13 12:00`, `touched, paid, cancelled: arriving as ${arrival}, each twice`, async () => {
        for (const which of [...arrival, ...arrival]) await seller.reports(order, reports[which]);
        expect(await standing(contract)).toBe("void");
        expect(await buyer.sees(order)).toMatchObject({ revision: 4, state: "cancelled" });
      });
    }
  },
);

story("R11: refunded, the contract is kept, and marked", async (told) => {
  const { on, seller, buyer, standing } = told;
  const order = await on("2026-11-12 10:00", "order placed and paid", () => seller.sells("ecs"));
  const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
  const file = await on("2026-11-12 10:06", "downloaded", () => buyer.downloads(contract.number));
  await on("2026-11-15 09:00", "refunded", async () => {
    await seller.refunds(order);
    expect(await standing(contract)).toBe("in_force");
    expect(await buyer.sees(order)).toMatchObject({ state: "refunded", contract: { number: contract.number } });
    expect(await buyer.showsContract(contract.number)).toMatchObject({ refundedAt: iso("2026-11-15 09:00") });
  });
  await on("2027-06-01 10:00", "kept: the same file half a year later", async () => {
    expect((await buyer.downloads(contract.number)).equals(file)).toBe(true);
    expect(await buyer.isRefused(order)).toMatchObject({ code: "already_contracted" });
  });
  await on("2027-06-02 10:00", "another order, refunded before anybody asked, gets none", async () => {
    const other = await seller.sells("ecs");
    await seller.refunds(other);
    expect(await buyer.isRefused(other)).toMatchObject({
      status: 409,
      code: "order_refunded",
      rule: "R11",
      nextStep: { action: "place_new_order" },
    });
  });
});

story("R11: the refund is reported before the payment: it is the refund of a payment all the same", async (told) => {
  const { on, seller, buyer, standing } = told;
  const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
  const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
  const placed = seller.newestOf(order);
  await on("2026-11-20 09:00", "a refund is reported; of the payment nobody has heard", async () => {
    const status = { state: "refunded", refundedAt: iso("2026-11-19 16:00") } as const;
    const occurredAt = iso("2026-11-19 16:00");
    expect(await seller.reports(order, { ...placed, revision: 3, occurredAt, status })).toBe("updated");
    expect(await standing(contract)).toBe("in_force");
  });
  await on("2026-11-21 09:00", "the payment's report arrives late and changes nothing", async () => {
    const status = paid(iso("2026-11-14 10:00"));
    const occurredAt = iso("2026-11-14 10:00");
    expect(await seller.reports(order, { ...placed, revision: 2, occurredAt, status })).toBe("stale");
    expect(await standing(contract)).toBe("in_force");
    expect((await buyer.sees(order)).state).toBe("refunded");
    expect((await buyer.showsContract(contract.number)).refundedAt).toBe(iso("2026-11-19 16:00"));
  });
});

story(
  "R10: the order system gives the order up within the hold: lapsed from then on, and announced once",
  async (told) => {
    const { on, seller, buyer, standing, waitsFor, announced } = told;
    const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
    const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
    const next = await on("2026-11-12 10:06", "another one, to know when the sweep has passed", async () =>
      buyer.requests(await seller.sells("ecs", { status: "unpaid" })),
    );
    await on("2026-11-19 12:00", "given up after a week", async () => {
      await seller.changes(order, { status: { state: "expired", expiredAt: iso("2026-11-19 12:00") } });
      expect(await standing(contract)).toBe("lapsed");
      expect((await announced(order)).at(-1)).toMatchObject({ type: "order.hold_ended", at: iso("2026-11-19 12:00") });
    });
    await on("2026-12-13 00:00", "the thirty days are over, which changes nothing any more", async () => {
      await waitsFor("contract.lapsed", next.number);
      expect((await announced(contract.number)).map(({ type, at }) => [type, at]).slice(2)).toEqual([
        ["contract.lapsed", iso("2026-11-19 12:00")],
      ]);
      expect((await announced(order)).map(({ type }) => type)).toEqual(["order.hold_started", "order.hold_ended"]);
    });
  },
);

story("R10: a payment that bounces is taken back: the contract waits again, and lapses with its hold", async (told) => {
  const { on, seller, buyer, standing, waitsFor, announced } = told;
  const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
  const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
  await on("2026-11-15 09:00", "paid", async () => {
    await seller.isPaid(order);
    expect(await standing(contract)).toBe("in_force");
  });
  await on("2026-11-17 09:00", "the cheque bounced: unpaid after all", async () => {
    await seller.changes(order, { status: { state: "unpaid" } });
    expect(await standing(contract)).toBe("pending_payment");
    expect((await buyer.showsContract(contract.number)).holdUntil).toBe(iso("2026-12-13 00:00"));
  });
  await on("2026-12-13 00:00", "not paid again: lapsed, and announced as any other", async () => {
    expect(await standing(contract)).toBe("lapsed");
    await waitsFor("contract.lapsed", contract.number);
    expect((await announced(order)).map(({ type, at }) => [type, at])).toEqual([
      ["order.hold_started", iso("2026-11-12 10:05")],
      ["order.hold_ended", iso("2026-11-15 09:00")],
      ["order.hold_started", iso("2026-11-17 09:00")],
      ["order.hold_ended", iso("2026-12-13 00:00")],
    ]);
  });
});
