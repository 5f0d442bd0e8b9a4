import { request } from "node:http";
import { setTimeout } from "node:timers/promises";
import Fastify from "fastify";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ContractJson } from "../../src/http/schemas.ts";
import { shedLoad } from "../../src/http/unavailable-reply.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { leaveIssuing } from "../torture/outages/cut-schedule.ts";
import { openForwarder, type PostgresForwarder } from "../torture/outages/postgres-forwarder.ts";
import { type Caller, machine, problemOf, read, stranger } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let own: TestDatabase;
let forwarder: PostgresForwarder;
let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  own = await createTestDatabase();
  forwarder = await openForwarder(own.url);
  server = await startTestServer({ DATABASE_URL: forwarder.url });
  seller = machine(server);
});
afterEach(() => forwarder.comeBack());
afterAll(async () => {
  await server.close();
  await forwarder.close();
  await own.drop();
});

const READY = { timeout: 10_000, interval: 50 };

async function isReady(): Promise<boolean> {
  return (await stranger(server).get("/readyz")).status === 200;
}

describe("while the database is away", () => {
  test("requests are told when to ask again, in both languages; afterwards everything works without a restart", async () => {
    expect((await seller.put("/v1/orders/AWAY", orderBody())).status).toBe(200);
    const key = { "idempotency-key": "away" };
    const ask = (language: string) =>
      seller.post("/v1/orders/AWAY/contract", {}, { ...key, "accept-language": language });
    const printedBefore = server.printed.length;
    forwarder.goAway();
    const [inEnglish, inChinese] = await Promise.all([ask("en"), ask("zh-CN")]);
    expect([inEnglish.status, inEnglish.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await problemOf(inEnglish)).toMatchObject({
      type: "/problems/temporarily_unavailable",
      code: "temporarily_unavailable",
      title: "Temporarily unavailable",
    });
    expect(await problemOf(inChinese)).toMatchObject({ code: "temporarily_unavailable", title: "服务暂不可用" });
    expect((await stranger(server).get("/healthz")).status).toBe(200);
    expect(await isReady()).toBe(false);
    // The schedule has a round a second, and tries as long as a request before it says that it met the outage.
    await expect.poll(() => said(printedBefore, " failed and will be tried again")).not.toEqual([]);
    forwarder.comeBack();
    await expect.poll(isReady, READY).toBe(true);
    const answered = await ask("en");
    expect([201, 202]).toContain(answered.status);
    const { number } = await read<ContractJson>(answered);
    expect(await read(await ask("en"))).toMatchObject({ number });
    // Each part of it that met the outage has said so once, and says once that it works again.
    await expect.poll(() => said(printedBefore, "works again")).not.toEqual([]);
    const failed = said(printedBefore, " failed and will be tried again").map((line) => line.split(" failed")[0]);
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed).size).toBe(failed.length);
  });

  function said(from: number, what: string): readonly string[] {
    return server.printed.slice(from).filter((line) => line.includes(what));
  }

  test("for a moment only, nobody who asks notices", async () => {
    expect((await seller.put("/v1/orders/MOMENT", orderBody())).status).toBe(200);
    forwarder.goAway();
    const asked = Promise.all([seller.get("/v1/orders/MOMENT"), seller.post("/v1/orders/MOMENT/contract", {})]);
    await setTimeout(300);
    forwarder.comeBack();
    const [shown, requested] = await asked;
    expect(shown.status).toBe(200);
    expect([201, 202]).toContain(requested.status);
  });
});

test("while requests use up every connection, what was begun is finished all the same, and nothing is done twice", async () => {
  const direct = openDatabase({ connectionString: own.url, max: 2 });
  const claim = (until: string) =>
    sql`UPDATE contracts SET claimed_until = ${until}::timestamptz WHERE order_id = 'LEFT'`.execute(direct);
  try {
    await leaveIssuing(server, "LEFT");
    await claim("infinity");
    // Those who ask for the same order wait in the service, for one of them: so it takes as many orders as connections.
    const orders = Array.from({ length: 24 }, (_, index) => `BUSY-${index}`);
    for (const order of orders) expect((await seller.put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
    const held = await direct.startTransaction().execute();
    await held.selectFrom("orders").select("order_id").where("order_id", "in", orders).forUpdate().execute();
    const asked = orders.map((order) => seller.post(`/v1/orders/${order}/contract`, {}));
    await expect.poll(() => waitingForLocks(direct), READY).toBe(16);
    await claim("-infinity");
    const left = direct.selectFrom("contracts").select("state").where("order_id", "=", "LEFT");
    await expect.poll(async () => (await left.executeTakeFirst())?.state, READY).toBe("issued");
    await held.rollback().execute();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => ![201, 202, 409, 503].includes(status))).toEqual([]);
    for (const order of orders) {
      expect([201, 202, 409]).toContain((await seller.post(`/v1/orders/${order}/contract`, {})).status);
    }
    const rows = direct.selectFrom("contracts").select("order_id").where("order_id", "in", orders);
    expect((await rows.execute()).map(({ order_id }) => order_id).sort()).toEqual(orders.toSorted());
  } finally {
    await direct.destroy();
  }
});

async function waitingForLocks(direct: Database): Promise<number> {
  const { rows } = await sql`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'orderseal' AND wait_event_type = 'Lock'`.execute(direct);
  return rows.length;
}

test("one order that everybody asks for at once takes one connection, and keeps nobody else out", async () => {
  const direct = openDatabase({ connectionString: own.url, max: 2 });
  try {
    for (const order of ["HOT", "COOL"])
      expect((await seller.put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
    const held = await direct.startTransaction().execute();
    await held.selectFrom("orders").select("order_id").where("order_id", "=", "HOT").forUpdate().execute();
    const asked = Array.from({ length: 24 }, () => seller.post("/v1/orders/HOT/contract", {}));
    await expect.poll(() => waitingForLocks(direct), READY).toBe(1);
    expect([201, 202]).toContain((await seller.post("/v1/orders/COOL/contract", {})).status);
    expect(await waitingForLocks(direct)).toBe(1);
    await held.rollback().execute();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => ![201, 202, 409, 503].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
  } finally {
    await direct.destroy();
  }
});

test("more requests at once than can be worked on are sent away at once; whoever watches is answered", async () => {
  const full = Fastify();
  const entries: unknown[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begun = 0;
  shedLoad(full, { log: (entry) => entries.push(entry) }, 2);
  full.get("/slow", async () => {
    begun += 1;
    await finished;
    return "done";
  });
  full.get("/healthz", async () => "alive");
  full.post("/body", async () => "done");
  const url = await full.listen({ host: "127.0.0.1", port: 0 });
  try {
    const running = [fetch(`${url}/slow`), fetch(`${url}/slow`)];
    await expect.poll(() => begun).toBe(2);
    const tooMany = await Promise.all([fetch(`${url}/slow`), fetch(`${url}/slow`)]);
    expect(tooMany.map(({ status, headers }) => [status, headers.get("retry-after")])).toEqual([
      [503, "5"],
      [503, "5"],
    ]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    finish();
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
    const senders = Array.from({ length: 3 }, () => slowSender(`${url}/body`));
    await Promise.all(senders.map(({ connected }) => connected));
    expect((await fetch(`${url}/slow`)).status).toBe(200);
    for (const { send, answered } of senders) {
      send();
      expect(await answered).toBe(200);
    }
    expect(entries).toHaveLength(1);
  } finally {
    await full.close();
  }
});

/** Sends half of its body, and the rest when it is told to. */
function slowSender(url: string) {
  const sent = request(url, { method: "POST", headers: { "content-type": "application/json", "content-length": "2" } });
  sent.write("{");
  return {
    connected: new Promise<void>((resolve) => sent.once("socket", (socket) => socket.once("connect", resolve))),
    answered: new Promise((resolve) => sent.once("response", (response) => resolve(response.resume().statusCode))),
    send: () => sent.end("}"),
  };
}
