import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContractJson } from "../src/http/schemas.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test("an order's contract is issued, listed, and downloaded byte for byte the same for ever (R5)", async () => {
  const issued = await post("/v1/orders/D100000000001/contract", { contact: "采购部 Ms. Li" });
  expect(issued.status).toBe(201);
  const contract = (await issued.json()) as ContractJson;
  expect(contract).toMatchObject({ order: "D100000000001", state: "issued", standing: "in_force" });
  const first = await download(contract.number);
  const second = await download(contract.number);
  expect(first.subarray(0, 5).toString()).toBe("%PDF-");
  expect(second.equals(first)).toBe(true);
  expect(createHash("sha256").update(first).digest("hex")).toBe(contract.sha256);
});

async function download(number: string): Promise<Buffer> {
  const response = await get(`/v1/contracts/${number}/document.pdf`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

function get(path: string): Promise<Response> {
  return fetch(server.url + path, { headers: { authorization: `Bearer ${server.apiKey}` } });
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${server.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
