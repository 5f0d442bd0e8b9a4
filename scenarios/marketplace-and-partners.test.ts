import { expect } from "vitest";
import { DEMO_MARKETPLACE_SELLER, DEMO_SELLER, DEMO_SELLER_WITHOUT_SEAL } from "../src/demo-parties.ts";
import { PARTNER_KINDS } from "../src/domain/parties.ts";
import { openChapter } from "./diary.ts";
import { scannedPdf } from "./scanned-pdf.ts";
import { COMPANY } from "./seller-system.ts";

const story = openChapter("marketplace");

/** The independent seller as its own system reports it. */
function independentSeller(quotaLeft: number) {
  const { id: _id, ...seller } = DEMO_MARKETPLACE_SELLER;
  return { ...seller, active: true, quotaLeft };
}

story(
  "R18: an independent seller without quota is a matter for the marketplace desk, and with quota it seals",
  async (told) => {
    const { on, seller, buyer, desk, marketplaceDesk, account, standing, contents } = told;
    const name = DEMO_MARKETPLACE_SELLER.legalName["zh-CN"];
    const giveQuota = (left: number) =>
      seller.put(`/v1/sellers/${DEMO_MARKETPLACE_SELLER.id}`, independentSeller(left));
    const [order, other] = await on("2026-06-10 10:00", "two licences bought through the marketplace", async () => {
      expect((await giveQuota(0)).status).toBe(200);
      return [await seller.sellsForOther(name), await seller.sellsForOther(name)];
    });
    await on("2026-06-10 10:05", "they are on the Orders page, not on the Contracts page, and refused", async () => {
      expect((await buyer.finds("all")).toSorted()).toEqual([order, other].toSorted());
      expect(await buyer.isRefused(order)).toMatchObject({
        status: 422,
        code: "seller_cannot_seal",
        rule: "R18",
        sentence: { "zh-CN": expect.stringContaining(name) },
        nextStep: { action: "open_ticket", queue: "marketplace_desk" },
      });
    });
    const ticket = await on("2026-06-10 10:10", "a ticket is opened, with the order filled in", async () => {
      const opened = await buyer.opensTicket(order, "We need the contract before July.");
      expect(opened).toMatchObject({ order, queue: "marketplace_desk", topic: "seller_cannot_seal", state: "open" });
      expect(opened.messages[0]).toMatchObject({ from: "system", text: expect.stringContaining(order) });
      return opened.ticket;
    });
    await on("2026-06-10 14:00", "the marketplace desk sees it, the contract desk does not", async () => {
      expect(await marketplaceDesk.finds(account)).toMatchObject([{ ticket }]);
      expect(await desk.finds(account)).toEqual([]);
      expect((await desk.get(`/v1/tickets/${ticket}`)).status).toBe(404);
      expect((await desk.post(`/v1/tickets/${ticket}/messages`, { text: "Ours?" })).status).toBe(404);
    });
    await on("2026-06-12 09:00", "the seller buys quota for one contract", async () => {
      expect((await giveQuota(1)).status).toBe(200);
      expect((await buyer.sees(order)).decision.kind).toBe("issue");
      expect(await buyer.finds("contractable")).toEqual([]);
    });
    await on("2026-06-12 09:05", "requested from the Orders page, and sealed by the independent seller", async () => {
      const contract = await buyer.requests(order);
      expect(contract.number).toMatch(/^SHSW-202606-/);
      const said = contents(await buyer.downloads(contract.number));
      expect(said).toMatchObject({
        template: "marketplace/1",
        seller: { nameZh: name },
        platform: { nameZh: DEMO_SELLER.legalName["zh-CN"], nameEn: DEMO_SELLER.legalName.en },
      });
      // The platform is named and is no party.
      const role = said.clauses.find(({ clause }) => clause === "501");
      expect(role?.textEn).toContain(`${DEMO_SELLER.legalName.en} Party B supplies`);
      expect(role?.textZh).toContain(`${DEMO_SELLER.legalName["zh-CN"]}运营的平台`);
      expect(await standing(contract)).toBe("in_force");
    });
    await on("2026-06-12 09:06", "the quota is used up: the second waits", async () => {
      expect(await buyer.isRefused(other)).toMatchObject({ code: "seller_cannot_seal" });
    });
  },
);

story("R18: a seller without a seal key, and one that nobody knows, are refused alike", async (told) => {
  const { on, seller, buyer } = told;
  for (const [day, name] of [
    ["2026-06-10", DEMO_SELLER_WITHOUT_SEAL.legalName["zh-CN"]],
    ["2026-06-11", "无人知晓示例有限公司"],
  ] as const) {
    const order = await on(`${day} 10:00`, `bought from ${name}`, () => seller.sellsForOther(name));
    await on(`${day} 10:05`, "refused, with the marketplace desk as the way out", async () => {
      expect(await buyer.isRefused(order)).toMatchObject({
        code: "seller_cannot_seal",
        sentence: { "zh-CN": expect.stringContaining(name) },
        nextStep: { action: "open_ticket", queue: "marketplace_desk" },
      });
    });
  }
});

story("R18, R20: the marketplace desk settles with paper what a seller without a key cannot seal", async (told) => {
  const { on, seller, buyer, marketplaceDesk, standing } = told;
  const order = await on("2026-06-10 10:00", "bought from a seller without a seal", () =>
    seller.sellsForOther(DEMO_SELLER_WITHOUT_SEAL.legalName["zh-CN"]),
  );
  const ticket = await on("2026-06-10 10:05", "a ticket is opened", async () => {
    return (await buyer.opensTicket(order, "")).ticket;
  });
  await on("2026-06-15 10:00", "resolved with the paper that the seller has signed", async () => {
    const { contract: number } = await marketplaceDesk.resolves(ticket, scannedPdf(`signed for ${order}`));
    expect(number).toMatch(/^BJWZ-202606-/);
    expect(await standing(await buyer.showsContract(number ?? ""))).toBe("in_force");
  });
});

story("R8, R18: the days are those of the seller: one in Berlin, over the end of its summer time", async (told) => {
  const { on, seller, buyer, contents, standing } = told;
  const name = DEMO_MARKETPLACE_SELLER.legalName["zh-CN"];
  const moved = (timeZone: string) =>
    seller.put(`/v1/sellers/${DEMO_MARKETPLACE_SELLER.id}`, { ...independentSeller(100), timeZone });
  const order = await on("2026-10-02 05:30", "ordered when it is still 1 October in Berlin", async () => {
    expect((await moved("Europe/Berlin")).status).toBe(200);
    return seller.sellsForOther(name, { status: "unpaid" });
  });
  const contract = await on("2026-10-02 05:59:59", "requested a second before midnight there", () =>
    buyer.requests(order),
  );
  await on("2026-11-01 06:59:59", "31 October in Berlin, in winter time by now, is not quite over", async () => {
    expect(contract.holdUntil).toBe("2026-10-31T23:00:00Z");
    expect(contents(await buyer.downloads(contract.number))).toMatchObject({ timeZone: "Europe/Berlin" });
    expect(contract.number).toMatch(/^SHSW-202610-/);
    expect(await standing(contract)).toBe("pending_payment");
  });
  await on("2026-11-01 07:00", "now it is", async () => {
    expect(await standing(contract)).toBe("lapsed");
    expect((await moved("Asia/Shanghai")).status).toBe(200);
    expect((await buyer.showsContract(contract.number)).holdUntil).toBe("2026-10-31T23:00:00Z");
  });
});

story("R19: whoever is served by a partner is sent to that partner, by name and contact", async (told) => {
  const { on, seller, buyerOf, account, standing } = told;
  for (const [index, kind] of PARTNER_KINDS.entries()) {
    const [month, served] = [`2026-0${index + 3}`, `${account}-${kind}`];
    const partner = { kind, name: `宁波示例${index}伙伴有限公司`, contact: `0571-1234567${index}` };
    const order = await on(`${month}-01 10:00`, `an account served by a ${kind} partner orders and pays`, async () => {
      expect((await seller.put(`/v1/partners/${kind}`, partner)).status).toBe(204);
      await seller.opensAccount(served, { identity: COMPANY, servedBy: kind });
      return seller.sells("ecs", { account: served });
    });
    await on(`${month}-01 10:05`, "refused, with whom to ask", async () => {
      expect(await buyerOf(served).isRefused(order)).toMatchObject({
        status: 403,
        code: "served_by_partner",
        rule: "R19",
        nextStep: { action: "contact_partner", name: partner.name, contact: partner.contact },
      });
      expect(await buyerOf(served).finds("contractable")).toEqual([]);
    });
    await on(
      `${month}-02 10:00`,
      "the partner has left: the account is served directly, and has its contract",
      async () => {
        await seller.opensAccount(served, { identity: COMPANY });
        expect(await standing(await buyerOf(served).requests(order))).toBe("in_force");
      },
    );
  }
});
