import { join } from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "../src/store/embedded/launcher.ts";

/** An account and how many orders it gets. */
export interface Filling {
  readonly account: string;
  /** Its identity and partner are those of this account of the demonstration. */
  readonly like: string;
  readonly orders: number;
  /** Of the numbers of its orders: `B` and eleven digits, counted from here, newest first. */
  readonly from: number;
}

const SECONDS_BETWEEN = 29;

/**
 * Fills a running product's database with copies of the demonstration's own orders: every account gets all kinds (paid,
 * unpaid, cancelled, refunded, domain names, marketplace, not self-service) in turns, ten of its oldest with the product
 * `rare`. Written past the API, and with the row triggers off: importing a million would take a quarter of an hour, and
 * reading is what is measured.
 */
export async function fillWithOrders(home: string, fillings: readonly Filling[]): Promise<void> {
  const embedded = await openEmbeddedPostgres({ directory: join(home, "database") });
  const client = new pg.Client(embedded.connection);
  await client.connect();
  try {
    await client.query("SELECT set_config('orderseal.sees', '*', false)");
    await client.query("ALTER TABLE orders DISABLE TRIGGER USER");
    await client.query(`CREATE TEMP TABLE kinds AS
      SELECT row_number() OVER (ORDER BY account, order_id) - 1 AS kind, orders.* FROM orders`);
    for (const filling of fillings) await fill(client, filling);
    await client.query("ALTER TABLE orders ENABLE TRIGGER USER");
    await client.query("VACUUM ANALYZE orders");
  } finally {
    await client.end();
    await embedded.close();
  }
}

async function fill(client: pg.Client, { account, like, orders, from }: Filling): Promise<void> {
  await client.query(
    "INSERT INTO accounts (account, identity, partner) SELECT $1, identity, partner FROM accounts WHERE account = $2",
    [account, like],
  );
  const numbers = `SELECT 'B' || lpad(n::text, 11, '0') AS id, n,
      date_trunc('second', now()) - (n - $2) * interval '${SECONDS_BETWEEN} seconds' AS placed
    FROM generate_series($2::bigint, $2::bigint + $3::bigint - 1) AS n`;
  await client.query(`INSERT INTO order_numbers (order_id, account) SELECT id, $1 FROM (${numbers}) AS numbers`, [
    account,
    from,
    orders,
  ]);
  await client.query(
    `INSERT INTO orders (account, order_id, revision, occurred_at, placed_at, state, seller, seller_name, products, domain_name, body)
     SELECT $1, id, revision, placed, placed, state, seller, seller_name,
       CASE WHEN n >= $2 + $3 - 10 THEN ARRAY['rare'] ELSE products END,
       CASE WHEN domain_name IS NULL THEN NULL ELSE 'n' || n || '.example' END,
       body || jsonb_build_object('id', id, 'account', $1::text, 'placedAt', (extract(epoch FROM placed) * 1000)::bigint)
     FROM (${numbers}) AS numbers JOIN kinds ON kinds.kind = n % (SELECT count(*) FROM kinds)`,
    [account, from, orders],
  );
}
