import { afterAll, beforeAll, expect, test } from "vitest";
import { finishInterrupted } from "../src/application/finish-interrupted.ts";
import { createTestAuthority } from "../src/document/seal/test-authority.ts";
import {
  startTestTimestampAuthority,
  type TestTimestampAuthority,
} from "../src/document/seal/test-timestamp-authority.fixture.ts";
import { freePort } from "./free-port.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
let authority: TestTimestampAuthority | null = null;
let port = 0;

beforeAll(async () => {
  port = await freePort();
  server = await startTestServer({ ORDERSEAL_TSA_URL: `http://127.0.0.1:${port}/` });
});
afterAll(async () => {
  await server.close();
  await authority?.close();
});

test("while the time-stamping authority is down a contract is decided but never let out without its timestamp", async () => {
  const response = await request("D100000000001");
  expect(response.status).toBe(202);
  const { number, state } = (await response.json()) as { number: string; state: string };
  expect(state).toBe("issuing");
  const download = await fetch(`${server.url}/v1/contracts/${number}/document.pdf`, { headers: headers() });
  expect(download.status).toBe(409);
});

test("once it is back the contract is finished by itself, as PAdES B-T", async () => {
  const now = new Date();
  const signer = createTestAuthority({ keyType: "p256", now }).issueTimestampCertificate({ validDays: 30 });
  authority = await startTestTimestampAuthority({ signer, genTime: now, port });
  await expect.poll(finished, { timeout: 20_000, interval: 500 }).toBe("issued");
  const { items } = (await (await fetch(`${server.url}/v1/contracts`, { headers: headers() })).json()) as {
    items: readonly { number: string }[];
  };
  const path = `/v1/contracts/${items[0]?.number}/document.pdf`;
  const pdf = Buffer.from(await (await fetch(server.url + path, { headers: headers() })).arrayBuffer());
  // id-aa-timeStampToken (RFC 3161, appendix A) stands in the signature's hexadecimal only when there is a token.
  expect(pdf.toString("latin1").toLowerCase()).toContain("060b2a864886f70d010910020e");
  const verified = await fetch(`${server.url}/v1/verifications`, {
    method: "POST",
    headers: { "content-type": "application/pdf" },
    body: pdf,
  });
  expect(await verified.json()).toMatchObject({ verdict: "passed", issuedHere: true });
});

async function finished(): Promise<string> {
  await finishInterrupted(await server.services.issuing(), () => {});
  const { items } = (await (await fetch(`${server.url}/v1/contracts`, { headers: headers() })).json()) as {
    items: readonly { state: string }[];
  };
  return items[0]?.state ?? "none";
}

function request(order: string): Promise<Response> {
  return fetch(`${server.url}/v1/orders/${order}/contract`, { method: "POST", headers: headers() });
}

function headers(): Record<string, string> {
  return { authorization: `Bearer ${server.apiKey}` };
}
