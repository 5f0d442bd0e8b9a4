import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyRetention, type Retention } from "../../src/application/apply-retention.ts";
import { giveEvidence, prepareEvidence } from "../../src/application/give-evidence.ts";
import { parseOrderDocument } from "../../src/application/order-document.ts";
import { recordOrder } from "../../src/application/record-order.ts";
import { parseAccountId, parseOrderId, parseSellerId } from "../../src/domain/identifiers.ts";
import { instantOf, isoOf } from "../../src/domain/time.ts";
import { retentionRound } from "../../src/jobs/retention-round.ts";
import { openAccountKeyVault } from "../../src/store/account-key-vault.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { openLedger } from "../../src/store/ledger.ts";
import { masterKeyOf } from "../../src/store/master-key.ts";
import { newCode, newId } from "../../src/store/new-id.ts";
import { orderBody } from "../http/order-body.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { TESTER } from "../test-key.ts";
import { PNG } from "./sample-evidence.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2030, 0, 1);
const daysAgo = (days: number) => instantOf(NOW - days * DAY_MS);
const EARLY = isoOf(daysAgo(1500));
const FOR_EVER: Retention = { evidence: null, webhookDeliveries: null };

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase({ connectionString: own.url, max: 3 });
});
afterAll(async () => {
  await database.destroy();
  await own.drop();
});

function ports(at = instantOf(NOW)) {
  return {
    ledger: openLedger(database),
    clock: { now: () => at },
    identifiers: { newId, newCode },
    uploads: { check: async () => "too_busy" as const, isReadable: async () => true },
    accountKeys: openAccountKeyVault(masterKeyOf([randomBytes(32)]).box("account keys")),
  };
}

/** An account that gave one piece so many days ago. */
async function evidenceOf(name: string, days: number): Promise<string> {
  const account = parseAccountId(name);
  if (!account) throw new Error(`${name} is no id`);
  await database
    .insertInto("accounts")
    .values({ account, identity: '{"state": "unverified"}', partner: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const before = ports(daysAgo(days));
  const key = await before.ledger.accountKey(account);
  // Each call has a master key of its own: one account, one key.
  if (key?.key) throw new Error("one piece for each account");
  const prepared = await prepareEvidence(before, TESTER, account, { kind: "other", file: PNG, calledItself: null });
  if (prepared.kind !== "ready") throw new Error(prepared.kind);
  expect((await giveEvidence(before, TESTER, prepared)).kind).toBe("given");
  return account;
}

async function orderOf(
  account: string,
  days: number,
  term: { readonly startsAt?: string; readonly endsAt?: string } = {},
  isCancelled = false,
): Promise<void> {
  const at = isoOf(daysAgo(days));
  const [order, seller] = [parseOrderId(`${account}-order`), parseSellerId("nobody")];
  if (!order || !seller) throw new Error("these are ids");
  const status = isCancelled ? { state: "cancelled", cancelledAt: at } : { state: "paid", paidAt: at };
  const line = { line: "1", product: "ecs", quantity: "1", total: "106.00", tax: "6.00", ...term };
  const document = { ...orderBody({ account, occurredAt: at, placedAt: at }), status, lines: [line] };
  const parsed = parseOrderDocument(document, { order, seller });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault));
  const recorded = await recordOrder({ ...ports(), glyphs: { missingCharacters: () => [] } }, TESTER, parsed.value);
  expect(recorded.ok).toBe(true);
}

async function withEvidence(): Promise<readonly string[]> {
  const rows = await database.selectFrom("evidence").select("account").orderBy("account").execute();
  return rows.map(({ account }) => account);
}

function audited(action: string) {
  return database
    .selectFrom("audit_entries")
    .select(["account", "detail", "actor"])
    .where("action", "=", action)
    .orderBy("account")
    .execute();
}

describe("evidence kept for 1000 days", () => {
  beforeAll(async () => {
    await evidenceOf("due", 1001);
    await evidenceOf("recent", 999);
    await orderOf(await evidenceOf("due-with-old-order", 2000), 1500, {
      startsAt: EARLY,
      endsAt: isoOf(daysAgo(1001)),
    });
    await orderOf(await evidenceOf("due-with-cancelled-order", 2000), 1500, { startsAt: EARLY }, true);
    await orderOf(await evidenceOf("has-recent-order", 2000), 999);
    await orderOf(await evidenceOf("has-running-term", 2000), 1500, { startsAt: EARLY, endsAt: isoOf(daysAgo(-30)) });
    await orderOf(await evidenceOf("has-open-end", 2000), 1500, { startsAt: EARLY });
    const account = await evidenceOf("has-open-ticket", 2000);
    await orderOf(account, 1500);
    await sql`INSERT INTO tickets (account, ticket_id, order_id, queue, topic, opened_at, state)
      VALUES (${account}, gen_random_uuid(), ${`${account}-order`}, 'contract_desk', 'offline_contract',
        ${new Date(daysAgo(1500))}, 'open')`.execute(database);
  });

  test("is kept where no period is set", async () => {
    expect(await applyRetention({ ...ports(), retention: FOR_EVER })).toBe(false);
    expect(await withEvidence()).toHaveLength(8);
  });

  test("is deleted when its time is over, and no other: the account's last business counts, and terms that run", async () => {
    const round = retentionRound({ ...ports(), retention: { ...FOR_EVER, evidence: 1000 } });
    await round();
    expect(await withEvidence()).toEqual([
      "has-open-end",
      "has-open-ticket",
      "has-recent-order",
      "has-running-term",
      "recent",
    ]);
    expect(await audited("evidence.expired")).toEqual(
      ["due", "due-with-cancelled-order", "due-with-old-order"].map((account) => ({
        ...{ account, actor: "retention", detail: { pieces: 1, days: 1000 } },
      })),
    );
    // Nothing is left, so that nothing is looked for before some minutes have passed.
    await sql`DELETE FROM evidence WHERE account = 'recent'`.execute(database);
    await round();
    expect(await audited("evidence.expired")).toHaveLength(3);
  });
});

describe("deliveries kept for 90 days", () => {
  beforeAll(async () => {
    await sql`INSERT INTO webhook_endpoints (endpoint_id, url, description, event_types, created_at, created_by)
      VALUES ('01a206f9-30c2-731c-b6fb-f986c8361082', 'https://example.com/', '', '{}', now(), 'x')`.execute(database);
    await sql`INSERT INTO outbox (event_id, at, account, type, subject, data, position)
      SELECT gen_random_uuid(), now(), 'recent', 'ticket.opened', 'x', '{}', position
      FROM generate_series(1, 1204) position`.execute(database);
    await sql`INSERT INTO webhook_deliveries (endpoint_id, position, state, attempts, settled_at)
      SELECT '01a206f9-30c2-731c-b6fb-f986c8361082', position, CASE position WHEN 1 THEN 'dead' WHEN 2 THEN 'pending'
        ELSE 'delivered' END, 1, CASE WHEN position = 2 THEN NULL ELSE now() - CASE position WHEN 3 THEN 89 ELSE 91 END
        * interval '1 day' END FROM generate_series(1, 1204) position`.execute(database);
    await sql`INSERT INTO webhook_attempts (attempt_id, endpoint_id, position, took_ms, status, result)
      SELECT gen_random_uuid(), endpoint_id, position, 1, 200, 'delivered' FROM webhook_deliveries`.execute(database);
  });

  test("go in batches, each recorded, with their attempts; what was given up or waits stays, and the events do", async () => {
    const work = { ...ports(), retention: { ...FOR_EVER, webhookDeliveries: 90 } };
    expect(await applyRetention(work)).toBe(true);
    expect(await applyRetention(work)).toBe(true);
    expect(await applyRetention(work)).toBe(false);
    expect(await applyRetention(work)).toBe(false);
    for (const table of ["webhook_deliveries", "webhook_attempts"] as const) {
      const left = await database.selectFrom(table).select("position").orderBy("position").execute();
      expect(left.map(({ position }) => Number(position))).toEqual([1, 2, 3]);
    }
    expect((await database.selectFrom("outbox").select("event_id").execute()).length).toBeGreaterThanOrEqual(1204);
    expect((await audited("webhook_deliveries.expired")).map(({ detail }) => detail)).toEqual([
      ...[500, 500, 201].map((count) => ({ count, days: 90 })),
    ]);
  });
});
