import { unzipSync } from "fflate";
import { expect } from "vitest";
import type { ContractJson } from "../src/http/schemas.ts";
import type { Problem } from "../tests/http/caller.ts";
import { openChapter } from "./diary.ts";
import { sha256 } from "./doors.ts";
import { bytes, good } from "./people.ts";

const story = openChapter("several");

interface BatchResult {
  readonly order: string;
  readonly outcome: string;
  readonly contract: ContractJson | null;
  readonly problem: Problem | null;
}

story("R23: five orders selected at once: one contract each, or the reason, and one zip", async (told) => {
  const { on, seller, buyer, standing } = told;
  const [paidOne, unpaidOne, bespoke, contracted, cancelled] = await on(
    "2026-10-08 09:00",
    "a week's orders",
    async () => {
      const orders = [
        await seller.sells("ecs"),
        await seller.sells("oss", { status: "unpaid" }),
        await seller.sells("bespoke-support"),
        await seller.sells("rds"),
        await seller.sells("cdn", { status: "unpaid" }),
      ] as const;
      await seller.cancels(orders[4]);
      return orders;
    },
  );
  const earlier = await on("2026-10-08 09:30", "one of them has its contract already", () =>
    buyer.requests(contracted),
  );
  const batch = { orders: [paidOne, unpaidOne, bespoke, contracted, cancelled], language: "zh-CN+en" };
  const request = () =>
    good<{ items: readonly BatchResult[] }>(
      buyer.post("/v1/contracts:batch", batch, { "idempotency-key": "week-41", "accept-language": "en" }),
    );
  const { items } = await on("2026-10-08 10:00", "all five are selected, and requested with one click", request);
  await on("2026-10-08 10:01", "one list: two are done, three are not and say why", async () => {
    expect(items.map(({ order, outcome, problem }) => [order, outcome, problem?.code ?? null])).toEqual([
      [paidOne, "issued", null],
      [unpaidOne, "issued", null],
      [bespoke, "refused", "product_not_self_service"],
      [contracted, "refused", "already_contracted"],
      [cancelled, "refused", "order_cancelled"],
    ]);
    expect(items[2]?.problem?.nextStep).toMatchObject({ action: "open_ticket", queue: "contract_desk" });
    expect(items[3]?.problem?.nextStep).toMatchObject({ action: "view_contract", contract: earlier.number });
  });
  const issued = items.flatMap(({ contract }) => contract ?? []);
  await on("2026-10-08 10:02", "two contracts, each with a number and a standing of its own", async () => {
    expect(new Set(issued.map(({ number }) => number)).size).toBe(2);
    expect(await Promise.all(issued.map(standing))).toEqual(["in_force", "pending_payment"]);
  });
  await on("2026-10-08 10:05", "one zip with exactly these files, byte for byte", async () => {
    const contracts = issued.map(({ number }) => number);
    const zip = unzipSync(await bytes(buyer.post("/v1/contracts:download", { contracts })));
    expect(Object.keys(zip).toSorted()).toEqual(contracts.map((number) => `${number}.pdf`).toSorted());
    for (const { number, sha256: hash } of issued) {
      const file = zip[`${number}.pdf`];
      if (!file) throw new Error(`${number} is not in the zip`);
      expect(sha256(file)).toBe(hash);
      expect((await buyer.downloads(number)).equals(file)).toBe(true);
    }
  });
  await on("2026-10-08 10:06", "the click comes twice: the same list, no other contract", async () => {
    const again = await request();
    expect(again.items.map(({ outcome, contract }) => [outcome, contract?.number])).toEqual(
      items.map(({ outcome, contract }) => [outcome, contract?.number]),
    );
  });
});

story("R23: another account's orders are not found, and its contracts are in nobody else's zip", async (told) => {
  const { on, seller, buyer, buyerOf, account } = told;
  const theirs = `${account}-neighbour`;
  const [own, foreign] = await on("2026-10-08 09:00", "two accounts order", async () => {
    await seller.opensAccount(theirs);
    return [await seller.sells("ecs"), await seller.sells("ecs", { account: theirs })];
  });
  const contract = await on("2026-10-08 09:30", "the neighbour has a contract", () =>
    buyerOf(theirs).requests(foreign),
  );
  await on("2026-10-08 10:00", "a buyer selects the neighbour's order, too", async () => {
    const answer = buyer.post("/v1/contracts:batch", { orders: [own, foreign, "no-such-order"] });
    const { items } = await good<{ items: readonly BatchResult[] }>(answer);
    expect(items.map(({ outcome }) => outcome)).toEqual(["issued", "not_found", "not_found"]);
    expect(items[1]?.problem).toEqual(items[2]?.problem);
    const numbers = items.flatMap(({ contract: mine }) => mine?.number ?? []);
    const zip = await buyer.post("/v1/contracts:download", { contracts: [...numbers, contract.number] });
    expect(zip.status).toBe(404);
  });
});
