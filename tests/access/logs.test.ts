import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, caller, desk, machine, read, signIn, stranger } from "../http/caller.ts";
import { postPdf, scannedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import type { Thread } from "../http/ticket-thread.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { given, post, verified } from "./sample-evidence.ts";

/** What nobody must find in a log; each is found by its own text. */
const SECRETS = {
  name: "欧阳试探",
  latinName: "Ouyang Shitan",
  company: "北京不可外泄科技有限公司",
  registration: "91110105MA0SECRET9",
  address: "保密路 42 号",
  identityCard: "110101199003079999",
  phone: "13900009999",
  email: "ouyang.shitan@secret.example",
  message: "此事请勿声张",
  facts: "工商银行尾号 4321",
  webhookToken: "hook-token-9f3a",
  guessedKey: `osk_${randomBytes(32).toString("base64url")}`,
  guessedSession: `oss_${randomBytes(32).toString("base64url")}`,
  pdf: `scan-${randomBytes(12).toString("hex")}`,
  master: randomBytes(32).toString("base64"),
};
const account = "secret-account";

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer(
    { ORDERSEAL_MASTER_KEY: SECRETS.master, ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.0/8" },
    { patienceMs: 500 },
  );
  seller = machine(server);
});
afterAll(() => server.close());

const run = (statement: string) => sql.raw(statement).execute(server.services.database);

/** Whatever happened, none of it may be told with anything of anybody. */
function expectSilence(...more: readonly string[]): void {
  const printed = server.printed.join("\n");
  const found = [...Object.values(SECRETS), ...more, server.apiKey].filter((secret) => printed.includes(secret));
  expect(found).toEqual([]);
}

test("requests that succeed, that are refused and that cannot be read leave nothing of anybody in the log", async () => {
  const { company, registration, address, name, phone, email, message, latinName, identityCard } = SECRETS;
  const { identity } = verified(company);
  const put = await seller.put(`/v1/accounts/${account}`, {
    identity: { ...identity, address, registrationNumber: registration },
  });
  expect(put.status).toBe(204);
  const details = { contact: name, phone, email, postalAddress: address };
  await seller.put("/v1/orders/SECRET-1", orderBody({ account }));
  expect([201, 202, 422]).toContain((await seller.post("/v1/orders/SECRET-1/contract", details)).status);
  expect((await seller.post("/v1/orders/SECRET-1/contract", { contact: name })).status).toBeGreaterThanOrEqual(409);
  await seller.post("/v1/orders/SECRET-1/contract", { [latinName]: identityCard });
  await seller.put("/v1/orders/SECRET-2", orderBody({ account, lines: [{ ...line(), description: name }] }));
  await seller.send(
    "POST",
    "/v1/orders:import",
    { "content-type": "application/x-ndjson" },
    `{"name":"${latinName}"\n`,
  );
  await seller.send("PUT", `/v1/accounts/${account}`, { "content-type": "application/json" }, `{"x":"${latinName}`);
  await given(seller, account, "application/pdf", scannedPdf(SECRETS.pdf));
  await post(seller, account, "application/pdf", Buffer.from(SECRETS.pdf));
  await seller.post(`/v1/accounts/${account}/evidence`, { method: SECRETS.facts });
  await postPdf(stranger(server), "/v1/verifications", scannedPdf(SECRETS.pdf));
  await postPdf(stranger(server), "/v1/verifications", Buffer.from(`%PDF-1.7 ${SECRETS.pdf}`));
  await seller.put("/v1/orders/SECRET-3", orderBody({ account, lines: [{ ...line(), product: "bespoke" }] }));
  const opened = await seller.post("/v1/tickets", { order: "SECRET-3", message });
  const { ticket } = await read<Thread>(opened);
  await postPdf(seller, `/v1/tickets/${ticket}/attachments?name=${encodeURIComponent(name)}.pdf`, scannedPdf(name));
  const administrator = await desk(server, "administrator");
  await administrator.get(`/v1/accounts/${account}/evidence`);
  await administrator.send("DELETE", `/v1/accounts/${account}/personal-data?reason=${encodeURIComponent(name)}`);
  const hook = { url: `http://127.0.0.1:49152/${SECRETS.webhookToken}?token=${SECRETS.webhookToken}` };
  expect((await administrator.post("/v1/webhook-endpoints", hook)).status).toBe(201);
  await stranger(server).get(`/v1/orders?q=${encodeURIComponent(name)}`, {
    authorization: `Bearer ${SECRETS.guessedKey}`,
  });
  await caller(server.url, { cookie: `orderseal_session=${SECRETS.guessedSession}` }).get("/v1/orders");
  await stranger(server).get(`/portal/${SECRETS.guessedSession}`);
  await stranger(server).get(`/v1/nothing/${encodeURIComponent(name)}?phone=${phone}`);
  const { url } = await read<{ url: string }>(await seller.post("/v1/portal-sessions", { account, actor: name }));
  const entered = await fetch(url, { redirect: "manual" });
  await fetch(url, { redirect: "manual" });
  const cookie = await signIn(server, "demo-enterprise");
  expectSilence(...[url.split("/").at(-1), entered.headers.getSetCookie()[0], cookie].map((part) => tokenIn(part)));
});

test("an error of the database is told by its code and what it is about, not by the rows that it quotes", async () => {
  const { company, name, latinName, email } = SECRETS;
  const before = server.printed.length;
  await run(
    "ALTER TABLE accounts ADD CONSTRAINT nobody_is_verified CHECK (identity ->> 'state' = 'unverified') NOT VALID",
  );
  const failed = await seller.put(`/v1/accounts/${account}-2`, verified(company));
  expect(failed.status).toBe(500);
  expect(await failed.text()).not.toContain(company);
  await run("ALTER TABLE accounts DROP CONSTRAINT nobody_is_verified");
  // A message that quotes a row itself, as our own triggers and functions may.
  await run(`CREATE FUNCTION quote_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'not with % (% <%>)', NEW, '${latinName}', '${email}' USING DETAIL = '${name}', HINT = '${email}'; END $$`);
  await run("CREATE TRIGGER quote_row BEFORE INSERT ON ticket_messages FOR EACH ROW EXECUTE FUNCTION quote_row()");
  const lines = [{ ...line(), product: "bespoke" }];
  await seller.put("/v1/orders/SECRET-4", orderBody({ account, lines }));
  expect((await seller.post("/v1/tickets", { order: "SECRET-4", message: SECRETS.message })).status).toBe(500);
  await run("DROP TRIGGER quote_row ON ticket_messages");
  // What earlier tests were refused may be told up to a second later.
  const said = server.printed.slice(before).filter((text) => !text.includes(`"event":`));
  expect(said).toHaveLength(2);
  expect(said[0]).toContain("database error 23514, constraint nobody_is_verified, table accounts");
  expect(said[0]).toContain("/v1/accounts/:account");
  expect(said[1]).toContain("database error P0001");
  expectSilence();
});

test("an error of ours over rows that somebody has changed by hand is told by its place", async () => {
  const before = server.printed.length;
  const { latinName, name, identityCard } = SECRETS;
  await seller.put("/v1/orders/SECRET-5", orderBody({ account }));
  await run("ALTER TABLE orders DISABLE TRIGGER USER, DROP CONSTRAINT order_is_its_body");
  for (const body of [`"${latinName}"`, `{"lines": "${name}", "total": {"minor": "${identityCard}x"}}`, "null"]) {
    await run(`UPDATE orders SET body = '${body}' WHERE order_id = 'SECRET-5'`);
    expect((await seller.get("/v1/orders/SECRET-5")).status).toBe(500);
  }
  await run(
    "UPDATE orders SET body = (SELECT body FROM orders WHERE order_id = 'SECRET-1') WHERE order_id = 'SECRET-5'",
  );
  await run("ALTER TABLE orders ENABLE TRIGGER USER");
  const said = server.printed.slice(before).filter((text) => text.includes('"level":"error"'));
  expect(said).toHaveLength(3);
  for (const text of said) expect(text).toMatch(/(Type|Syntax)Error at .*src\/(store|domain|http|application)\//);
  expectSilence();
});

test("a job that fails over somebody's contract names the contract and nothing in it", async () => {
  const before = server.printed.length;
  const { latinName, name, email } = SECRETS;
  await run(`CREATE OR REPLACE FUNCTION quote_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.state = 'issued' THEN RAISE EXCEPTION 'not % % (% <%>)', NEW.snapshot, '${name}', '${latinName}', '${email}'; END IF;
    RETURN NEW; END $$`);
  await run("CREATE TRIGGER quote_row BEFORE UPDATE ON contracts FOR EACH ROW EXECUTE FUNCTION quote_row()");
  await seller.put("/v1/orders/SECRET-6", orderBody({ account }));
  expect((await seller.post("/v1/orders/SECRET-6/contract", { contact: name })).status).toBe(202);
  await expect
    .poll(() => server.printed.slice(before).join("\n"), { timeout: 20_000 })
    .toMatch(/contract \S+ is not sealed yet and will be tried again: database error P0001/);
  await run("DROP TRIGGER quote_row ON contracts");
  await setTimeout(100);
  expectSilence();
});

function line() {
  const [first] = orderBody().lines;
  if (!first) throw new Error("a sample order has a line");
  return first;
}

/** The random part: what a prefix says may stand in a log. */
function tokenIn(text = ""): string {
  const token = /os[sp]_([\w-]{43})/.exec(text)?.[1];
  if (token === undefined) throw new Error("there is no token");
  return token;
}
