import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareDecisions } from "../../src/application/compare-policies.ts";
import type { OrderFilter } from "../../src/application/listed.ts";
import type { AccountId, ProductCode } from "../../src/domain/identifiers.ts";
import type { Database } from "../../src/store/database.ts";
import { listOrders } from "../../src/store/order-listing.ts";
import { machine } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

/** More than one page looks through. */
const MANY = 10_020;
const ACCOUNT = "demo-enterprise" as AccountId;
const EVERY: OrderFilter = { account: ACCOUNT, state: null, product: null, text: null, contractable: null };

let server: TestServer;
let database: Database;

beforeAll(async () => {
  server = await startTestServer();
  database = server.services.database;
  expect((await machine(server).put("/v1/orders/L00000", orderBody({ account: ACCOUNT }))).status).toBe(200);
  // Past the API, with the row triggers off: what is read is what matters here.
  await sql`ALTER TABLE orders DISABLE TRIGGER USER`.execute(database);
  await sql`INSERT INTO order_numbers (order_id, account)
    SELECT 'L' || lpad(n::text, 5, '0'), ${ACCOUNT} FROM generate_series(1, ${sql.lit(MANY)}) AS n`.execute(database);
  await sql`INSERT INTO orders (account, order_id, revision, occurred_at, placed_at, state, seller, seller_name, products, domain_name, body)
    SELECT account, id, revision, occurred_at, now() - n * interval '1 minute', state, seller, seller_name,
      CASE WHEN n > ${sql.lit(MANY - 3)} THEN ARRAY['rare'] WHEN n BETWEEN 9997 AND 9999 THEN ARRAY['seldom'] ELSE products END, domain_name,
      body || jsonb_build_object('id', id, 'placedAt', (extract(epoch FROM now() - n * interval '1 minute') * 1000)::bigint)
    FROM orders, generate_series(1, ${sql.lit(MANY)}) AS n, LATERAL (SELECT 'L' || lpad(n::text, 5, '0') AS id) AS named
    WHERE order_id = 'L00000'`.execute(database);
  await sql`ALTER TABLE orders ENABLE TRIGGER USER`.execute(database);
});
afterAll(() => server?.close());

test("what few of very many orders have is found page by page, each looking through a bounded number", async () => {
  const { pages, found } = await readAll({ ...EVERY, product: "rare" as ProductCode });
  expect(found).toEqual(["L10018", "L10019", "L10020"]);
  expect(pages[0]).toBe(0);
  expect(pages.length).toBeLessThanOrEqual(3);
});

test("a part of a number is found however far behind, once and in order", async () => {
  const { found } = await readAll({ ...EVERY, text: "1001" });
  expect(found).toEqual(["L01001", ...Array.from({ length: 10 }, (_, index) => `L1001${index}`)]);
});

test("an order whose number begins so is on the first page, however old it is", async () => {
  const { items, next } = await listOrders(database, { ...EVERY, text: "L1002" }, { limit: 30, cursor: null });
  expect(items.map(({ order }) => order.id)).toEqual(["L10020"]);
  expect(next).toBeNull();
});

test("what begins alike is found behind others that begin so and lack what else is asked", async () => {
  const found = ["L09997", "L09998", "L09999"];
  expect((await readAll({ ...EVERY, text: "L09", product: "seldom" as ProductCode })).found).toEqual(found);
  const contractable = { products: ["seldom"], identityRequired: true };
  expect((await readAll({ ...EVERY, text: "L09", contractable })).found).toEqual(found);
});

test("a comparison of rules that is to end says how far it went", async () => {
  const { services } = server;
  const now = await services.ledger.currentPolicy();
  const changes = compareDecisions(services, now, { ...now, selfServiceProducts: {} }, 500);
  let changed = 0;
  let step = await changes.next();
  for (; !step.done; step = await changes.next()) changed++;
  expect(step.value).toEqual({ orders: 600, isWhole: false });
  expect(changed).toBeGreaterThan(500);
});

async function readAll(filter: OrderFilter): Promise<{ pages: number[]; found: string[] }> {
  const pages: number[] = [];
  const found: string[] = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(database, filter, { limit: 30, cursor });
    pages.push(page.items.length);
    found.push(...page.items.map(({ order }) => order.id));
    cursor = page.next;
    more = cursor !== null;
  }
  return { pages, found };
}
