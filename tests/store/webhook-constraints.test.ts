import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventOn, openWebhookBench, type WebhookBench } from "../webhooks/webhook-bench.ts";

let bench: WebhookBench;
beforeAll(async () => {
  bench = await openWebhookBench();
  const { services } = bench.node;
  await bench.subscribe("https://1.1.1.1/");
  await bench.publish("NUMBERED");
  await services.webhooks.relayEvents();
  await services.ledger.transaction((transaction) => transaction.publish(eventOn("FRESH")));
});
afterAll(() => bench.close());

function run(statement: string): Promise<string> {
  return sql
    .raw(statement)
    .execute(bench.node.services.database)
    .then(
      () => "done",
      (error: Error) => error.message,
    );
}

describe("what was announced stays announced", () => {
  test.each([
    "data = '{}'",
    "type = 'contract.voided'",
    "account = 'other'",
    "at = now()",
    "recorded_at = now()",
    "subject = 'X'",
    "position = NULL",
    "position = 99",
    "event_id = gen_random_uuid()",
  ])("an event with its position does not change: SET %s", async (change) => {
    expect(await run(`UPDATE outbox SET ${change} WHERE subject = 'NUMBERED'`)).toMatch(/cannot be changed/);
  });

  test.each(["data = '{}'", "position = 99, data = '{}'", "position = NULL"])(
    "one without gets its position and nothing else: SET %s",
    async (change) => {
      expect(await run(`UPDATE outbox SET ${change} WHERE subject = 'FRESH'`)).toMatch(/cannot be changed/);
    },
  );

  test("nor is one deleted, or a position given twice or back", async () => {
    expect(await run("DELETE FROM outbox")).toMatch(/cannot be changed/);
    expect(await run("TRUNCATE outbox CASCADE")).toMatch(/append-only/);
    expect(await run("UPDATE outbox SET position = 1 WHERE subject = 'FRESH'")).toMatch(/one_event_per_position/);
    expect(await run("UPDATE outbox SET position = 0 WHERE subject = 'FRESH'")).toMatch(/check/);
    expect(await run("UPDATE outbox_head SET last = 0")).toMatch(/never given twice/);
    expect(await run("DELETE FROM outbox_head")).toMatch(/never given twice/);
    expect(await run("INSERT INTO outbox_head (last) VALUES (0)")).toMatch(/outbox_head_pkey/);
  });
});

describe("the database refuses", () => {
  test.each([
    [
      "a second current secret",
      `INSERT INTO webhook_secrets (endpoint_id, secret)
      SELECT endpoint_id, 'whsec_' || repeat('A', 43) || '=' FROM webhook_endpoints`,
      /one_current_secret/,
    ],
    ["a secret that is none", "UPDATE webhook_secrets SET secret = 'password'", /check/],
    ["an address that is none", "UPDATE webhook_endpoints SET url = 'file:///etc/passwd'", /check/],
    ["a dead letter that was never tried", "UPDATE webhook_deliveries SET state = 'dead', settled_at = now()", /check/],
    ["one that was delivered at no time", "UPDATE webhook_deliveries SET state = 'delivered', attempts = 1", /check/],
    ["a state that is none", "UPDATE webhook_deliveries SET state = 'lost'", /check/],
    ["a delivery of no event", "UPDATE webhook_deliveries SET position = 99", /foreign key/],
    ["the same delivery twice", "INSERT INTO webhook_deliveries SELECT * FROM webhook_deliveries", /pkey/],
  ])("%s", async (_, statement, complaint) => {
    expect(await run(statement)).toMatch(complaint);
  });
});
