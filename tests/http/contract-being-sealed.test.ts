import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestContract } from "../../src/application/request-contract.ts";
import { parseAccountId, parseOrderId } from "../../src/domain/identifiers.ts";
import { emptyDetails } from "../../src/domain/snapshot-parties.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
let number: string;
let code: string;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  ({ number, code } = await leaveIssuing("SEALING"));
});
afterAll(() => server.close());

/** Requests a contract while no document can be drawn, and keeps the schedule from finishing it. */
async function leaveIssuing(order: string): Promise<{ number: string; code: string }> {
  const { services } = server;
  await seller.put(`/v1/orders/${order}`, orderBody());
  const renderer = { render: () => Promise.reject(new Error("the renderer is out of order")) };
  const ports = { ...(await services.issuing()), renderer };
  const [account, id] = [parseAccountId("demo-enterprise"), parseOrderId(order)];
  if (!account || !id) throw new Error("not ids");
  const details = emptyDetails("en");
  const actor = { kind: "operator", id: "test" } as const;
  const outcome = await requestContract(ports, actor, {
    account,
    subject: { kind: "order", order: id },
    details,
    idempotencyKey: "sealing",
  });
  if (outcome.kind !== "issuing") throw new Error(`not issuing but ${outcome.kind}`);
  await sql`UPDATE contracts SET claimed_until = now() + interval '1 hour' WHERE order_id = ${order}`.execute(
    services.database,
  );
  const row = await services.database
    .selectFrom("contracts")
    .select("verification_code")
    .where("order_id", "=", order)
    .executeTakeFirstOrThrow();
  return { number: outcome.contract.number, code: row.verification_code };
}

test("is shown as being issued, without hash", async () => {
  expect(await read(await seller.get(`/v1/contracts/${number}`))).toMatchObject({
    state: "issuing",
    issuedAt: null,
    sha256: null,
    standing: "in_force",
  });
  expect(await read(await seller.get("/v1/contracts"))).toMatchObject({ items: [{ number, state: "issuing" }] });
  expect(await read(await seller.get("/v1/orders/SEALING"))).toMatchObject({ contract: { number, state: "issuing" } });
});

test("has no file yet: 409, and when to ask again", async () => {
  const response = await seller.get(`/v1/contracts/${number}/document.pdf`);
  expect(response.status).toBe(409);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  expect(await problemOf(response)).toMatchObject({ code: "contract_being_sealed" });
});

test("occupies its order (R4)", async () => {
  const response = await seller.post("/v1/orders/SEALING/contract", {});
  expect(response.status).toBe(409);
  expect(await problemOf(response)).toMatchObject({ code: "already_contracted", nextStep: { contract: number } });
});

test("is answered 202 to the same request made again", async () => {
  const response = await seller.post(
    "/v1/orders/SEALING/contract",
    { language: "en" },
    { "idempotency-key": "sealing" },
  );
  expect(response.status).toBe(202);
  expect(response.headers.get("location")).toBe(`/v1/contracts/${number}`);
  expect(await read<ContractJson>(response)).toMatchObject({ number, state: "issuing", sha256: null });
});

test("tells whoever has its number and code that it is not issued yet", async () => {
  const response = await seller.get(`/v1/verify/${number}?code=${code}`);
  expect(response.status).toBe(200);
  expect(await read(response)).toMatchObject({ number, issuedAt: null, sha256: null });
});

test("is not found by another account, being sealed or not", async () => {
  const other = await buyer(server, "demo-domains");
  expect((await other.get(`/v1/contracts/${number}/document.pdf`)).status).toBe(404);
});

test("is finished by the schedule once nobody works on it any more", async () => {
  await sql`UPDATE contracts SET claimed_until = now() WHERE order_id = 'SEALING'`.execute(server.services.database);
  await expect
    .poll(async () => (await read<ContractJson>(await seller.get(`/v1/contracts/${number}`))).state, { timeout: 5_000 })
    .toBe("issued");
  const response = await seller.get(`/v1/contracts/${number}/document.pdf`);
  expect(response.status).toBe(200);
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});
