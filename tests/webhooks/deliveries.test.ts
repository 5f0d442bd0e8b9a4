import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openReceiver, type Receiver } from "./receiver.ts";
import { openWebhookBench, type WebhookBench } from "./webhook-bench.ts";

let bench: WebhookBench;
const open: Receiver[] = [];
beforeAll(async () => {
  bench = await openWebhookBench();
  bench.node.start();
});
afterEach(async () => {
  await bench.node.services.database.deleteFrom("webhook_endpoints").execute();
  for (const receiver of open.splice(0)) await receiver.close();
});
afterAll(() => bench.close());

async function receiver(...how: Parameters<typeof openReceiver>): Promise<Receiver> {
  const opened = await openReceiver(...how);
  open.push(opened);
  return opened;
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
});
