import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaffRole } from "../../src/domain/roles.ts";
import { type Instant, instantOf, parseInstant } from "../../src/domain/time.ts";
import type { components } from "../../web/src/api/schema.d.ts";
import { makeProposal } from "../access/proposed-voiding.ts";
import { makeKey } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, machine, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

type Today = components["schemas"]["Today"];

const DAY_MS = 86_400_000;
let now = parseInstant("2026-11-02T02:00:00Z") as Instant;
let server: TestServer;
let seller: Caller;
let enterprise: Caller;
let contractDesk: Caller;
let auditor: Caller;
beforeAll(async () => {
  server = await startTestServer({ ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.1/32" }, { clock: { now: () => now } });
  seller = machine(server);
  contractDesk = await withRole("contract_desk");
  auditor = await withRole("auditor");
  await moveTo("2026-11-02T02:00:00Z");
});
afterAll(() => server.close());

/** By a key: sessions end within the day. */
async function withRole(role: StaffRole): Promise<Caller> {
  return machine({ url: server.url, apiKey: await makeKey(server.services, `today ${role}`, role) });
}

async function moveTo(instant: string): Promise<void> {
  now = parseInstant(instant) as Instant;
  enterprise = await buyer(server, "demo-enterprise");
}

async function today(reader: Caller = contractDesk, headers = {}): Promise<Today> {
  const response = await reader.get("/v1/desk/today", headers);
  expect(response.status).toBe(200);
  return read<Today>(response);
}

let placed = 0;
async function place(changes: Parameters<typeof orderBody>[0] = {}): Promise<string> {
  const order = `TODAY-${++placed}`;
  expect((await seller.put(`/v1/orders/${order}`, orderBody(changes))).status).toBe(200);
  return order;
}
const BESPOKE = { lines: [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }] };

const unpaidSince = (placedAt: string) =>
  ({ occurredAt: placedAt, placedAt, status: { state: "unpaid" } }) satisfies Parameters<typeof orderBody>[0];

/** What was told since the look before: a day is not the same for all tests. */
async function added(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  const counts = async () =>
    new Map((await today()).refusals?.days.map(({ day, code, count }) => [`${day} ${code}`, count]));
  const before = await counts();
  await work();
  return Object.fromEntries(
    [...(await counts())].flatMap(([key, count]) => {
      const more = count - (before.get(key) ?? 0);
      return more === 0 ? [] : [[key, more]];
    }),
  );
}

describe("a refusal is told at the desk", () => {
  test("once a day and reason, however often the same order is asked for, and again on another day", async () => {
    const order = await place(BESPOKE);
    const ask = (headers = {}) => enterprise.post(`/v1/orders/${order}/contract`, {}, headers);
    const key = { "idempotency-key": "today" };
    expect(
      await added(async () => {
        expect((await ask(key)).status).toBe(422);
        expect((await ask(key)).status).toBe(422);
        await ask();
        await seller.post(`/v1/orders/${order}/contract`, {});
        await enterprise.post("/v1/contracts:batch", { orders: [order] });
      }),
    ).toEqual({ "2026-11-02 product_not_self_service": 1 });
    // 00:30 of the next day in the seller's zone is 16:30 of the same one in UTC.
    await moveTo("2026-11-02T16:30:00Z");
    expect(await added(() => ask())).toEqual({ "2026-11-03 product_not_self_service": 1 });
    // What the first key was answered is answered again, and nobody was refused anew.
    await moveTo("2026-11-03T16:30:00Z");
    expect(await added(() => ask(key))).toEqual({});
  });

  test("of a batch line by line, and of a bill", async () => {
    const [refused, good] = [await place(BESPOKE), await place()];
    expect(
      await added(async () => {
        const batch = await enterprise.post("/v1/contracts:batch", { orders: [refused, good, "NONE-OF-OURS"] });
        expect(batch.status).toBe(200);
        await seller.put("/v1/bills/demo-enterprise/2026-11", billBody({ state: "open" }));
        expect((await enterprise.post("/v1/bills/demo-enterprise/2026-11/contract", {})).status).toBe(409);
      }),
    ).toEqual({ "2026-11-04 product_not_self_service": 1, "2026-11-04 bill_not_final": 1 });
  });

  test("where a ticket is opened from it, too; not of what is answered in an open ticket", async () => {
    const order = await place(BESPOKE);
    const open = () => enterprise.post("/v1/tickets", { order, message: "请尽快" });
    expect(await added(async () => expect((await open()).status).toBe(201))).toEqual({
      "2026-11-04 product_not_self_service": 1,
    });
    await moveTo("2026-11-05T02:00:00Z");
    expect(await added(() => open())).toEqual({});
    const kept = await sql<Record<string, unknown>>`SELECT account, cycle, asked_for, actor_kind, policy_version
      FROM refusals WHERE order_id = ${order}`.execute(server.services.database);
    expect(kept.rows).toEqual([
      { account: "demo-enterprise", cycle: null, asked_for: "ticket", actor_kind: "buyer", policy_version: 1 },
    ]);
  });

  test("and what was issued, or never found, leaves no trace", async () => {
    const order = await place();
    expect(
      await added(async () => {
        expect((await enterprise.post(`/v1/orders/${order}/contract`, {})).status).toBe(201);
        expect((await enterprise.post("/v1/orders/NONE-OF-OURS/contract", {})).status).toBe(404);
        await enterprise.get(`/v1/orders/${order}`);
      }),
    ).toEqual({});
  });

  test("by reason, the most frequent first, with its words in the reader's language", async () => {
    const [zh, en] = [
      await today(contractDesk, { "accept-language": "zh-CN" }),
      await today(contractDesk, { "accept-language": "en" }),
    ];
    expect([zh.refusals?.from, zh.refusals?.to]).toEqual(["2026-10-07", "2026-11-05"]);
    expect(zh.refusals?.reasons[0]).toMatchObject({ code: "product_not_self_service", rule: "R3" });
    expect(zh.refusals?.reasons[0]?.title).toMatch(/\p{Script=Han}/u);
    expect(en.refusals?.reasons[0]?.title).toMatch(/^[\p{ASCII}’]+$/u);
    const sum = zh.refusals?.days.reduce((total, { count }) => total + count, 0);
    expect(zh.refusals?.reasons.reduce((total, { count }) => total + count, 0)).toBe(sum);
  });

  test("for thirty days, today included", async () => {
    const before = now;
    now = instantOf(before + 29 * DAY_MS);
    expect((await today()).refusals?.days.every(({ day }) => day >= "2026-11-05")).toBe(true);
    now = instantOf(before + 60 * DAY_MS);
    expect((await today()).refusals).toMatchObject({ reasons: [], days: [] });
    now = before;
  });
});

test("tickets wait by queue: how many, and the one that has waited longest", async () => {
  const all = await today(auditor);
  const before = all.tickets?.find(({ queue }) => queue === "contract_desk");
  now = instantOf(now + 3_600_000);
  expect((await seller.post("/v1/tickets", { order: await place(BESPOKE) })).status).toBe(201);
  const after = (await today()).tickets;
  expect(after?.map(({ queue }) => queue)).toEqual(["contract_desk"]);
  expect(after?.[0]).toMatchObject({ open: (before?.open ?? 0) + 1, oldest: before?.oldest });
  expect(all.tickets?.map(({ queue }) => queue)).toEqual(["contract_desk", "marketplace_desk"]);
});

test("holds that end within seven days are counted, the next first, and none once it is paid (R8)", async () => {
  const before = (await today()).holds?.count ?? 0;
  const orders = [
    await place(unpaidSince("2026-10-10T00:00:00Z")),
    await place(unpaidSince("2026-10-08T00:00:00Z")),
    await place(unpaidSince("2026-11-05T00:00:00Z")),
  ];
  for (const order of orders) {
    expect((await seller.post(`/v1/orders/${order}/contract`, {})).status).toBe(201);
  }
  const start = now;
  now = instantOf(start + 24 * DAY_MS);
  const { holds } = await today();
  expect(holds?.count).toBe(before + 3);
  expect(holds?.first.map(({ order }) => order)).toEqual(expect.arrayContaining(orders));
  expect(holds?.first[0]).toMatchObject({ account: "demo-enterprise", timeZone: "Asia/Shanghai" });
  expect(holds?.first[0]?.buyer).toMatch(/公司$/);
  const paidAt = new Date(now).toISOString();
  for (const order of orders) {
    await seller.put(`/v1/orders/${order}`, {
      ...orderBody({ occurredAt: paidAt, status: { state: "paid", paidAt } }),
      revision: 2,
      placedAt: "2026-10-10T00:00:00Z",
    });
  }
  expect((await today()).holds?.count).toBe(before);
  now = start;
});

test("what waits for a second person, and what of that for the reader", async () => {
  await makeProposal(server);
  const { proposals } = await today();
  expect(proposals).toMatchObject({ open: 1, forReader: 1 });
  expect((await today(auditor)).proposals).toMatchObject({ open: 1, forReader: 0 });
});

test("each sees the parts that their role lets them see, and no other", async () => {
  const parts = async (role: StaffRole) => {
    const { at: _, timeZone, ...rest } = await today(await withRole(role));
    expect(timeZone).toBe("Asia/Shanghai");
    return Object.entries(rest).flatMap(([part, shown]) => (shown === null ? [] : [part]));
  };
  const everything = ["tickets", "holds", "refusals", "sealing", "proposals", "sealKeys", "webhooks"];
  expect(await parts("contract_desk")).toEqual(everything);
  expect(await parts("administrator")).toEqual(everything);
  expect(await parts("auditor")).toEqual(everything);
  expect(await parts("marketplace_desk")).toEqual(["tickets", "holds", "refusals", "sealing"]);
  expect(await parts("policy_author")).toEqual(["holds", "refusals", "sealing"]);
  const outsiders = [await buyer(server, "demo-enterprise"), seller];
  for (const outsider of outsiders) expect((await outsider.get("/v1/desk/today")).status).toBe(403);
});

test("endpoints that are behind are named, others only counted", async () => {
  expect((await today()).webhooks).toEqual({ count: 0, troubled: [] });
  // Nobody listens there, and by the service's clock it is late.
  const url = "http://127.0.0.1:49151/";
  const made = await contractDesk.post("/v1/webhook-endpoints", { url, description: "ERP" });
  expect(made.status).toBe(201);
  const { endpoint } = await read<{ endpoint: string }>(made);
  expect((await seller.post("/v1/tickets", { order: await place(BESPOKE) })).status).toBe(201);
  now = instantOf(Date.now() + DAY_MS);
  await expect.poll(async () => (await today()).webhooks?.troubled.length).toBe(1);
  const { webhooks } = await today();
  expect(webhooks).toMatchObject({ count: 1, troubled: [{ endpoint, url, description: "ERP", isDisabled: false }] });
});
