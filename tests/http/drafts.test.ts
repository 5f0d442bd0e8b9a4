import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textTest } from "../../src/document/pdf-text.fixture.ts";
import { objectDirectory } from "../object-directory.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
let enterprise: Caller;
let domains: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  enterprise = await buyer(server, "demo-enterprise");
  domains = await buyer(server, "demo-domains");
  expect((await seller.put("/v1/bills/demo-enterprise/2025-07", billBody())).status).toBe(200);
});
afterAll(() => server.close());

async function drawn(response: Response): Promise<Buffer> {
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/pdf");
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  const pdf = Buffer.from(await response.arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  return pdf;
}

/** Everything that asking for a contract would leave behind. */
async function traces() {
  const { database } = server.services;
  const count = async (table: "contracts" | "contract_numbers" | "contract_counters" | "outbox" | "audit_entries") =>
    (await database.selectFrom(table).selectAll().execute()).length;
  const files = await readdir(objectDirectory(server.services), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return {
    contracts: await count("contracts"),
    numbers: await count("contract_numbers"),
    counters: await count("contract_counters"),
    events: await count("outbox"),
    audited: await count("audit_entries"),
    files: files.filter((entry) => entry.isFile()).length,
  };
}

describe("a preview shows what the contract would say, and leaves nothing behind (R21)", () => {
  test("no contract, no number, no file, no event; the order can have its contract as before", async () => {
    const before = await traces();
    for (const path of ["orders/D100000000001", "orders/D100000000003", "bills/demo-enterprise/2025-07"]) {
      const response = await enterprise.get(`/v1/${path}/preview.pdf?language=en`);
      expect(response.headers.get("content-disposition")).toMatch(/^inline; filename="preview-[\w.-]+\.pdf"$/);
      await drawn(response);
    }
    expect(await traces()).toEqual(before);
    expect(await read(await enterprise.get("/v1/orders/D100000000001"))).toMatchObject({
      contract: null,
      decision: { kind: "issue" },
    });
  });

  test("it is no contract of ours: nobody can have it verified", async () => {
    const pdf = await drawn(await enterprise.get("/v1/orders/D100000000001/preview.pdf"));
    const headers = { "content-type": "application/pdf" };
    const answer = await seller.send("POST", "/v1/verifications", headers, new Uint8Array(pdf));
    expect(await read(answer)).toMatchObject({ issuedHere: false, number: null, standing: null });
  });

  textTest("it is marked on every page and shows what the buyer filled in", async (text) => {
    const query = `?language=en&contact=${encodeURIComponent("采购部 Ms. Li")}`;
    const shown = text(await drawn(await enterprise.get(`/v1/orders/D100000000001/preview.pdf${query}`)));
    expect(shown).toContain("PREVIEW — not sealed, no legal effect");
    expect(shown).toContain("采购部 Ms. Li");
    expect(shown).toContain("Shenzhen Example Manufacturing Co., Ltd.");
    expect(shown).not.toMatch(/DEMO-\d{6}/);
    const bill = text(await drawn(await seller.get("/v1/bills/demo-enterprise/2025-07/preview.pdf")));
    expect(bill).toContain("预览");
    expect(bill).toContain("159.00");
  });

  test("of an order that is refused, the refusal's problem", async () => {
    expect((await seller.post("/v1/orders/D100000000002/contract", {})).status).toBe(201);
    for (const [order, status, code] of [
      ["D100000000002", 409, "already_contracted"],
      ["D100000000005", 422, "product_not_self_service"],
      ["D100000000006", 409, "order_cancelled"],
      ["D200000000002", 422, "unpaid_domain_service_not_allowed"],
      ["D300000000002", 422, "seller_cannot_seal"],
      ["D400000000001", 403, "identity_not_verified"],
      ["D500000000001", 403, "served_by_partner"],
    ] as const) {
      const [preview, request] = await Promise.all([
        seller.get(`/v1/orders/${order}/preview.pdf`),
        seller.post(`/v1/orders/${order}/contract`, {}),
      ]);
      expect([order, preview.status]).toEqual([order, status]);
      const problem = await problemOf(preview);
      expect(problem.code).toBe(code);
      expect(problem).toEqual(await problemOf(request));
    }
  });

  test.each([
    ["language=de", "language"],
    ["contact=%F0%9F%98%80", "contact"],
    ["legalName=Other", "legalName"],
  ])("asked for with %s it is refused", async (query, field) => {
    for (const document of ["preview", "checklist"]) {
      const response = await domains.get(`/v1/orders/D200000000001/${document}.pdf?${query}`);
      expect([document, response.status]).toEqual([document, 422]);
      expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field });
    }
  });

  test("another account's orders are not found, exactly like none", async () => {
    const bodies = await Promise.all(
      ["D200000000001", "D999999999999", "%00"].flatMap((order) =>
        ["preview", "checklist"].map(async (document) => {
          const response = await enterprise.get(`/v1/orders/${order}/${document}.pdf`);
          expect(response.status).toBe(404);
          return response.text();
        }),
      ),
    );
    expect(new Set(bodies).size).toBe(1);
  });
});

describe("the business checklist of an unpaid order (R15)", () => {
  textTest("lists the business and says that it is no contract", async (text) => {
    const shown = text(await drawn(await domains.get("/v1/orders/D200000000002/checklist.pdf")));
    expect(shown).toContain("本清单不是合同");
    expect(shown).toContain("This checklist is not a contract");
    expect(shown).toContain("example-auction.cn");
    expect(shown).toContain("D200000000002");
    expect(shown).toContain("69.00");
  });

  test("is printed for every unpaid order, by the desk as well, and is kept nowhere", async () => {
    await seller.put(
      "/v1/orders/UNPAID-PARTNER",
      orderBody({ account: "demo-partner-customer", status: { state: "unpaid" } }),
    );
    const person = await desk(server, "contract-desk-1");
    const before = await traces();
    for (const order of ["D200000000001", "D200000000002", "D100000000003", "UNPAID-PARTNER"]) {
      await drawn(await person.get(`/v1/orders/${order}/checklist.pdf?language=zh-CN`));
    }
    expect(await traces()).toEqual(before);
  });

  test("of an order that is paid, cancelled, expired or refunded there is none", async () => {
    const at = "2026-03-04T08:00:00Z";
    await seller.put("/v1/orders/GONE", orderBody({ status: { state: "expired", expiredAt: at } }));
    await seller.put("/v1/orders/BACK", orderBody({ status: { state: "refunded", refundedAt: at } }));
    for (const order of ["D100000000001", "D100000000006", "GONE", "BACK"]) {
      const response = await enterprise.get(`/v1/orders/${order}/checklist.pdf`);
      expect([order, response.status]).toEqual([order, 409]);
      expect(await problemOf(response)).toMatchObject({ code: "checklist_of_unpaid_orders_only" });
    }
  });
});
