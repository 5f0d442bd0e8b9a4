import { readdir } from "node:fs/promises";
import { expect } from "vitest";
import { enterprise, orderLine } from "../src/demo-builders.ts";
import { problemOf } from "../tests/http/caller.ts";
import { objectDirectory } from "../tests/object-directory.ts";
import { openChapter } from "./diary.ts";
import { sha256 } from "./doors.ts";
import { good } from "./people.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("requesting");

story("R1, R5: a paid server is contracted at once, and downloaded for years, byte for byte", async (told) => {
  const { on, seller, buyer, standing, announced, contents } = told;
  const order = await on("2026-03-02 10:00", "ECS ordered and paid for a year", () => seller.sells("ecs"));
  await on("2026-03-02 10:05", "the Contracts page offers it", async () => {
    expect(await buyer.finds("contractable")).toEqual([order]);
    expect((await buyer.sees(order)).decision).toMatchObject({ kind: "issue", holdUntil: null, warnings: [] });
  });
  const contract = await on("2026-03-02 10:06", "contract requested", () =>
    buyer.requests(order, { language: "en", contact: "采购部 Zhang San" }),
  );
  const file = await on("2026-03-02 10:07", "downloaded", async () => {
    expect(contract).toMatchObject({ order, requestedAt: iso("2026-03-02 10:06"), issuedAt: iso("2026-03-02 10:06") });
    expect(await standing(contract)).toBe("in_force");
    expect(await buyer.finds("contractable")).toEqual([order]);
    return buyer.downloads(contract.number);
  });
  expect(contents(file)).toMatchObject({ language: "en", buyer: { contact: "采购部 Zhang San" }, holdUntil: null });
  for (const day of ["2026-03-02 18:00", "2026-09-30 09:00", "2027-03-02 10:00", "2028-12-30 23:00"]) {
    await on(day, "downloaded again by a colleague", async () => {
      const again = await buyer.downloads(contract.number);
      expect(again.equals(file)).toBe(true);
      expect(sha256(again)).toBe(contract.sha256);
    });
  }
  expect(await announced(contract.number)).toMatchObject([
    { type: "contract.requested", at: iso("2026-03-02 10:06") },
    { type: "contract.issued", at: iso("2026-03-02 10:06") },
  ]);
});

story(
  "R2, R3: a product that is not self-service is refused with the way out, until two persons add it",
  async (told) => {
    const { on, seller, buyer, desk, colleague, standing } = told;
    const { version } = await good<{ version: number }>(seller.get("/v1/policy"));
    const order = await on("2026-04-01 09:00", "a key vault ordered, which nobody has put on the list", () =>
      seller.sells("key-vault"),
    );
    await on("2026-04-01 09:10", "it is on the Orders page with the reason, not on the Contracts page", async () => {
      expect(await buyer.finds("all")).toEqual([order]);
      expect(await buyer.finds("contractable")).toEqual([]);
      expect(await buyer.isRefused(order)).toEqual({
        status: 422,
        code: "product_not_self_service",
        rule: "R3",
        policyVersion: version,
        sentence: {
          "zh-CN": "产品 key-vault 不支持自助申请合同，可提交工单申请线下合同。",
          en: "Product key-vault has no self-service contract; an offline contract can be requested with a ticket.",
        },
        nextStep: { action: "open_ticket", queue: "contract_desk" },
      });
    });
    await on(
      "2026-04-02 15:00",
      "the desk drafts rules that name the product; one alone cannot publish them",
      async () => {
        const { rules } = await good<{ rules: { selfServiceProducts: object } }>(desk.get("/v1/policy"));
        await desk.drafts({ selfServiceProducts: { ...rules.selfServiceProducts, "key-vault": ["subscription"] } });
        expect(await problemOf(await desk.post("/v1/policy/draft/publish"))).toMatchObject({
          code: "second_person_needed",
        });
        expect(await good(desk.get("/v1/policy/draft/changes"))).toMatchObject({
          settings: [{ setting: "selfServiceProducts" }],
          count: 1,
          orders: [{ order, before: { kind: "refuse" }, after: { kind: "issue" } }],
        });
        expect((await buyer.sees(order)).decision.kind).toBe("refuse");
      },
    );
    await on("2026-04-02 15:04", "a colleague publishes them: the rules have a new version", async () => {
      expect(await colleague.publishes()).toBe(version + 1);
      expect((await buyer.sees(order)).decision).toMatchObject({ kind: "issue", policyVersion: version + 1 });
      expect(await buyer.finds("contractable")).toEqual([order]);
    });
    await on("2026-04-02 15:05", "contract requested", async () => {
      const contract = await buyer.requests(order);
      expect(contract.policyVersion).toBe(version + 1);
      expect(await standing(contract)).toBe("in_force");
    });
  },
);

story("R4: one order, one contract: whoever asks again is pointed at the first", async (told) => {
  const { on, seller, buyer, standing } = told;
  const order = await on("2026-05-06 11:00", "RDS ordered and paid", () => seller.sells("rds"));
  const contract = await on("2026-05-06 11:05", "contract requested", () => buyer.requests(order));
  await on("2026-05-06 11:06", "a colleague asks for one too", async () => {
    expect(await buyer.isRefused(order)).toMatchObject({
      status: 409,
      code: "already_contracted",
      rule: "R4",
      sentence: { en: expect.stringContaining(contract.number) },
      nextStep: { action: "view_contract", contract: contract.number },
    });
    expect((await buyer.sees(order)).contract).toMatchObject({ number: contract.number, standing: "in_force" });
  });
  await on("2026-05-07 09:00", "the seller's machine asks, twenty times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => seller.post(`/v1/orders/${order}/contract`, {})),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 409));
    expect(await standing(contract)).toBe("in_force");
  });
});

story("R6: the name on the contract is the verified one, whatever the buyer would like to write", async (told) => {
  const { on, seller, buyer, account, contents, standing } = told;
  const order = await on("2026-06-01 10:00", "a new customer, not verified yet, orders mail", async () => {
    await seller.opensAccount(account, { identity: { state: "unverified" } });
    return seller.sells("alimail");
  });
  await on("2026-06-01 10:10", "refused: identity comes first", async () => {
    expect(await buyer.isRefused(order)).toMatchObject({
      status: 403,
      code: "identity_not_verified",
      rule: "R6",
      nextStep: { action: "verify_identity" },
    });
    const named = await buyer.post(`/v1/orders/${order}/contract`, { legalName: "无锡示例茶业有限公司" });
    expect(named.status).toBe(422);
  });
  await on("2026-06-03 16:20", "the identity is verified", () =>
    seller.opensAccount(account, { identity: enterprise("无锡示例茶业有限公司", "Wuxi Example Tea Co., Ltd.") }),
  );
  await on("2026-06-03 16:30", "contract requested, with a contact of the buyer's choice", async () => {
    const contract = await buyer.requests(order, { contact: "财务部 0510-00000000" });
    expect(contents(await buyer.downloads(contract.number)).buyer).toMatchObject({
      nameZh: "无锡示例茶业有限公司",
      nameEn: "Wuxi Example Tea Co., Ltd.",
      contact: "财务部 0510-00000000",
    });
    expect(await standing(contract)).toBe("in_force");
  });
});

story("R7: a new name, a new price and a renamed product alter nothing that was contracted before", async (told) => {
  const { on, seller, buyer, account, contents, standing } = told;
  const product = (en: string) => ({ name: { "zh-CN": "日志服务", en }, selfService: ["subscription"] });
  const order = await on("2026-07-01 10:00", "a log service ordered and paid", async () => {
    await seller.put("/v1/products/log-service", product("Log service"));
    return seller.sells("log-service", { total: "106.00" });
  });
  const contract = await on("2026-07-01 10:05", "contract requested", () => buyer.requests(order));
  const file = await on("2026-07-01 10:06", "downloaded", () => buyer.downloads(contract.number));
  await on("2026-08-01 09:00", "the company is renamed, the order gets dearer, the product another name", async () => {
    await seller.opensAccount(account, { identity: enterprise("苏州示例新名有限公司", "Suzhou New Name Co., Ltd.") });
    const lines = seller.newestOf(order).lines.map((line) => ({ ...line, tax: "12.00", total: "212.00" }));
    await seller.changes(order, { lines });
    await seller.put("/v1/products/log-service", product("Log archive"));
    expect((await buyer.sees(order)).total).toBe("212.00");
  });
  await on("2026-08-01 09:05", "the contract is what it was", async () => {
    expect((await buyer.downloads(contract.number)).equals(file)).toBe(true);
    expect(contents(file)).toMatchObject({
      buyer: { nameEn: "Suzhou Example Precision Manufacturing Co., Ltd." },
      lines: [{ nameEn: "Log service", amounts: { total: "106.00" } }],
      amounts: { total: "106.00" },
    });
    expect(await standing(contract)).toBe("in_force");
  });
  await on("2026-08-02 09:00", "the next order is contracted under the new names", async () => {
    const next = await buyer.requests(await seller.sells("log-service"));
    expect(contents(await buyer.downloads(next.number))).toMatchObject({
      buyer: { nameEn: "Suzhou New Name Co., Ltd." },
      lines: [{ nameEn: "Log archive" }],
    });
  });
});

story("R21: a preview takes no number, occupies nothing and is kept nowhere", async (told) => {
  const { on, seller, buyer, server, handsIn, reads } = told;
  const { database } = server.services;
  const runningNumber = (number: string): number => Number(number.split("-")[2]);
  const kept = async () => ({
    files: (await readdir(objectDirectory(server.services), { recursive: true })).length,
    contracts: (await database.selectFrom("contracts").select("number").execute()).length,
    announcements: (await database.selectFrom("outbox").select("event_id").execute()).length,
    audited: (await database.selectFrom("audit_entries").select("entry_id").execute()).length,
  });
  const [first, second] = await on("2026-09-01 10:00", "two traffic plans ordered and paid", async () => [
    await seller.sells("cdn"),
    await seller.sells("cdn"),
  ]);
  const contract = await on("2026-09-01 10:05", "the first is contracted", () => buyer.requests(first));
  const preview = await on("2026-09-01 10:10", "the second is looked at, three times", async () => {
    await buyer.sees(second);
    const before = await kept();
    const pdf = await buyer.prints("preview", second);
    for (let again = 0; again < 2; again++) await buyer.prints("preview", second);
    expect(await kept()).toEqual(before);
    expect((await buyer.sees(second)).contract).toBeNull();
    return pdf;
  });
  await on("2026-09-01 10:11", "a stranger who is given the preview learns that it is sealed by nobody", async () => {
    expect(preview.subarray(0, 5).toString()).toBe("%PDF-");
    const handedIn = await handsIn(preview);
    expect(handedIn).toMatchObject({ issuedHere: false, number: null, standing: null });
    expect(handedIn.verdict).not.toBe("passed");
  });
  await on("2026-09-01 10:12", "the second is contracted, and its number is the next one", async () => {
    const next = await buyer.requests(second);
    expect(runningNumber(next.number)).toBe(runningNumber(contract.number) + 1);
  });
  expect(reads(preview)).toMatch(/PREVIEW|Preview/);
});

story(
  "R6, R7: what the buyer fills in and what the seller words stand in the contract of that day, for ever",
  async (told) => {
    const { on, seller, buyer, desk, colleague, contents } = told;
    const wording = "/v1/sellers/demo-cloud/wording";
    const secrecy = {
      title: { "zh-CN": "保密", en: "Secrecy" },
      text: { "zh-CN": "一律保密。", en: "All is secret." },
    };
    const filledIn = {
      contact: "采购部 李工",
      phone: "0571-5550 0188",
      email: "li@buyer.example",
      purchaseOrder: "PO-7",
    };
    const saidOf601 = (pdf: Buffer) => contents(pdf).clauses.find(({ clause }) => clause === "601");
    const [first, second] = await on("2026-11-02 10:00", "two mailboxes ordered and paid", async () => [
      await seller.sells("alimail"),
      await seller.sells("alimail"),
    ]);
    const [contract, file] = await on("2026-11-02 10:05", "the first contracted, with a PO number", async () => {
      const requested = await buyer.requests(first, filledIn);
      return [requested, await buyer.downloads(requested.number)];
    });
    await on("2026-11-02 10:06", "the contract says both", async () => {
      const { buyer: party, purchaseOrder, wordingVersion } = contents(file);
      const { purchaseOrder: _, ...ofParty } = filledIn;
      expect({ party, purchaseOrder, wordingVersion }).toMatchObject({
        party: ofParty,
        purchaseOrder: "PO-7",
        wordingVersion: 0,
      });
      expect(saidOf601(file)).toMatchObject({ source: "library", titleEn: "Confidentiality and data" });
    });
    await on("2026-11-03 15:00", "legal words secrecy anew; one alone cannot publish it", async () => {
      await good(desk.put(`${wording}/draft`, { replaced: { "601": secrecy }, omitted: [], added: [] }));
      expect(await problemOf(await desk.post(`${wording}/draft/publish`))).toMatchObject({
        code: "second_person_needed",
      });
      expect(await good(colleague.post(`${wording}/draft/publish`))).toMatchObject({ version: 1 });
    });
    await on("2026-11-03 15:05", "the second is contracted in the new words", async () => {
      const next = await buyer.downloads((await buyer.requests(second)).number);
      expect(contents(next)).toMatchObject({ wordingVersion: 1, purchaseOrder: "" });
      expect(saidOf601(next)).toMatchObject({ source: "seller", textZh: "一律保密。", textEn: "All is secret." });
    });
    await on("2027-10-01 09:00", "the first still says what it said", async () => {
      expect((await buyer.downloads(contract.number)).equals(file)).toBe(true);
    });
  },
);

story("R1: an order that can have no contract is there all the same, with the reason and what to do", async (told) => {
  const { on, seller, buyer } = told;
  const [server, system] = await on("2026-10-12 10:00", "a server, and a change of its operating system", async () => {
    const bought = await seller.sells("ecs");
    const lines = [orderLine("1", "ecs", "Alibaba Linux → Debian", "1", "0.00", "0.00", null)];
    return [bought, await seller.sells("ecs", { changes: { type: "os_change", relatedOrder: bought, lines } })];
  });
  await on("2026-10-12 10:10", "only the server is offered, and the other points at it", async () => {
    expect(await buyer.finds("contractable")).toEqual([server]);
    expect((await buyer.finds("all")).toSorted()).toEqual([server, system].toSorted());
    expect(await buyer.isRefused(system)).toMatchObject({
      code: "order_type_not_contractable",
      rule: "R1",
      nextStep: { action: "view_order", order: server },
    });
  });
});
