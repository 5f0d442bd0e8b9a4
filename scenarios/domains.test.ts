import { expect } from "vitest";
import { readEmbeddedFile } from "../src/verify/embedded-file.ts";
import { openChapter } from "./diary.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("domains");

story("R15: an unpaid auction gets a business checklist, and a contract once it is paid", async (told) => {
  const { on, seller, buyer, handsIn, standing, reads } = told;
  const order = await on("2026-05-12 10:00", "a domain won at auction, unpaid", () =>
    seller.sellsDomain("auction", "unpaid"),
  );
  await on("2026-05-12 10:05", "refused: it has to be paid first; until then there is the checklist", async () => {
    expect(await buyer.finds("unpaid")).toEqual([order]);
    expect(await buyer.finds("contractable")).toEqual([]);
    expect(await buyer.isRefused(order)).toMatchObject({
      status: 422,
      code: "unpaid_domain_service_not_allowed",
      rule: "R15",
      sentence: { en: expect.stringContaining("domain auction") },
      nextStep: { action: "print_checklist" },
    });
  });
  const checklist = await on("2026-05-12 10:10", "the checklist is printed; it is nobody's contract", async () => {
    const pdf = await buyer.prints("checklist", order);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.includes("/ByteRange")).toBe(false);
    expect(readEmbeddedFile(pdf, "contract.json")).toBeNull();
    const handedIn = await handsIn(pdf);
    expect(handedIn).toMatchObject({ issuedHere: false, number: null, standing: null });
    expect(handedIn.verdict).not.toBe("passed");
    expect((await buyer.sees(order)).contract).toBeNull();
    return pdf;
  });
  await on("2026-05-14 09:00", "paid: the contract is issued, and there is no checklist any more", async () => {
    await seller.isPaid(order);
    const contract = await buyer.requests(order);
    expect(contract).toMatchObject({ holdUntil: null, warnings: [] });
    expect(await standing(contract)).toBe("in_force");
    expect((await buyer.get(`/v1/orders/${order}/checklist.pdf`)).status).toBe(409);
  });
  const text = reads(checklist);
  expect(text).toContain("This checklist is not a contract. It is not sealed, proves no payment and holds nothing.");
  expect(text).toContain(order);
});

const BEFORE_PAYMENT = [
  "registration",
  "renewal",
  "transfer_in",
  "redemption",
  "buyback",
  "buyback_zhiyu_hulian",
] as const;

story("R16: six domain services may request before payment, and no other", async ({ on, seller, buyer, standing }) => {
  for (const service of BEFORE_PAYMENT) {
    await on("2026-06-01 10:00", `${service}: contracted before it is paid`, async () => {
      const contract = await buyer.requests(await seller.sellsDomain(service, "unpaid"));
      expect(contract.holdUntil).toBe(iso("2026-07-02 00:00"));
      expect(await standing(contract)).toBe("pending_payment");
    });
  }
  const others = ["auction", "backorder", "fixed_price", "escrow"];
  for (const service of others) {
    await on("2026-06-01 11:00", `${service}: not before it is paid`, async () => {
      const refused = await buyer.isRefused(await seller.sellsDomain(service, "unpaid"));
      expect(refused).toMatchObject({ code: "unpaid_domain_service_not_allowed" });
    });
  }
  for (const service of others) {
    await on("2026-06-01 12:00", `${service}: paid, it is contracted like any other`, async () => {
      const contract = await buyer.requests(await seller.sellsDomain(service, "paid"));
      expect(await standing(contract)).toBe("in_force");
    });
  }
});

story("R17: until it is paid the name can be lost, and whoever requests before is told so", async (told) => {
  const { on, seller, buyer, contents, standing } = told;
  const risk = { code: "domain_can_be_lost_until_paid", text: expect.stringContaining("registered by someone else") };
  const held = { code: "unpaid_order_is_held", text: expect.stringContaining("24:00 on 12 December 2026") };
  const order = await on("2026-11-12 10:00", "a domain name ordered, unpaid", () =>
    seller.sellsDomain("registration", "unpaid"),
  );
  await on("2026-11-12 10:01", "warned before confirming", async () => {
    expect((await buyer.sees(order)).decision).toMatchObject({ kind: "issue", warnings: [held, risk] });
  });
  const contract = await on("2026-11-12 10:05", "contract requested all the same", () => buyer.requests(order));
  const file = await on("2026-11-12 10:06", "warned on the contract's page and in the file", async () => {
    expect((await buyer.showsContract(contract.number)).warnings).toMatchObject([held, risk]);
    const pdf = await buyer.downloads(contract.number);
    expect(contents(pdf).warnings).toEqual(["unpaid_order_is_held", "domain_can_be_lost_until_paid"]);
    expect(await standing(contract)).toBe("pending_payment");
    return pdf;
  });
  await on("2026-11-20 17:00", "paid: the warnings are gone, the file is the same", async () => {
    await seller.isPaid(order);
    expect((await buyer.showsContract(contract.number)).warnings).toEqual([]);
    expect(await standing(contract)).toBe("in_force");
    expect((await buyer.downloads(contract.number)).equals(file)).toBe(true);
  });
});
