import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContractJson, VerificationJson } from "../../src/http/schemas.ts";
import { bracketBomb } from "../../src/verify/hostile-pdf.fixture.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, problemOf, read, stranger } from "./caller.ts";
import { postPdf, scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";
import type { Thread } from "./ticket-thread.ts";

const PDF = { "content-type": "application/pdf" };
/** So many are more than anybody may send in one go: each takes most of a second, or more. */
const MOST_BOMBS = 40;

let server: TestServer;
let contract: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  server = await startTestServer();
  const seller = machine(server);
  const { number } = await read<ContractJson>(await seller.post("/v1/orders/D100000000003/contract", {}));
  contract = new Uint8Array(await (await seller.get(`/v1/contracts/${number}/document.pdf`)).arrayBuffer());
});
afterAll(() => server.close());

const send = (who: Caller, file: Uint8Array<ArrayBuffer>) => who.send("POST", "/v1/verifications", PDF, file);

test("a caller who sends costly files is told when to come again; others are not, and other requests are answered", async () => {
  const bomb = new Uint8Array(bracketBomb());
  const bomber = await buyer(server, "demo-enterprise");
  let answer = await send(bomber, bomb);
  expect(answer.status).toBe(200);
  for (let sent = 1; sent < MOST_BOMBS && answer.status === 200; sent += 1) answer = await send(bomber, bomb);
  expect([answer.status, await problemOf(answer)]).toEqual([
    429,
    expect.objectContaining({ code: "too_many_requests" }),
  ]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);

  for (const other of [await buyer(server, "demo-partner-customer"), stranger(server), machine(server)]) {
    expect(await read<VerificationJson>(await send(other, contract))).toMatchObject({ issuedHere: true });
  }
  expect((await bomber.get("/v1/orders")).status).toBe(200);
});

test("whoever has used up their share attaches nothing to tickets either, which the same process reads", async () => {
  const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
  const order = orderBody({ account: "demo-domains", lines });
  expect((await machine(server).put("/v1/orders/BOMBED", order)).status).toBe(200);
  const bomber = await buyer(server, "demo-domains");
  const { ticket } = await read<Thread>(await bomber.post("/v1/tickets", { order: "BOMBED" }));
  const attach = () => postPdf(bomber, `/v1/tickets/${ticket}/attachments`, scannedPdf());
  expect((await attach()).status).toBe(201);
  const bomb = new Uint8Array(bracketBomb());
  for (let sent = 0; sent < MOST_BOMBS && (await send(bomber, bomb)).status === 200; sent += 1);
  const late = await attach();
  expect([late.status, await problemOf(late)]).toEqual([429, expect.objectContaining({ code: "too_many_requests" })]);
  expect((await send(stranger(server), contract)).status).toBe(200);
});

test("whose share is used up is answered before the file is received", async () => {
  const bomb = new Uint8Array(bracketBomb());
  for (let sent = 0; sent < MOST_BOMBS && (await send(stranger(server), bomb)).status === 200; sent += 1);
  const headers = { ...PDF, "content-length": 8_000_000 };
  const unsent = request(new URL("/v1/verifications", server.url), { method: "POST", headers });
  unsent.on("error", () => undefined);
  unsent.flushHeaders();
  const [answer] = (await once(unsent, "response")) as [IncomingMessage];
  expect([answer.statusCode, answer.headers.connection]).toEqual([429, "close"]);
  unsent.destroy();
  const small = await send(stranger(server), contract);
  expect([small.status, small.headers.get("connection")]).toEqual([429, "keep-alive"]);
});
