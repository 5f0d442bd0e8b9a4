import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { postPdf, scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let agent: Caller;
let onOrder: string;
let onBill: string;
let offline: string;
beforeAll(async () => {
  server = await startTestServer();
  agent = await desk(server, "contract-desk-1");
  const seller = machine(server);
  await seller.put("/v1/accounts/finder", {
    identity: { state: "verified", kind: "enterprise", legalName: "查找示例有限公司" },
  });
  await seller.put("/v1/orders/FIND-0001", orderBody({ account: "finder" }));
  const line = { line: "1", product: "bespoke", quantity: "1", total: "106.00", tax: "6.00" };
  await seller.put("/v1/orders/FIND-0002", orderBody({ account: "finder", lines: [line] }));
  await seller.put("/v1/bills/finder/2026-01", billBody());
  onOrder = await numberIn(seller.post("/v1/orders/FIND-0001/contract", {}));
  onBill = await numberIn(seller.post("/v1/bills/finder/2026-01/contract", {}));
  const { ticket } = await read<{ ticket: string }>(await seller.post("/v1/tickets", { order: "FIND-0002" }));
  offline = (await read<{ contract: string }>(await postPdf(agent, `/v1/tickets/${ticket}/resolve`, scannedPdf())))
    .contract;
});
afterAll(() => server.close());

async function numberIn(answer: Promise<Response>): Promise<string> {
  return (await read<{ number: string }>(await answer)).number;
}

async function found(query: string, who: Caller = agent): Promise<readonly string[]> {
  const response = await who.get(`/v1/contracts?${query}`);
  expect(response.status).toBe(200);
  return (await read<{ items: { number: string }[] }>(response)).items.map(({ number }) => number);
}

test("contracts are found by the start of their number, their order's number, or their account's id", async () => {
  expect(await found(`q=${onOrder}`)).toEqual([onOrder]);
  expect(await found(`q=${onOrder.toLowerCase()}`)).toEqual([onOrder]);
  expect(await found(`q=${onOrder.slice(0, 5)}`)).toEqual([offline, onBill, onOrder]);
  expect(await found("q=FIND-0001")).toEqual([onOrder]);
  expect(await found("q=%20FIND-%20")).toEqual([offline, onOrder]);
  expect(await found("q=find")).toEqual([offline, onBill, onOrder]);
  for (const nothing of ["q=IND-0001", "q=FIND_0001", "q=%25", "q=%00", "q=nobody"]) {
    expect([nothing, await found(nothing)]).toEqual([nothing, []]);
  }
});

test("by what they are on: an order, a bill, or uploaded by the desk (R20)", async () => {
  expect(await found("kind=order")).toEqual([onOrder]);
  expect(await found("kind=bill")).toEqual([onBill]);
  expect(await found("kind=offline")).toEqual([offline]);
  expect(await found("kind=offline&q=FIND-0001")).toEqual([]);
  expect(await found("kind=bill&state=issued&account=finder")).toEqual([onBill]);
  expect(await found("state=issuing")).toEqual([]);
  expect((await problemOf(await agent.get("/v1/contracts?kind=other"))).field).toBe("kind");
});

test("a buyer finds the own ones only", async () => {
  const other = await buyer(server, "demo-enterprise");
  expect(await found(`q=${onOrder}`, other)).toEqual([]);
});

test("what is found is read page by page, newest first", async () => {
  const first = await read<{ items: { number: string }[]; next: string }>(
    await agent.get("/v1/contracts?q=FIND&limit=1"),
  );
  expect(first.items.map(({ number }) => number)).toEqual([offline]);
  expect(await found(`q=FIND&limit=1&cursor=${first.next}`)).toEqual([onOrder]);
});
