import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EVERY_CONTRACT } from "../../src/application/listed.ts";
import type { Sight } from "../../src/application/sight.ts";
import { withSight } from "../../src/application/sight.ts";
import type { AccountId } from "../../src/domain/identifiers.ts";
import type { Database } from "../../src/store/database.ts";
import { listContracts } from "../../src/store/listings.ts";
import { listOrders } from "../../src/store/order-listing.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { makeThings, type Things } from "./things.ts";

let server: TestServer;
let database: Database;
let own: Things;
let other: Things;
beforeAll(async () => {
  server = await startTestServer();
  ({ database } = server.services);
  own = await makeThings(server, "walls-own", "OWN");
  other = await makeThings(server, "walls-other", "OTHER");
});
afterAll(() => server.close());

const sightOf = (account: string): Sight => ({ sees: { account: account as AccountId } });
const PAGE = { limit: 200, cursor: null };
const ALL_ORDERS = { account: null, state: null, product: null, text: null, contractable: null };

/** Tables whose rows belong to accounts, and so have a wall; of others it is said why they have none. */
const WITHOUT_A_WALL: Readonly<Record<string, string>> = {
  sessions: "found by the hash of a secret, before it is known who asks",
  webhook_endpoints: "the seller's own; an account there narrows what is sent",
};

async function tablesWithAccounts(): Promise<readonly { name: string; walled: boolean }[]> {
  const { rows } = await sql<{ name: string; walled: boolean }>`
    SELECT relname AS name, relrowsecurity AND relforcerowsecurity
      AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid) AS walled
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname IN ('account', 'owner')
        AND NOT attisdropped)
    ORDER BY relname`.execute(database);
  return rows;
}

test("every table whose rows belong to accounts has a wall, also before its owner, or a reason to have none", async () => {
  const tables = await tablesWithAccounts();
  expect(tables.length).toBeGreaterThan(15);
  expect(tables.filter(({ walled }) => !walled).map(({ name }) => name)).toEqual(Object.keys(WITHOUT_A_WALL));
});

test("the service is no superuser of its database, who would pass by every wall", async () => {
  const { rows } = await sql<{ rolsuper: boolean; rolbypassrls: boolean }>`
    SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user`.execute(database);
  // The tests may be run on a server of somebody's own (npm run test:server), as whomever they are given.
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
});

describe("a query that has forgotten its account", () => {
  // What the routes ask, with the predicate taken out: `account: null` is no predicate at all.
  test("lists the orders and contracts of whoever asks, and nobody else's", async () => {
    const [orders, contracts] = await withSight(
      sightOf(own.account),
      async () =>
        [await listOrders(database, ALL_ORDERS, PAGE), await listContracts(database, EVERY_CONTRACT, PAGE)] as const,
    );
    expect(new Set(orders.items.map(({ order }) => order.account as string))).toEqual(new Set([own.account]));
    expect(contracts.items.map(({ contract }) => contract.number as string)).toEqual([own.contract]);
  });

  test("sees nothing before it is known who asks", async () => {
    const orders = await withSight({ sees: "nothing" }, () => listOrders(database, ALL_ORDERS, PAGE));
    expect(orders.items).toEqual([]);
  });

  test("sees all from a terminal and by the schedule, where nobody asks", async () => {
    const { items } = await listOrders(database, ALL_ORDERS, PAGE);
    const seen = new Set(items.map(({ order }) => order.account as string));
    expect([seen.has(own.account), seen.has(other.account)]).toEqual([true, true]);
  });

  test("finds nothing of others in any table, nor changes or takes away what is theirs", async () => {
    for (const { name, walled } of await tablesWithAccounts()) {
      if (!walled) continue;
      const table = sql.table(name);
      const column = sql.ref(name === "idempotency_keys" ? "owner" : "account");
      const foreign = sql<{ count: string }>`SELECT count(*) FROM ${table}
        WHERE ${column} IS DISTINCT FROM ${own.account}`;
      const count = async (sight: Sight) =>
        withSight(sight, async () => Number((await foreign.execute(database)).rows[0]?.count));
      expect([name, await count(sightOf(own.account))]).toEqual([name, 0]);
      const all = sql<{ count: string }>`SELECT count(*) FROM ${table}`;
      const unseen = await withSight({ sees: "nothing" }, () => all.execute(database));
      expect([name, unseen.rows]).toEqual([name, [{ count: "0" }]]);
      const removed = await withSight({ sees: "nothing" }, () => sql`DELETE FROM ${table}`.execute(database));
      expect([name, removed.numAffectedRows]).toEqual([name, 0n]);
    }
  });

  test("writes no row for somebody else", async () => {
    const entering = withSight(sightOf(own.account), () =>
      sql`INSERT INTO portal_links (token_sha256, account, role, name, embedded, created_at, expires_at)
        VALUES ('x', ${other.account}, 'buyer_viewer', 'x', false, now(), now() + interval '1 minute')`.execute(
        database,
      ),
    );
    await expect(entering).rejects.toThrow(/row-level security/);
  });
});

test("what a request may see does not stay with the connection that it was lent", async () => {
  const sights = Array.from({ length: 200 }, (_, index) => [own.account, other.account, null][index % 3] ?? null);
  const seen = await Promise.all(
    sights.map((account) =>
      withSight(account === null ? { sees: "nothing" } : sightOf(account), async () => {
        const { items } = await listOrders(database, ALL_ORDERS, PAGE);
        return new Set(items.map(({ order }) => order.account as string));
      }),
    ),
  );
  expect(seen).toEqual(sights.map((account) => new Set(account === null ? [] : [account])));
});
