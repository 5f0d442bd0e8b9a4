import { expect } from "vitest";
import { billLine, monthlyBill } from "../src/demo-builders.ts";
import { openChapter } from "./diary.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("by-use");

story("R12: a server paid by use is contracted without an amount and without an end", async (told) => {
  const { on, seller, buyer, contents, standing, reads } = told;
  const order = await on("2026-03-02 10:00", "ECS by use; its source writes 2099 where there is no end", () =>
    seller.sellsByUse("ecs", { startsAt: iso("2026-03-02 10:00"), endsAt: "2099-12-31T16:00:00Z" }),
  );
  const contract = await on("2026-03-02 10:05", "contract requested", async () => {
    const { decision, term } = await buyer.sees(order);
    expect(decision).toMatchObject({ kind: "issue", amountShown: false });
    expect(term).toEqual({ startsAt: iso("2026-03-02 10:00"), endsAt: null });
    return buyer.requests(order, { language: "en" });
  });
  const file = await on("2026-03-02 10:06", "the file names no amount and no end", async () => {
    const pdf = await buyer.downloads(contract.number);
    const said = contents(pdf);
    expect(said.amounts).toBeNull();
    expect(said.lines.map(({ amounts, term }) => [amounts, term?.endsAt])).toEqual([[null, null]]);
    expect(said.term).toEqual({ startsAt: iso("2026-03-02 10:00"), endsAt: null });
    expect(JSON.stringify(said)).not.toContain("2099-12");
    return pdf;
  });
  await on("2028-12-01 10:00", "years later it is still in force", async () => {
    expect(await standing(contract)).toBe("in_force");
  });
  const text = reads(file);
  expect(text).not.toMatch(/2099[-年]|December 2099|0\.00/);
  expect(text).toContain("Pay-as-you-go");
});

story("R12, R3: what is self-service by subscription need not be so by use", async ({ on, seller, buyer }) => {
  const order = await on("2026-03-02 10:00", "RDS ordered by use", () => seller.sellsByUse("rds"));
  await on("2026-03-02 10:05", "refused, with a ticket as the way out", async () => {
    expect(await buyer.isRefused(order)).toMatchObject({
      code: "product_not_self_service",
      nextStep: { action: "open_ticket", queue: "contract_desk" },
    });
  });
});

story("R13: the amounts of a month are contracted on its bill, once, when it is final", async (told) => {
  const { on, seller, buyer, account, contents, standing, announced } = told;
  const october = [billLine("1", "ecs", "ecs.c8i.xlarge · 744 h", "1190.40"), billLine("2", "oss", "1.2 TB", "147.46")];
  await on("2026-10-20 09:00", "October so far", async () => {
    await seller.bills("2026-10", monthlyBill("open", october.slice(0, 1)));
    expect(await buyer.isRefusedForBill("2026-10")).toMatchObject({
      code: "bill_not_final",
      rule: "R13",
      sentence: { "zh-CN": expect.stringContaining("2026年11月4日"), en: expect.stringContaining("4 November 2026") },
      nextStep: { action: "request_later", from: iso("2026-11-04 00:00") },
    });
  });
  await on("2026-11-04 11:00", "the expected day has come, but not the bill: tomorrow at the earliest", async () => {
    expect(await buyer.isRefusedForBill("2026-10")).toMatchObject({ nextStep: { from: iso("2026-11-05 00:00") } });
  });
  const contract = await on("2026-11-05 08:00", "the bill is final, and contracted", async () => {
    await seller.bills("2026-10", monthlyBill("final", october));
    expect(await buyer.seesBill("2026-10")).toMatchObject({
      state: "final",
      total: "1337.86",
      decision: { kind: "issue", amountShown: true, holdUntil: null },
    });
    return buyer.requestsForBill("2026-10");
  });
  await on("2026-11-05 08:01", "the contract shows that month's lines and total, and nothing else", async () => {
    expect(contract).toMatchObject({ order: null, bill: "2026-10", account, holdUntil: null });
    expect(contents(await buyer.downloads(contract.number))).toMatchObject({
      template: "bill/1",
      order: null,
      bill: { cycle: "2026-10" },
      term: { startsAt: iso("2026-10-01 00:00"), endsAt: iso("2026-11-01 00:00") },
      lines: [{ amounts: { total: "1190.40" } }, { amounts: { total: "147.46" } }],
      amounts: { total: "1337.86" },
    });
    expect(await standing(contract)).toBe("in_force");
  });
  await on("2026-11-06 09:00", "one per bill: a second is refused and pointed at the first", async () => {
    expect(await buyer.isRefusedForBill("2026-10")).toMatchObject({
      status: 409,
      code: "already_contracted",
      nextStep: { action: "view_contract", contract: contract.number },
    });
  });
  await on("2026-12-05 09:00", "the next month is another bill, with a contract of its own", async () => {
    await seller.bills("2026-11", monthlyBill("final", [billLine("1", "ecs", "ecs.c8i.xlarge · 720 h", "1152.00")]));
    const next = await buyer.requestsForBill("2026-11");
    expect(contents(await buyer.downloads(next.number)).amounts?.total).toBe("1152.00");
    expect((await announced(next.number)).map(({ type }) => type)).toEqual(["contract.requested", "contract.issued"]);
  });
});

story("R14: a contract begins and ends with its order, to the instant", async (told) => {
  const { on, seller, buyer, standing, contents } = told;
  const term = { startsAt: iso("2026-04-01 00:00"), endsAt: iso("2027-04-01 00:00") };
  const order = await on("2026-03-20 10:00", "a year of OSS bought ahead", () => seller.sells("oss", { term }));
  const contract = await on("2026-03-20 10:05", "contract requested", () => buyer.requests(order));
  expect(contents(await buyer.downloads(contract.number)).term).toEqual(term);
  for (const [when, what, worth] of [
    ["2026-03-20 10:06", "it has not begun", "not_started"],
    ["2026-03-31 23:59:59.999", "not even a millisecond before", "not_started"],
    ["2026-04-01 00:00", "it begins", "in_force"],
    ["2027-03-31 23:59:59.999", "in force to the last millisecond", "in_force"],
    ["2027-04-01 00:00", "it has ended", "ended"],
    ["2028-06-01 00:00", "and stays so", "ended"],
  ] as const) {
    await on(when, what, async () => expect(await standing(contract)).toBe(worth));
  }
});
