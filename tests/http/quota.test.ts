import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { postPdf, scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
});
afterAll(() => server.close());

const MARKETPLACE = "上海示例软件有限公司";
const SELLERS = {
  "demo-software": { zh: MARKETPLACE, en: "Shanghai Example Software Co., Ltd.", prefix: "SHSW" },
  "demo-cloud": { zh: "杭州示例云计算有限公司", en: "Hangzhou Example Cloud Computing Co., Ltd.", prefix: "DEMO" },
} as const;

async function setQuota(id: keyof typeof SELLERS, quotaLeft: unknown): Promise<Response> {
  const { zh, en, prefix } = SELLERS[id];
  return seller.put(`/v1/sellers/${id}`, {
    legalName: { "zh-CN": zh, en },
    registrationNumber: "91310100DEMO000002",
    address: { "zh-CN": "上海市徐汇区示例街2号", en: "2 Shili Street, Shanghai, China" },
    contact: "sales@software.example",
    numberPrefix: prefix,
    timeZone: "Asia/Shanghai",
    active: true,
    quotaLeft,
  });
}

async function quotaOf(id: keyof typeof SELLERS): Promise<number | null> {
  const row = await server.services.database
    .selectFrom("sellers")
    .select("quota_left")
    .where("seller", "=", id)
    .executeTakeFirstOrThrow();
  return row.quota_left;
}

async function place(orders: readonly string[]): Promise<void> {
  for (const order of orders) {
    const body = orderBody({ account: "demo-domains", marketplace: { sellerName: MARKETPLACE } });
    expect((await seller.put(`/v1/orders/${order}`, body)).status).toBe(200);
  }
}

const request = (order: string, headers = {}) => seller.post(`/v1/orders/${order}/contract`, {}, headers);

describe("a seller has as many contracts issued as its quota leaves (R18)", () => {
  test("with one left, of two at once one is issued; the other is referred to the marketplace desk", async () => {
    for (let round = 0; round < 4; round++) {
      const orders = [`LAST-${round}A`, `LAST-${round}B`];
      await place(orders);
      expect((await setQuota("demo-software", 1)).status).toBe(200);
      const answers = await Promise.all(orders.map((order) => request(order)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
      const refused = answers.find(({ status }) => status === 422);
      expect(refused && (await problemOf(refused))).toMatchObject({
        code: "seller_cannot_seal",
        rule: "R18",
        nextStep: { action: "open_ticket", queue: "marketplace_desk" },
      });
      expect(await quotaOf("demo-software")).toBe(0);
    }
  });

  test("ten requests, three left: three contracts, and the quota is never below none", async () => {
    const orders = Array.from({ length: 10 }, (_, index) => `THREE-${index}`);
    await place(orders);
    await setQuota("demo-software", 3);
    const answers = await Promise.all(orders.map((order) => request(order)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(7);
    expect(await quotaOf("demo-software")).toBe(0);
  });

  test("orders say so before anybody asks, and can be contracted when there is quota again", async () => {
    await place(["AGAIN"]);
    await setQuota("demo-software", 0);
    expect(await read(await seller.get("/v1/orders/AGAIN"))).toMatchObject({
      decision: { code: "seller_cannot_seal" },
    });
    expect((await seller.get("/v1/orders/AGAIN/preview.pdf")).status).toBe(422);
    await setQuota("demo-software", 1);
    expect(await read(await seller.get("/v1/orders/AGAIN"))).toMatchObject({ decision: { kind: "issue" } });
    expect((await request("AGAIN")).status).toBe(201);
  });

  test("refusals, repetitions, previews and faults take nothing from it", async () => {
    await place(["FREE-1", "FREE-2"]);
    await setQuota("demo-software", 5);
    const key = { "idempotency-key": "quota" };
    expect((await request("FREE-1", key)).status).toBe(201);
    expect((await request("FREE-1", key)).status).toBe(201);
    expect((await request("FREE-1")).status).toBe(409);
    expect((await seller.get("/v1/orders/FREE-2/preview.pdf")).status).toBe(200);
    expect((await seller.post("/v1/orders/FREE-2/contract", { contact: "😀" })).status).toBe(422);
    expect(await quotaOf("demo-software")).toBe(4);
  });

  test("a seller whose contracts nobody counts has no end of them", async () => {
    await place(["UNCOUNTED"]);
    await setQuota("demo-software", null);
    expect((await request("UNCOUNTED")).status).toBe(201);
    expect(await quotaOf("demo-software")).toBeNull();
  });

  test("a quota that is left out stays as it is: putting the seller again does not lift it", async () => {
    await setQuota("demo-software", 2);
    expect((await setQuota("demo-software", undefined)).status).toBe(200);
    expect(await quotaOf("demo-software")).toBe(2);
  });

  test("what the desk uploads is not sealed, and takes nothing (R20)", async () => {
    await place(["UPLOADED"]);
    await setQuota("demo-software", 0);
    const { ticket } = await read<{ ticket: string }>(await seller.post("/v1/tickets", { order: "UPLOADED" }));
    const person = await desk(server, "marketplace-desk");
    expect((await postPdf(person, `/v1/tickets/${ticket}/resolve`, scannedPdf())).status).toBe(200);
    expect(await quotaOf("demo-software")).toBe(0);
  });

  test("bills take from the same quota; without it the seller is the one to ask", async () => {
    for (const cycle of ["2025-01", "2025-02"]) await seller.put(`/v1/bills/demo-enterprise/${cycle}`, billBody());
    await setQuota("demo-cloud", 1);
    const answers = await Promise.all(
      ["2025-01", "2025-02"].map((cycle) => seller.post(`/v1/bills/demo-enterprise/${cycle}/contract`, {})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused && (await problemOf(refused))).toMatchObject({
      code: "seller_cannot_seal",
      nextStep: { action: "contact_seller", contact: expect.any(String) },
    });
    expect(await quotaOf("demo-cloud")).toBe(0);
    await setQuota("demo-cloud", null);
  });

  test.each([-1, 1.5, "3", 2_000_000_000])("a quota of %j is refused", async (quota) => {
    const response = await setQuota("demo-software", quota);
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ field: "quotaLeft" });
  });
});
