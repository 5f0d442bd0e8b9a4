import { expect } from "vitest";
import { openChapter } from "./diary.ts";
import { good } from "./people.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("unpaid");

story(
  "R8, R10: never paid, the contract lapses at 24:00 of the thirtieth day, and still occupies (R4)",
  async (told) => {
    const { on, seller, buyer, standing, contents, waitsFor, announced, reads } = told;
    const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("oss", { status: "unpaid" }));
    await on("2026-11-13 16:30", "it could be contracted, and would be held for 30 days from now", async () => {
      expect((await buyer.sees(order)).decision).toMatchObject({
        kind: "issue",
        holdUntil: iso("2026-12-14 00:00"),
        warnings: [{ code: "unpaid_order_is_held", text: expect.stringContaining("24:00 on 13 December 2026") }],
      });
    });
    const contract = await on("2026-11-13 23:59:59", "contract requested a second before midnight", () =>
      buyer.requests(order),
    );
    expect(contract.holdUntil).toBe(iso("2026-12-14 00:00"));
    const file = await on("2026-11-14 09:00", "the file says until when, to the instant", async () => {
      const pdf = await buyer.downloads(contract.number);
      expect(contents(pdf)).toMatchObject({ holdUntil: "2026-12-13T16:00:00Z", warnings: ["unpaid_order_is_held"] });
      expect(await standing(contract)).toBe("pending_payment");
      expect(contract.warnings.map(({ code }) => code)).toEqual(["unpaid_order_is_held"]);
      return pdf;
    });
    await on("2026-12-13 23:59:59.999", "a millisecond before the end it still waits for payment", async () => {
      expect(await standing(contract)).toBe("pending_payment");
    });
    await on("2026-12-14 00:00", "and at the end it lapses, whether or not anybody looks", async () => {
      expect(await standing(contract)).toBe("lapsed");
      expect(await waitsFor("contract.lapsed", contract.number)).toMatchObject({ at: iso("2026-12-14 00:00") });
      expect(await waitsFor("order.hold_ended", order)).toMatchObject({
        at: iso("2026-12-14 00:00"),
        data: { contract: contract.number, standing: "lapsed" },
      });
      expect((await buyer.showsContract(contract.number)).warnings).toEqual([]);
    });
    await on("2027-01-05 10:00", "a second contract? No: the lapsed one occupies its order for ever", async () => {
      expect(await buyer.isRefused(order)).toMatchObject({
        code: "already_contracted",
        nextStep: { contract: contract.number },
      });
      expect((await buyer.downloads(contract.number)).equals(file)).toBe(true);
      const types = (await announced(contract.number)).map(({ type }) => type);
      expect(types).toEqual(["contract.requested", "contract.issued", "contract.lapsed"]);
    });
    expect(reads(file)).toContain("24:00 on 13 December 2026 (Asia/Shanghai, UTC+08:00)");
  },
);

story("R8: the day of the request is not counted, at the end of a year nor before a 29 February", async (told) => {
  const { on, seller, buyer, standing } = told;
  const requested = async () => {
    const contract = await buyer.requests(await seller.sells("ecs", { status: "unpaid" }));
    expect(await standing(contract)).toBe("pending_payment");
    return contract;
  };
  const first = await on("2026-12-15 00:00", "requested in the first moment of a day", requested);
  const last = await on("2026-12-15 23:59:59.999", "requested in its last moment", requested);
  expect([first.holdUntil, last.holdUntil]).toEqual(["2027-01-14T16:00:00Z", "2027-01-14T16:00:00Z"]);
  const ordinary = await on("2027-01-30 12:00", "requested at the end of a January", requested);
  expect(ordinary.holdUntil).toBe("2027-03-01T16:00:00Z");
  const leap = await on("2028-01-30 12:00", "and of one before a 29 February", requested);
  expect(leap.holdUntil).toBe("2028-02-29T16:00:00Z");
  await on("2028-02-29 23:59:59.999", "which is held until the leap day is over", async () => {
    expect(await standing(leap)).toBe("pending_payment");
  });
  const onLeapDay = await on("2028-02-29 23:59:59.999", "requested on the leap day", requested);
  expect(onLeapDay.holdUntil).toBe("2028-03-30T16:00:00Z");
  await on("2028-03-01 00:00", "the leap day is over", async () => expect(await standing(leap)).toBe("lapsed"));
});

story("R9: the order is cancelled, and its contract is void at that instant without anybody's doing", async (told) => {
  const { on, seller, buyer, standing, announced, looksUp } = told;
  const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
  const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
  await on("2026-11-20 14:59:59", "a second before", async () => {
    expect(await standing(contract)).toBe("pending_payment");
  });
  await on("2026-11-20 15:00", "the order is cancelled", async () => {
    await seller.cancels(order);
    expect(await standing(contract)).toBe("void");
    expect((await looksUp(contract)).voided).toEqual({
      at: iso("2026-11-20 15:00"),
      by: "order",
      reason: "The order was cancelled",
    });
    expect((await buyer.showsContract(contract.number)).voided?.at).toBe(iso("2026-11-20 15:00"));
    expect(await announced(order)).toMatchObject([{ type: "order.hold_started" }, { type: "order.hold_ended" }]);
    expect((await announced(contract.number)).at(-1)).toMatchObject({
      type: "contract.voided",
      at: iso("2026-11-20 15:00"),
    });
  });
  await on("2026-11-21 09:00", "neither is there a new contract, nor can the desk's machines undo it", async () => {
    expect(await buyer.isRefused(order)).toMatchObject({ code: "already_contracted" });
    const other = await seller.sells("ecs", { status: "unpaid" });
    await seller.cancels(other);
    expect(await buyer.isRefused(other)).toMatchObject({ code: "order_cancelled", rule: "R9" });
  });
});

story("R10: paid on the last day of its hold, the very same contract is in force", async (told) => {
  const { on, seller, buyer, standing, announced } = told;
  const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ddos", { status: "unpaid" }));
  const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
  const file = await on("2026-11-12 10:06", "downloaded, to get the payment approved", () =>
    buyer.downloads(contract.number),
  );
  await on("2026-12-12 23:59:59.999", "paid in the last millisecond", async () => {
    await seller.isPaid(order);
    expect(await standing(contract)).toBe("in_force");
    expect((await buyer.showsContract(contract.number)).warnings).toEqual([]);
  });
  await on("2026-12-20 10:00", "it stays in force, nothing was issued anew, the file is the same", async () => {
    expect(await standing(contract)).toBe("in_force");
    expect((await buyer.downloads(contract.number)).equals(file)).toBe(true);
    expect((await announced(contract.number)).map(({ type }) => type)).toEqual([
      "contract.requested",
      "contract.issued",
      "contract.in_force",
    ]);
    expect((await announced(order)).at(-1)).toMatchObject({
      type: "order.hold_ended",
      at: "2026-12-12T15:59:59.999Z",
      data: { standing: "in_force" },
    });
  });
});

story(
  "R10: paid within the hold but reported after it: lapsed until the report comes, in force from then",
  async (told) => {
    const { on, seller, buyer, desk, account, standing, waitsFor, announced } = told;
    const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
    const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
    await on("2026-12-13 08:00", "nothing was heard of a payment", async () => {
      expect(await standing(contract)).toBe("lapsed");
      await waitsFor("contract.lapsed", contract.number);
    });
    await on("2026-12-14 11:00", "the bank tells: it was paid on the 12th at 18:30", async () => {
      await seller.isPaid(order, { at: "2026-12-12 18:30" });
      expect(await standing(contract)).toBe("in_force");
      expect((await announced(contract.number)).map(({ type, at }) => [type, at]).slice(2)).toEqual([
        ["contract.lapsed", iso("2026-12-13 08:00")],
        ["contract.in_force", iso("2026-12-14 11:00")],
      ]);
      expect(await desk.finds(account)).toEqual([]);
    });
  },
);

story("R10: paid too late, the contract stays lapsed and the desk gets a ticket", async (told) => {
  const { on, seller, buyer, desk, marketplaceDesk, account, standing } = told;
  const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
  const contract = await on("2026-11-12 10:05", "contract requested", () => buyer.requests(order));
  await on("2026-12-13 00:00", "paid in the first moment after the hold", async () => {
    await seller.isPaid(order);
    expect(await standing(contract)).toBe("lapsed");
  });
  const ticket = await on("2026-12-13 09:00", "the contract desk finds a ticket", async () => {
    const tickets = await desk.finds(account);
    expect(tickets).toMatchObject([
      { order, topic: "paid_after_hold", queue: "contract_desk", state: "open", openedAt: iso("2026-12-13 00:00") },
    ]);
    expect(tickets[0]?.messages[0]?.text).toContain(contract.number);
    expect(await marketplaceDesk.finds(account)).toEqual([]);
    expect(await good(buyer.get("/v1/tickets"))).toMatchObject({ items: [] });
    return tickets[0]?.ticket ?? "";
  });
  await on(
    "2026-12-14 10:00",
    "settled with the customer: closed without a file, and the contract stays lapsed",
    async () => {
      const closed = await desk.post(`/v1/tickets/${ticket}/resolve`, { outcome: "resolved" });
      expect(await closed.json()).toMatchObject({ state: "resolved", contract: null });
      expect(await standing(contract)).toBe("lapsed");
      expect(await buyer.isRefused(order)).toMatchObject({ code: "already_contracted" });
    },
  );
});

story("R10: without a contract, an order that its source gives up as unpaid has expired", async (told) => {
  const { on, seller, buyer } = told;
  const order = await on("2026-11-12 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
  await on("2026-11-19 10:00", "given up by the order system after a week", async () => {
    await seller.changes(order, { status: { state: "expired", expiredAt: iso("2026-11-19 10:00") } });
    expect(await buyer.isRefused(order)).toMatchObject({
      status: 409,
      code: "order_expired",
      rule: "R10",
      nextStep: { action: "place_new_order" },
    });
  });
});
