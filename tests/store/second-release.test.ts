import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { announceEndedHolds } from "../../src/application/announce-ended-holds.ts";
import { EVERY_CONTRACT } from "../../src/application/listed.ts";
import { parseOrderDocument } from "../../src/application/order-document.ts";
import { factsOf } from "../../src/application/order-facts.ts";
import { recordOrder } from "../../src/application/record-order.ts";
import { loadGlyphCoverage } from "../../src/document/glyph-coverage.ts";
import { decideIssuance } from "../../src/domain/decide-issuance.ts";
import type { SellerId } from "../../src/domain/identifiers.ts";
import { standingOf } from "../../src/domain/standing.ts";
import { instantOf } from "../../src/domain/time.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { ensureDefaults } from "../../src/store/defaults.ts";
import { openLedger } from "../../src/store/ledger.ts";
import { migrate } from "../../src/store/migrate.ts";
import { newCode, newId } from "../../src/store/new-id.ts";
import { orderBody } from "../http/order-body.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { fillAsFirstRelease, HOLDS, KEYS, ORDERS } from "./first-release.fixture.ts";

const AT = instantOf(Date.parse("2026-06-01T00:00:00Z"));
const clock = { now: () => AT };
const EVERY = { account: null, state: null, product: null, text: null, contractable: null };

let own: TestDatabase;
let database: Database;
let ledger: ReturnType<typeof openLedger>;
beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase({ connectionString: own.url });
  ledger = openLedger(database);
  await fillAsFirstRelease(database);
  expect((await migrate(database))[0]).toBe("0002-rules.sql");
  await ensureDefaults(database);
});
afterAll(async () => {
  await database.destroy();
  await own.drop();
});

async function orders() {
  const { items } = await ledger.listOrders(EVERY, { limit: 200, cursor: null });
  expect(items).toHaveLength(Object.keys(ORDERS).length);
  return items;
}

describe("books of the first release, opened by this one", () => {
  test("the policy is a new version that says what the old one and the catalogue said; the old one is still there", async () => {
    expect(await ledger.currentPolicy()).toEqual({
      version: 2,
      contractableOrderTypes: ["new", "renew", "upgrade"],
      partnerKindsRefused: ["distribution"],
      identityRequired: true,
      domainServicesBeforePayment: ["registration"],
      selfServiceProducts: {
        ecs: ["subscription", "pay_as_you_go"],
        rds: [],
        own: ["subscription"],
        domain: ["subscription"],
      },
      domainProducts: ["domain"],
      hold: { start: "request", count: "days", days: 45 },
      reissueAfterVoid: false,
      billFinality: { basis: "final_report", expectedDay: 4 },
      voidAlone: null,
      withoutTimestamp: "wait",
    });
    const { rows } = await sql`SELECT version, body ->> 'holdDays' AS days, origin, published_by FROM policies`.execute(
      database,
    );
    expect(rows).toEqual([
      { version: 1, days: "45", origin: "default", published_by: "orderseal" },
      { version: 2, days: null, origin: "default", published_by: "orderseal" },
    ]);
    expect((await ledger.policy(1))?.hold).toEqual({ start: "request", count: "days", days: 45 });
  });

  test("orders have their life, from the one state that was kept of them", async () => {
    const nothing = { paidAt: null, cancelledAt: null, expiredAt: null, refundedAt: null };
    const at = instantOf(Date.parse("2026-03-05T08:00:00Z"));
    const paidAt = instantOf(Date.parse("2026-03-02T08:00:00Z"));
    const lives = Object.fromEntries((await orders()).map(({ order }) => [order.id, order.life]));
    expect(lives).toMatchObject({
      "PAID-FREE": { ...nothing, paidAt },
      "UNPAID-FREE": nothing,
      CANCELLED: { ...nothing, cancelledAt: at },
      EXPIRED: { ...nothing, expiredAt: at },
      REFUNDED: { ...nothing, refundedAt: at },
    });
  });

  test("every order is decided as before", async () => {
    const policy = await ledger.currentPolicy();
    const decided = (await orders()).map((read) => {
      const decision = decideIssuance(factsOf(read, policy, AT));
      return [read.order.id, decision.kind === "issue" ? "issue" : decision.refusal.code];
    });
    expect(Object.fromEntries(decided)).toEqual({
      "PAID-FREE": "issue",
      "PAID-CONTRACTED": "already_contracted",
      "UNPAID-FREE": "issue",
      "UNPAID-LAPSED": "already_contracted",
      "UNPAID-HELD": "already_contracted",
      CANCELLED: "order_cancelled",
      EXPIRED: "order_expired",
      REFUNDED: "order_refunded",
      "OF-RDS": "product_not_self_service",
      "OF-OWN": "issue",
      DOMAIN: "unpaid_domain_service_not_allowed",
    });
  });

  test("contracts are sealed ones on orders, worth what they were", async () => {
    const standings = (await orders()).flatMap(({ order, contract }) =>
      contract ? [[order.id, standingOf(contract, order, AT)]] : [],
    );
    expect(Object.fromEntries(standings)).toEqual({
      "PAID-CONTRACTED": "in_force",
      "UNPAID-LAPSED": "lapsed",
      "UNPAID-HELD": "pending_payment",
    });
    const { items } = await ledger.listContracts(EVERY_CONTRACT, { limit: 10, cursor: null });
    for (const { contract } of items) {
      expect(contract).toMatchObject({ form: "sealed", voided: null, replaces: null, subject: { kind: "order" } });
      expect(await ledger.contractByNumber(contract.number)).toEqual(contract);
    }
  });

  test("whoever was signed in or has a key is a buyer or a machine", async () => {
    const { rows } = await sql`SELECT roles FROM sessions UNION ALL SELECT roles FROM api_keys`.execute(database);
    expect(rows).toEqual([{ roles: ["buyer_requester"] }, { roles: [] }]);
  });
});

test("idempotency keys of then are those of the route that they were used on; a refusal may be of an order or a bill", async () => {
  const rows = await database
    .selectFrom("idempotency_keys")
    .select(["owner", "route", "key", "answer"])
    .orderBy(sql`key COLLATE "C"`)
    .orderBy("route")
    .execute();
  const owner = "demo-enterprise";
  const batch = (order: string) => KEYS[`batch:${order}`];
  expect(rows).toEqual([
    { owner, route: "requestContracts", key: "CANCELLED:week:41", answer: batch("CANCELLED:week:41") },
    { owner, route: "requestContracts", key: "PAID-CONTRACTED:week-41", answer: batch("PAID-CONTRACTED:week-41") },
    { owner, route: "requestContract", key: "contracted", answer: KEYS.contracted },
    { owner, route: "requestBillContract", key: "refused", answer: KEYS.refused },
    { owner, route: "requestContract", key: "refused", answer: KEYS.refused },
  ]);
});

describe("what is reported of an order of then", () => {
  async function report(order: keyof typeof ORDERS, changes: Parameters<typeof orderBody>[0] = {}) {
    const document = { order, ...orderBody({ ...ORDERS[order], ...changes }) };
    const parsed = parseOrderDocument(document, { seller: "demo-cloud" as SellerId });
    if (!parsed.ok) throw new Error(parsed.fault.message.en);
    const ports = { ledger, clock, glyphs: await loadGlyphCoverage(), identifiers: { newId, newCode } };
    return recordOrder(ports, { kind: "operator", id: "test" }, parsed.value);
  }

  test.each(Object.keys(ORDERS))("%s, told again as it was, is known", async (order) => {
    expect(await report(order)).toEqual({ ok: true, value: "unchanged" });
  });

  test("with other content under the revision of then it is refused", async () => {
    expect(await report("PAID-FREE", { currency: "USD" })).toMatchObject({ ok: false, fault: { field: "revision" } });
  });

  test("an older revision and a newer one are taken in", async () => {
    const paidAt = "2026-03-04T08:00:00Z";
    expect(await report("CANCELLED", { revision: 2, status: { state: "paid", paidAt } })).toMatchObject({
      value: "stale",
    });
    expect(await report("PAID-FREE", { revision: 7 })).toMatchObject({ value: "updated" });
  });
});

test("the ends of holds of then are announced, each once", async () => {
  const { rows } = await sql<{ until: Date }>`SELECT hold_until AS until FROM open_holds ORDER BY 1`.execute(database);
  expect(rows.map(({ until }) => until.toISOString())).toEqual(
    Object.values(HOLDS).map((instant) => new Date(instant).toISOString()),
  );
  expect(await announceEndedHolds({ ledger, clock })).toBe(1);
  expect(await announceEndedHolds({ ledger, clock })).toBe(0);
  const events = await database.selectFrom("outbox").select("type").orderBy("event_id").execute();
  expect(events.map(({ type }) => type)).toEqual(["contract.lapsed", "order.hold_ended"]);
});
