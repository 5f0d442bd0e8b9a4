import { sql } from "kysely";
import { expect } from "vitest";
import { REQUEST_PATIENCE_MS } from "../src/application/request-contract.ts";
import { createTestAuthority, type TestAuthority } from "../src/document/seal/test-authority.ts";
import {
  type Behaviour,
  startTestTimestampAuthority,
  type TestTimestampAuthority,
} from "../src/document/seal/test-timestamp-authority.fixture.ts";
import type { ContractJson } from "../src/http/schemas.ts";
import { freePort } from "./free-port.ts";
import { type Caller, machine, read } from "./http/caller.ts";
import { orderBody } from "./http/order-body.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

export const IN_ENGLISH = { "accept-language": "en" };
/** Beyond what a busy machine takes for one round of the schedule. */
export const PATIENCE = { timeout: 20_000, interval: 100 };

/** The whole product with a timestamp authority that nobody has started yet. */
export interface TimestampedService {
  readonly server: TestServer;
  readonly seller: Caller;
  /** Who issued the timestamp authority's certificate. */
  readonly tsa: TestAuthority;
  /** From the next request on, honest but for these changes; the first call starts it. */
  authorityBecomes(changes: Partial<Behaviour>): Promise<void>;
  place(order: string): Promise<void>;
  request(order: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Placed and requested; answered 202. */
  requested(order: string): Promise<ContractJson>;
  show(number: string): Promise<ContractJson>;
  /** By the service's own schedule. */
  becomesIssued(number: string): Promise<void>;
  waitsBecauseOf(reason: string, number: string): Promise<void>;
  announced(number: string): Promise<readonly string[]>;
  download(number: string): Promise<Buffer>;
  /** So that a test does not sit out the pause before the next attempt. */
  endPauses(): Promise<void>;
  close(): Promise<void>;
}

export async function startTimestampedService(): Promise<TimestampedService> {
  const port = await freePort();
  const server = await startTestServer(
    { ORDERSEAL_TSA_URL: `http://127.0.0.1:${port}/` },
    { patienceMs: REQUEST_PATIENCE_MS },
  );
  const seller = machine(server);
  const { database } = server.services;
  const tsa = createTestAuthority({ keyType: "p256", now: new Date() });
  const signer = tsa.issueTimestampCertificate({ validDays: 30 });
  const honest: Behaviour = { signer, genTime: "now", fault: null, delayMs: 0 };
  let authority: TestTimestampAuthority | null = null;
  // The first document takes the process that draws longest; what follows is about timestamps.
  expect((await seller.get("/v1/orders/D100000000001/preview.pdf")).status).toBe(200);

  const place = async (order: string): Promise<void> => {
    expect((await seller.put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
  };
  const request: TimestampedService["request"] = (order, headers = {}) =>
    seller.post(`/v1/orders/${order}/contract`, {}, { ...IN_ENGLISH, ...headers });
  const show = async (number: string): Promise<ContractJson> =>
    read<ContractJson>(await seller.get(`/v1/contracts/${number}`, IN_ENGLISH));
  return {
    server,
    seller,
    tsa,
    place,
    request,
    show,
    async authorityBecomes(changes) {
      authority ??= await startTestTimestampAuthority({ ...honest, port });
      authority.become({ ...honest, ...changes });
    },
    async requested(order) {
      await place(order);
      const response = await request(order);
      expect(response.status).toBe(202);
      return read<ContractJson>(response);
    },
    becomesIssued: (number) => expect.poll(async () => (await show(number)).state, PATIENCE).toBe("issued"),
    waitsBecauseOf: (reason, number) =>
      expect.poll(async () => (await show(number)).waitingFor?.reason, PATIENCE).toBe(reason),
    async announced(number) {
      const outbox = database.selectFrom("outbox").select("type").where("subject", "=", number).orderBy("event_id");
      return (await outbox.execute()).map(({ type }) => type);
    },
    async download(number) {
      const response = await seller.get(`/v1/contracts/${number}/document.pdf`);
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    },
    async endPauses() {
      await sql`UPDATE contracts SET claimed_until = now() - interval '1 second' WHERE waiting_for IS NOT NULL`.execute(
        database,
      );
    },
    async close() {
      await server.close();
      await authority?.close();
    },
  };
}
