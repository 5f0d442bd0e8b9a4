import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { changeWebhookEndpoint, replayWebhooks, rotateWebhookSecret } from "../../src/application/change-webhooks.ts";
import type { WebhookEndpointId } from "../../src/domain/webhook.ts";
import { openReceiver, type Receiver } from "./receiver.ts";
import { ACTOR, account, eventOn, openWebhookBench, type WebhookBench } from "./webhook-bench.ts";

let bench: WebhookBench;
const open: Receiver[] = [];
beforeAll(async () => {
  bench = await openWebhookBench();
  bench.node.start();
});
afterEach(async () => {
  expect(bench.node.broken).toEqual([]);
  await bench.node.services.database.deleteFrom("webhook_endpoints").execute();
  for (const receiver of open.splice(0)) await receiver.close();
});
afterAll(() => bench.close());

async function receiver(...how: Parameters<typeof openReceiver>): Promise<Receiver> {
  const opened = await openReceiver(...how);
  open.push(opened);
  return opened;
}

/** Polls, and ends every pause meanwhile, as time would. */
function eventually<Value>(look: () => Value | Promise<Value>) {
  const hurried = async () => {
    await bench.endPauses();
    return look();
  };
  return expect.poll(hurried, { timeout: 20_000, interval: 100 });
}

async function deliveries(endpoint: WebhookEndpointId) {
  const { items } = await bench.node.services.webhooks.listDeliveries(endpoint, null, { limit: 200, cursor: null });
  return items.toReversed();
}

async function attempts(endpoint: WebhookEndpointId) {
  return bench.node.services.database
    .selectFrom("webhook_attempts")
    .select(["status", "result"])
    .where("endpoint_id", "=", endpoint)
    .orderBy("attempt_id")
    .execute();
}

async function audited(endpoint: WebhookEndpointId) {
  return bench.node.services.database
    .selectFrom("audit_entries")
    .select(["action", "actor_kind", "detail"])
    .where("object_id", "=", endpoint)
    .orderBy("entry_id")
    .execute();
}

describe("an event is sent", () => {
  test("signed as Standard Webhooks has it, as a CloudEvent, under the id of the event", async () => {
    const shop = await receiver();
    const { secret } = await bench.subscribe(shop.url);
    await bench.publish("C-1");
    await expect.poll(() => shop.taken()).toEqual(["C-1"]);
    const [sent] = shop.received;
    if (!sent) throw new Error("nothing came");
    expect(new Webhook(secret).verify(sent.body, sent.headers)).toEqual({
      specversion: "1.0",
      id: sent.id,
      source: "/v1/events",
      type: "contract.issued",
      subject: "C-1",
      time: "2026-09-21T14:13:20Z",
      datacontenttype: "application/json",
      account: "bench-account",
      sequence: expect.stringMatching(/^\d{16}$/),
      data: { order: null },
    });
    expect(sent.headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
  });

  test("only if its transaction was committed", async () => {
    const shop = await receiver();
    await bench.subscribe(shop.url);
    const { ledger } = bench.node.services;
    const undone = ledger.transaction(async (transaction) => {
      await transaction.publish(eventOn("NEVER"));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await bench.publish("COMMITTED");
    await expect.poll(() => shop.taken()).toEqual(["COMMITTED"]);
  });

  test("to whom it concerns: by type, by account, and not to what is switched off", async () => {
    const [issued, other, off] = [await receiver(), await receiver(), await receiver()];
    await bench.subscribe(issued.url, { eventTypes: ["contract.issued"], account: account("bench-account") });
    await bench.subscribe(other.url, { account: account("other-account") });
    const { id } = await bench.subscribe(off.url);
    await changeWebhookEndpoint(bench.node.services, ACTOR, id, { active: false });
    await bench.node.services.ledger.transaction(async (transaction) => {
      await transaction.publish(eventOn("OTHERS", account("other-account")));
      await transaction.publish({ ...eventOn("VOIDED"), type: "contract.voided" });
    });
    await bench.publish("MINE");
    await expect.poll(() => [issued.taken(), other.taken()]).toEqual([["MINE"], ["OTHERS"]]);
    expect(await deliveries(id)).toEqual([]);
  });

  test("again with the same bytes and the same id, signed anew, until it is taken over", async () => {
    const shop = await receiver(() => (shop.received.length < 3 ? 503 : 200));
    const { id, secret } = await bench.subscribe(shop.url);
    await bench.publish("AGAIN");
    await eventually(() => shop.taken()).toEqual(["AGAIN"]);
    expect(new Set(shop.received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(shop.received.map((sent) => sent.id)).size).toBe(1);
    for (const { body, headers } of shop.received) new Webhook(secret).verify(body, headers);
    await expect.poll(() => deliveries(id)).toMatchObject([{ state: "delivered", attempts: 3, replays: 0 }]);
    const failed = { status: 503, result: "http_error" };
    expect(await attempts(id)).toEqual([failed, failed, { status: 200, result: "delivered" }]);
  });
});

test("one endpoint gets its events in order: nothing overtakes one that fails", async () => {
  const failures = new Map<string, number>();
  const shop = await receiver(({ event }) => {
    const failed = failures.get(event.subject) ?? 0;
    failures.set(event.subject, failed + 1);
    return failed < Number(event.subject.split("-")[1]) % 3 ? 500 : 204;
  });
  await bench.subscribe(shop.url);
  const subjects = Array.from({ length: 5 }, (_, index) => `ORDER-${index}`);
  await bench.publish(...subjects);
  await eventually(() => shop.taken()).toEqual(subjects);
  const seen = shop.received.map(({ event }) => event.subject);
  expect(seen).toEqual(subjects.flatMap((subject, index) => Array((index % 3) + 1).fill(subject)));
});

describe("an endpoint that is in trouble delays no other", () => {
  test("one hangs, one redirects, one answers 500, one refuses: the good one has everything while they still fail", async () => {
    const elsewhere = await receiver();
    const [hanging, redirecting, failing, gone, good] = [
      await receiver(() => "hang"),
      await receiver(() => ({ status: 307, headers: { location: elsewhere.url } })),
      await receiver(() => 500),
      await openReceiver(),
      await receiver(),
    ];
    await gone.close();
    const [hangs, redirects, fails, refuses] = [
      (await bench.subscribe(hanging.url)).id,
      (await bench.subscribe(redirecting.url)).id,
      (await bench.subscribe(failing.url)).id,
      (await bench.subscribe(gone.url)).id,
    ];
    await bench.subscribe(good.url);
    const subjects = Array.from({ length: 25 }, (_, index) => `BUSY-${index}`);
    await bench.publish(...subjects);
    await expect.poll(() => good.taken(), { timeout: 20_000 }).toEqual(subjects);
    expect(hanging.received.length).toBeLessThan(good.received.length);
    await expect.poll(() => attempts(redirects)).toContainEqual({ status: 307, result: "redirected" });
    await expect.poll(() => attempts(fails)).toContainEqual({ status: 500, result: "http_error" });
    await expect.poll(() => attempts(refuses)).toContainEqual({ status: null, result: "unreachable" });
    expect(elsewhere.received).toEqual([]);
    for (const id of [hangs, redirects, fails, refuses]) {
      expect((await deliveries(id)).map(({ state }) => state)).toEqual(Array(25).fill("pending"));
    }
  });

  test("after a failure it is left alone, for longer where it asks for that", async () => {
    const shop = await receiver(() => ({ status: 429, headers: { "retry-after": "3600" } }));
    const { id } = await bench.subscribe(shop.url);
    await bench.publish("LATER");
    const { webhooks } = bench.node.services;
    await expect.poll(async () => (await webhooks.endpoint(id))?.restsUntil ?? 0).toBeGreaterThan(0);
    const rests = (await webhooks.endpoint(id))?.restsUntil ?? 0;
    // By the database's clock, which is this machine's.
    expect(rests - Date.now()).toBeGreaterThan(3_000_000);
    expect(rests - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  test("an answer without an end, or one that drips, counts by its status and holds up nothing", async () => {
    const server = createServer((request, response) => {
      request.resume();
      const pour = () => response.writableNeedDrain || response.write(Buffer.alloc(65_536));
      const pouring = setInterval(pour, 1);
      response.on("close", () => clearInterval(pouring));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const { id } = await bench.subscribe(`http://127.0.0.1:${port}/`);
      await bench.publish("ENDLESS");
      await expect.poll(() => attempts(id)).toEqual([{ status: 200, result: "delivered" }]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("what cannot be delivered is given up and shown", () => {
  test("as a dead letter, after the last attempt; the next event goes on, and a replay sends it once more", async () => {
    const shop = await receiver(({ event }) => (event.subject === "POISON" ? 500 : 204));
    const { id } = await bench.subscribe(shop.url);
    await bench.node.stop();
    await bench.publish("POISON", "NEXT");
    const { services } = bench.node;
    await services.webhooks.relayEvents();
    await services.database.updateTable("webhook_deliveries").set({ attempts: 14 }).execute();
    bench.node.start();
    await expect.poll(() => shop.taken()).toEqual(["NEXT"]);
    await expect
      .poll(() => deliveries(id))
      .toMatchObject([
        { state: "dead", attempts: 15, lastAttempt: { status: 500, result: "http_error" } },
        { state: "delivered" },
      ]);
    expect(await services.webhooks.endpoint(id)).toMatchObject({ dead: 1, pending: 0 });
    shop.answer(() => 204);
    const range = { from: 1, to: Number.MAX_SAFE_INTEGER, onlyDead: true };
    expect(await replayWebhooks(services, ACTOR, id, range)).toEqual({ ok: true, value: 1 });
    await expect.poll(() => shop.taken()).toEqual(["NEXT", "POISON"]);
    await expect.poll(() => deliveries(id)).toMatchObject([{ state: "delivered", replays: 1 }, { replays: 0 }]);
    const ofPoison = shop.received.filter(({ event }) => event.subject === "POISON");
    expect(new Set(ofPoison.map((sent) => sent.id)).size).toBe(1);
  });

  test("an endpoint that answers 410 is disabled and audited; enabled again, it gets what was waiting", async () => {
    const shop = await receiver(() => 410);
    const { id } = await bench.subscribe(shop.url);
    await bench.publish("GONE");
    const { services } = bench.node;
    await expect.poll(async () => (await services.webhooks.endpoint(id))?.endpoint.disabled).toBe("gone");
    expect((await audited(id)).at(-1)).toEqual({
      action: "webhook_endpoint.disabled",
      actor_kind: "system",
      detail: { reason: "gone" },
    });
    shop.answer(() => 204);
    await bench.endPauses();
    await changeWebhookEndpoint(services, ACTOR, id, { active: true });
    await expect.poll(() => shop.taken()).toEqual(["GONE"]);
    expect((await audited(id)).at(-1)).toMatchObject({ action: "webhook_endpoint.enabled", actor_kind: "operator" });
  });
});

test("events of before an endpoint was set up are sent to it by a replay, oldest first", async () => {
  await bench.publish("PAST-1", "PAST-2", "PAST-3");
  const { services } = bench.node;
  while ((await services.webhooks.relayEvents()) > 0);
  const filter = { after: 0, type: null, account: null };
  const past = (await services.webhooks.listEvents(filter, 10_000)).filter(({ subject }) =>
    subject.startsWith("PAST-"),
  );
  const shop = await receiver();
  const { id } = await bench.subscribe(shop.url);
  const range = { from: past[1]?.position ?? 0, to: past[2]?.position ?? 0, onlyDead: false };
  expect(await replayWebhooks(services, ACTOR, id, range)).toEqual({ ok: true, value: 2 });
  await expect.poll(() => shop.taken()).toEqual(["PAST-2", "PAST-3"]);
});

describe("a secret is rotated", () => {
  test("both sign while the rotation overlaps, then only the new one", async () => {
    const shop = await receiver();
    const { id, secret: old } = await bench.subscribe(shop.url);
    const { services } = bench.node;
    const rotated = await rotateWebhookSecret(services, ACTOR, id, 24);
    if (!rotated.ok) throw new Error(rotated.fault);
    await bench.publish("BOTH");
    await expect.poll(() => shop.received.length).toBe(1);
    await services.database
      .updateTable("webhook_secrets")
      .set({ valid_until: new Date(0) })
      .where("secret", "=", old)
      .execute();
    await bench.publish("NEW");
    await expect.poll(() => shop.received.length).toBe(2);
    const verifies = (secret: string) =>
      shop.received.map(({ body, headers }) => {
        try {
          return new Webhook(secret).verify(body, headers) !== undefined;
        } catch {
          return false;
        }
      });
    expect(verifies(rotated.value)).toEqual([true, true]);
    expect(verifies(old)).toEqual([true, false]);
    expect(shop.received[0]?.headers["webhook-signature"]).toMatch(/^v1,\S{44} v1,\S{44}$/);
  });

  test("with an overlap of 0 the old one ends at once, and no secret is written into the audit", async () => {
    const shop = await receiver();
    const { id, secret: old } = await bench.subscribe(shop.url);
    const { services } = bench.node;
    const rotated = await rotateWebhookSecret(services, ACTOR, id, 0);
    await bench.publish("ONE");
    await expect.poll(() => shop.received.length).toBe(1);
    expect(shop.received[0]?.headers["webhook-signature"]).toMatch(/^v1,\S{44}$/);
    const kept = JSON.stringify(await audited(id));
    expect(kept).toContain("webhook_endpoint.secret_rotated");
    for (const secret of [old, rotated.ok ? rotated.value : "?"]) expect(kept).not.toContain(secret);
  });
});
