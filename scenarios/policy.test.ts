import { expect } from "vitest";
import { billLine, monthlyBill } from "../src/demo-builders.ts";
import { openChapter } from "./diary.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("policy");

story(
  "R8: a hold counted in hours and from the order, by policy; what was issued before keeps its own",
  async (told) => {
    const { on, seller, buyer, desk, colleague, contents, standing } = told;
    const before = await on("2026-03-02 09:15:30", "contracted unpaid under the rules of the beginning", async () =>
      buyer.requests(await seller.sells("ecs", { status: "unpaid" })),
    );
    const order = await on("2026-03-02 10:00:20", "another order placed, unpaid", () =>
      seller.sells("ecs", { status: "unpaid" }),
    );
    const never = await on("2026-03-02 10:00:20", "and a third, which nobody will contract", () =>
      seller.sells("ecs", { status: "unpaid" }),
    );
    const version = await on("2026-03-02 12:00", "from now on: 72 hours, from the placing of the order", async () => {
      await desk.drafts({ hold: { start: "order", count: "hours", hours: 72 } });
      return colleague.publishes();
    });
    const contract = await on("2026-03-04 18:00", "contract requested two days after the order", async () => {
      expect((await buyer.sees(order)).decision).toMatchObject({
        kind: "issue",
        policyVersion: version,
        holdUntil: iso("2026-03-05 10:00:20"),
      });
      return buyer.requests(order);
    });
    await on("2026-03-05 10:00:19", "a second before the 72 hours are over", async () => {
      expect(contract.holdUntil).toBe(iso("2026-03-05 10:00:20"));
      expect(contents(await buyer.downloads(contract.number)).holdUntil).toBe("2026-03-05T02:00:20Z");
      expect(await standing(contract)).toBe("pending_payment");
      expect((await buyer.sees(never)).decision.kind).toBe("issue");
    });
    await on(
      "2026-03-05 10:00:20",
      "over: the contract has lapsed, and the order without one has expired",
      async () => {
        expect(await standing(contract)).toBe("lapsed");
        expect(await buyer.isRefused(never)).toMatchObject({
          code: "order_expired",
          rule: "R10",
          policyVersion: version,
          nextStep: { action: "place_new_order" },
        });
      },
    );
    await on("2026-04-01 23:59:59", "R7: the first contract was promised 30 days, and has them", async () => {
      expect(before).toMatchObject({ policyVersion: version - 1, holdUntil: iso("2026-04-02 00:00") });
      expect(await standing(before)).toBe("pending_payment");
    });
    await on("2026-04-02 00:00", "and no more", async () => expect(await standing(before)).toBe("lapsed"));
  },
);

story("R13: by policy the calendar decides from when a month's bill can be contracted", async (told) => {
  const { on, seller, buyer, desk, colleague, contents, standing } = told;
  const version = await on("2026-10-01 09:00", "bills count as final from the sixth, reported so or not", async () => {
    await desk.drafts({ billFinality: { basis: "calendar", expectedDay: 6 } });
    return colleague.publishes();
  });
  await on("2026-11-05 23:59:59", "October's bill, a second before the sixth", async () => {
    await seller.bills("2026-10", monthlyBill("open", [billLine("1", "ecs", "744 h", "1190.40")]));
    expect(await buyer.isRefusedForBill("2026-10")).toMatchObject({
      code: "bill_not_final",
      policyVersion: version,
      nextStep: { from: iso("2026-11-06 00:00") },
    });
  });
  await on("2026-11-06 00:00", "the sixth has come", async () => {
    const contract = await buyer.requestsForBill("2026-10");
    expect(contents(await buyer.downloads(contract.number)).amounts?.total).toBe("1190.40");
    expect(await standing(contract)).toBe("in_force");
  });
});
