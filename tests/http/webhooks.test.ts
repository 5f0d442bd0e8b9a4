import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { openReceiver, type Receiver } from "../webhooks/receiver.ts";
import { buyer, type Caller, desk, machine, problemOf, read, stranger } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface Endpoint {
  readonly endpoint: string;
  readonly secret: string;
  readonly url: string;
  readonly state: string;
  readonly dead: number;
}

interface Event {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: string;
}

const ENDPOINTS = "/v1/webhook-endpoints";
const NOBODY = `${ENDPOINTS}/01a206f9-30c2-731c-b6fb-f986c8361082`;

let server: TestServer;
let seller: Caller;
let shop: Receiver;
beforeAll(async () => {
  server = await startTestServer({ ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.0/8" });
  seller = machine(server);
  shop = await openReceiver();
});
afterAll(async () => {
  await server.close();
  await shop.close();
});

async function subscribed(body: object = {}): Promise<Endpoint> {
  const response = await seller.post(ENDPOINTS, { url: shop.url, ...body });
  expect(response.status).toBe(201);
  return read<Endpoint>(response);
}

async function contracted(order: string): Promise<string> {
  await seller.put(`/v1/orders/${order}`, orderBody());
  const response = await seller.post(`/v1/orders/${order}/contract`, {});
  expect(response.status).toBe(201);
  return (await read<{ number: string }>(response)).number;
}

async function events(query = ""): Promise<readonly Event[]> {
  return (await read<{ items: Event[] }>(await seller.get(`/v1/events?limit=200${query}`))).items;
}

describe("events of a contract's life", () => {
  test("are listed in their order, and sent in the same form to whoever subscribed", async () => {
    const { endpoint } = await subscribed({ events: ["contract.issued", "contract.voided"] });
    const number = await contracted("HOOK-1");
    const deskPerson = await desk(server, "contract-desk-1");
    await deskPerson.post(`/v1/contracts/${number}/void`, { reason: "x" });
    await expect.poll(async () => (await events()).filter(({ subject }) => subject === number)).toHaveLength(3);
    const listed = (await events()).filter(({ subject }) => subject === number);
    expect(listed.map(({ type }) => type)).toEqual(["contract.requested", "contract.issued", "contract.voided"]);
    await expect.poll(() => shop.received.map(({ event }) => event)).toEqual(listed.slice(1));
    const path = `${ENDPOINTS}/${endpoint}/deliveries`;
    await expect
      .poll(async () => (await read<{ items: object[] }>(await seller.get(path))).items)
      .toMatchObject([
        { event: listed[2]?.id, sequence: listed[2]?.sequence, state: "delivered" },
        {
          ...{ event: listed[1]?.id, type: "contract.issued", attempts: 1 },
          lastAttempt: { status: 204, result: "delivered" },
        },
      ]);
    const detail = await read(await seller.get(`${path}/${listed[1]?.sequence}`));
    expect(detail).toMatchObject({
      ...{ event: listed[1]?.id, state: "delivered", attempts: 1, replays: 0, body: listed[1] },
      tried: [{ status: 204, result: "delivered" }],
    });
    // Not by its number alone: who may not read events sees that there was one, and no more.
    const administrator = await desk(server, "administrator");
    const made = await administrator.post("/v1/api-keys", { name: "watcher", scopes: ["webhooks:read"] });
    const watcher = machine({ url: server.url, apiKey: (await read<{ key: string }>(made)).key });
    expect(await read(await watcher.get(`${path}/${listed[1]?.sequence}`))).toEqual({
      ...(detail as object),
      body: null,
    });
    for (const sequence of ["9999999", "0", "x", "99999999999999999"]) {
      expect((await seller.get(`${path}/${sequence}`)).status).toBe(404);
    }
    const shown = await read<Endpoint & { lastDeliveredAt: string }>(await seller.get(`${ENDPOINTS}/${endpoint}`));
    expect(shown).toMatchObject({ lastTriedAt: shown.lastDeliveredAt, failingSince: null });
    expect(shown.lastDeliveredAt).toMatch(/Z$/);
    expect((await seller.send("DELETE", `${ENDPOINTS}/${endpoint}`)).status).toBe(204);
  });

  test("are read on behind any of them, by type and by account", async () => {
    const all = await events();
    const third = all[2]?.sequence ?? "";
    expect(await events(`&after=${third}`)).toEqual(all.slice(3));
    expect(await events(`&after=${Number(third)}`)).toEqual(all.slice(3));
    expect(await events("&type=contract.voided")).toEqual(all.filter(({ type }) => type === "contract.voided"));
    expect(await events("&account=demo-enterprise")).toEqual(all);
    expect(await events("&account=nobody")).toEqual([]);
    const page = await read<{ items: Event[]; next: string }>(await seller.get("/v1/events?limit=1"));
    expect([page.items, page.next]).toEqual([all.slice(0, 1), all[0]?.sequence]);
    for (const query of ["after=x", "type=contract.lost", "limit=0", "before=1"]) {
      expect((await seller.get(`/v1/events?${query}`)).status).toBe(422);
    }
  });
});

describe("an endpoint", () => {
  test("is shown without its secret, changed in part, and its changes are audited under who made them", async () => {
    const created = await subscribed({ description: " ERP ", account: "demo-enterprise" });
    expect(created).toMatchObject({ description: "ERP", events: [], state: "active", pending: 0, signingSecrets: 1 });
    const { secret, ...shown } = created;
    const path = `${ENDPOINTS}/${created.endpoint}`;
    expect(await read(await seller.get(path))).toEqual(shown);
    expect(await read(await seller.get(ENDPOINTS))).toEqual({ items: [shown], next: null });
    const person = await desk(server, "contract-desk-1");
    const changed = await person.send(
      "PATCH",
      path,
      { "content-type": "application/json" },
      JSON.stringify({ events: ["ticket.opened", "ticket.opened"], active: false }),
    );
    const disabled = { state: "disabled", disabledReason: "by_hand" };
    expect(await read(changed)).toEqual({ ...shown, events: ["ticket.opened"], ...disabled });
    const rotated = await read<{ secret: string }>(await person.post(`${path}/secret/rotate`, { overlapHours: 2 }));
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);
    expect(await read(await seller.get(path))).toMatchObject({ signingSecrets: 2 });
    expect((await person.post(`${path}/secret/rotate`)).status).toBe(200);
    const audited = await server.services.database
      .selectFrom("audit_entries")
      .select(["action", "actor_kind"])
      .where("object_id", "=", created.endpoint)
      .orderBy("entry_id")
      .execute();
    expect(audited.map(({ action, actor_kind }) => `${actor_kind} ${action.split(".")[1]}`)).toEqual([
      ...["machine created", "desk changed", "desk disabled", "desk secret_rotated", "desk secret_rotated"],
    ]);
    expect((await person.send("DELETE", path)).status).toBe(204);
    expect((await person.send("DELETE", path)).status).toBe(404);
  });

  test("gives up visibly: its dead letters are listed, and sent once more by their sequence or all together", async () => {
    const failing = await openReceiver(() => 500);
    try {
      const { endpoint } = await subscribed({ url: failing.url });
      const path = `${ENDPOINTS}/${endpoint}`;
      const all = await events();
      const last = all.at(-1)?.sequence ?? "";
      const replayed = await seller.post(`${path}/replay`, { from: last, to: last });
      expect(await read(replayed)).toEqual({ events: 1 });
      const { database } = server.services;
      await database
        .updateTable("webhook_deliveries")
        .set({ attempts: 14 })
        .where("endpoint_id", "=", endpoint)
        .execute();
      await database
        .updateTable("webhook_endpoints")
        .set({ rests_until: new Date(0) })
        .execute();
      const dead = async () =>
        (await read<{ items: object[] }>(await seller.get(`${path}/deliveries?state=dead`))).items;
      await expect.poll(dead).toMatchObject([{ sequence: last, state: "dead", lastAttempt: { status: 500 } }]);
      const failed = await read<Endpoint & { failingSince: string }>(await seller.get(path));
      expect(failed).toMatchObject({ dead: 1, pending: 0, lastDeliveredAt: null, failingSince: expect.any(String) });
      failing.answer(() => 200);
      expect(await read(await seller.post(`${path}/replay`, { from: "1", to: last, state: "dead" }))).toEqual({
        events: 1,
      });
      await expect.poll(dead).toEqual([]);
      await expect.poll(() => failing.taken()).toHaveLength(1);
      expect(await read(await seller.post(`${path}/deliveries/${last}/replay`))).toEqual({ events: 1 });
      await expect.poll(() => failing.taken()).toHaveLength(2);
      await expect
        .poll(async () => (await read<{ tried: object[] }>(await seller.get(`${path}/deliveries/${last}`))).tried)
        .toMatchObject([{ status: 200 }, { status: 200 }, { status: 500 }]);
      expect(await read(await seller.get(path))).toMatchObject({ failingSince: null });
      expect((await seller.post(`${path}/deliveries/9999999/replay`)).status).toBe(404);
      expect((await seller.send("DELETE", path)).status).toBe(204);
    } finally {
      await failing.close();
    }
  });

  test.each([
    [{ url: "https://10.0.0.1/" }, "webhook_address_refused", "url"],
    [{ url: "https://169.254.169.254/latest/meta-data" }, "webhook_address_refused", "url"],
    [{ url: "http://[::1]/" }, "webhook_address_refused", "url"],
    [{ url: "http://1.1.1.1/" }, "webhook_address_refused", "url"],
    [{ url: "https://user:pw@1.1.1.1/" }, "webhook_address_refused", "url"],
    [{ url: "ftp://1.1.1.1/" }, "webhook_address_refused", "url"],
    [{ url: "https://1.1.1.1:25/" }, "webhook_address_refused", "url"],
    [{ url: "https://1.1.1.1/", events: ["contract.lost"] }, "invalid_input", "events.0"],
    [{ url: "https://1.1.1.1/", account: "no account" }, "invalid_input", "account"],
    [{ url: "https://1.1.1.1/", secret: "whsec_mine" }, "invalid_input", "secret"],
    [{}, "invalid_input", "url"],
  ])("is refused with %j, and the sentence says why", async (body, code, field) => {
    const response = await seller.post(ENDPOINTS, body);
    expect(response.status).toBe(422);
    const { detail, ...problem } = await problemOf(response);
    expect(problem).toMatchObject({ code, field });
    expect(detail).not.toBe("");
    const zh = await problemOf(await seller.post(ENDPOINTS, body, { "accept-language": "zh-CN" }));
    expect(zh.detail).toMatch(/[\u4e00-\u9fff]/);
  });

  test("is one of a hundred at most", async () => {
    const { database } = server.services;
    const row = (_: unknown, index: number) => ({
      endpoint_id: `01a206f9-30c2-731c-b6fb-${String(index).padStart(12, "0")}`,
      ...{ url: shop.url, description: "", event_types: [], account: null, disabled_reason: "by_hand" },
      ...{ created_at: new Date(0), created_by: "test" },
    });
    await database
      .insertInto("webhook_endpoints")
      .values(Array.from({ length: 100 }, row))
      .execute();
    const refused = await seller.post(ENDPOINTS, { url: shop.url });
    expect([refused.status, (await problemOf(refused)).code]).toEqual([409, "too_many_webhook_endpoints"]);
    await database.deleteFrom("webhook_endpoints").execute();
  });
});

describe("whose business it is", () => {
  const routes = [
    ["GET", "/v1/events"],
    ["GET", ENDPOINTS],
    ["POST", ENDPOINTS],
    ["GET", NOBODY],
    ["PATCH", NOBODY],
    ["DELETE", NOBODY],
    ["GET", `${NOBODY}/deliveries`],
    ["GET", `${NOBODY}/deliveries/1`],
    ["POST", `${NOBODY}/replay`],
    ["POST", `${NOBODY}/deliveries/1/replay`],
    ["POST", `${NOBODY}/secret/rotate`],
  ] as const;

  test.each(routes)("%s %s is for machines and the contract desk alone", async (method, path) => {
    const secret = await makeKey(server.services, "zhao", "marketplace_desk");
    const market = machine({ url: server.url, apiKey: secret });
    const statuses = [await buyer(server, "demo-enterprise"), market, stranger(server)].map(
      async (caller) => (await caller.send(method, path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([403, 403, 401]);
  });

  test.each(routes.filter(([, path]) => path.startsWith(NOBODY)))("%s %s of nobody: 404", async (method, path) => {
    const body = path.endsWith("/replay") && !path.includes("deliveries") ? { from: "1", to: "2" } : {};
    const headers = { "content-type": "application/json" };
    const response = await seller.send(method, path, headers, method === "GET" ? undefined : JSON.stringify(body));
    expect([response.status, (await problemOf(response)).code]).toEqual([404, "not_found"]);
    const malformed = await seller.send(
      method,
      path.replace(/01a206f9[^/]*/, "x"),
      headers,
      method === "GET" ? undefined : JSON.stringify(body),
    );
    expect(malformed.status).toBe(404);
  });
});
