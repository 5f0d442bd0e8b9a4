import { expect } from "vitest";
import { billLine, enterprise, monthlyBill } from "../src/demo-builders.ts";
import { DEMO_SELLER_WITHOUT_SEAL } from "../src/demo-parties.ts";
import { RULE_OF } from "../src/domain/refusal.ts";
import { openChapter, type Story } from "./diary.ts";
import type { MetRefusal } from "./people.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("refusals");

/** One meeting with each refusal, on one morning. */
async function meetAll({ seller, buyer, buyerOf, account }: Story): Promise<readonly MetRefusal[]> {
  const [served, unverified] = [`${account}-served`, `${account}-new`];
  const partner = { kind: "consulting", name: "宁波示例咨询有限公司", contact: "0574-00000000" };
  await seller.put("/v1/partners/advisers", partner);
  await seller.opensAccount(served, { identity: enterprise("绍兴示例有限公司", "Shaoxing Co."), servedBy: "advisers" });
  await seller.opensAccount(unverified, { identity: { state: "unverified" } });
  const contracted = await seller.sells("ecs");
  await buyer.requests(contracted);
  const [cancelled, expired] = [
    await seller.sells("ecs", { status: "unpaid" }),
    await seller.sells("ecs", { status: "unpaid" }),
  ];
  await seller.cancels(cancelled);
  await seller.changes(expired, { status: { state: "expired", expiredAt: iso("2026-11-02 09:00") } });
  const refunded = await seller.sells("ecs");
  await seller.refunds(refunded);
  await seller.bills("2026-10", monthlyBill("open", [billLine("1", "ecs", "744 h", "10.60")]));
  return [
    await buyerOf(served).isRefused(await seller.sells("ecs", { account: served })),
    await buyer.isRefused(contracted),
    await buyer.isRefused(cancelled),
    await buyer.isRefused(expired),
    await buyer.isRefused(refunded),
    await buyer.isRefused(await seller.sells("ecs", { changes: { type: "trial" } })),
    await buyerOf(unverified).isRefused(await seller.sells("ecs", { account: unverified })),
    await buyer.isRefused(await seller.sellsForOther(DEMO_SELLER_WITHOUT_SEAL.legalName["zh-CN"])),
    await buyer.isRefused(await seller.sells("bespoke-support")),
    await buyer.isRefused(await seller.sellsDomain("auction", "unpaid")),
    await buyer.isRefusedForBill("2026-10"),
  ];
}

story(
  "R24: every refusal has its code, a sentence in both languages, rule, policy version and next step",
  async (told) => {
    const { on, anybody, seller } = told;
    const met = await on("2026-11-02 09:00", "whatever can be refused is requested on one morning", () =>
      meetAll(told),
    );
    await on("2026-11-02 12:00", "each of the eleven was met, and says what to do", async () => {
      expect(met.map(({ code, rule, status, nextStep }) => [code, rule, status, nextStep.action])).toEqual([
        ["served_by_partner", "R19", 403, "contact_partner"],
        ["already_contracted", "R4", 409, "view_contract"],
        ["order_cancelled", "R9", 409, "place_new_order"],
        ["order_expired", "R10", 409, "place_new_order"],
        ["order_refunded", "R11", 409, "place_new_order"],
        ["order_type_not_contractable", "R1", 422, "open_ticket"],
        ["identity_not_verified", "R6", 403, "verify_identity"],
        ["seller_cannot_seal", "R18", 422, "open_ticket"],
        ["product_not_self_service", "R3", 422, "open_ticket"],
        ["unpaid_domain_service_not_allowed", "R15", 422, "print_checklist"],
        ["bill_not_final", "R13", 409, "request_later"],
      ]);
      // This service asks no timestamp authority; tests/timestamped-contract.test.ts meets the one that is out of reach.
      const codes = Object.keys(RULE_OF).filter((code) => code !== "timestamp_unavailable");
      expect(met.map(({ code }) => code).toSorted()).toEqual(codes.toSorted());
    });
    await on(
      "2026-11-02 12:05",
      "each in Chinese and in English, by the rules of today, with a page to read",
      async () => {
        const { version } = (await (await seller.get("/v1/policy")).json()) as { version: number };
        for (const { code, sentence, policyVersion } of met) {
          expect(policyVersion).toBe(version);
          expect(sentence["zh-CN"]).toMatch(/^\P{Cc}*\p{Script=Han}\P{Cc}*。$/u);
          expect(sentence.en).toMatch(/^[A-Z][^。，]*\.$/);
          expect((await anybody.get(`/problems/${code}`)).status).toBe(200);
        }
      },
    );
  },
);
