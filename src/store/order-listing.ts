import { type RawBuilder, sql } from "kysely";
import type { OrderFilter, OrderWithFacts } from "../application/listed.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import { type Cursor, decodeCursor, encodeCursor, ORDER_KEY } from "./cursor.ts";
import type { Database } from "./database.ts";
import { fromFactsRow, ordersWithFacts } from "./listings.ts";

/**
 * How many orders one page looks through at most for those that match. What no index answers takes a page a bounded time
 * so, however many orders there are; where it ends before the page is full, the next page goes on from there. Measured over
 * a million orders by `npm run bench -- --only lists`.
 */
const LOOKED_THROUGH_AT_MOST = 10_000;
/** More orders than that whose numbers begin alike are better looked for from the newest. */
const BEGIN_ALIKE_AT_MOST = 1_000;
/** Above every character that a number or a domain name can go on with. */
const LAST_CHARACTER = "\u{10ffff}";

/** A page of orders, newest first. It may have fewer items than asked for, or none, and a next page all the same. */
export async function listOrders(
  database: Database,
  filter: OrderFilter,
  page: PageRequest,
): Promise<Page<OrderWithFacts>> {
  const from = decodeCursor(page.cursor, ORDER_KEY);
  const beginning = filter.text === null ? null : await ordersBeginning(database, filter, filter.text);
  const window = windowOf(database, filter, from, beginning);
  const textIsSifted = filter.text !== null && beginning === null;
  const isSifted = textIsSifted || filter.product !== null || filter.contractable !== null;
  const matching = database
    .selectFrom(window.limit(isSifted ? LOOKED_THROUGH_AT_MOST : page.limit + 1).as("seen"))
    .select(["seen.account", "seen.order_id"])
    .where(matches(filter, beginning !== null))
    .limit(page.limit + 1);
  const rows = await ordersWithFacts(database)
    .innerJoin(matching.as("matching"), (join) =>
      join.onRef("matching.account", "=", "orders.account").onRef("matching.order_id", "=", "orders.order_id"),
    )
    .orderBy("orders.placed_at", "desc")
    .orderBy("orders.order_id", "desc")
    .execute();
  const items = rows.slice(0, page.limit).map(fromFactsRow);
  const last = rows[page.limit - 1];
  if (rows.length > page.limit && last) {
    return { items, next: encodeCursor({ at: last.placed_at, key: last.order_id }) };
  }
  return { items, next: isSifted ? await endOf(window) : null };
}

/** The orders in question, newest first, by what an index answers. */
function windowOf(database: Database, filter: OrderFilter, from: Cursor | null, beginning: readonly string[] | null) {
  let query = database
    .selectFrom("orders")
    .select(["account", "order_id", "placed_at", "state", "domain_name"])
    .orderBy("placed_at", "desc")
    .orderBy("order_id", "desc");
  if (filter.account) query = query.where("account", "=", filter.account);
  if (filter.state) query = query.where("state", "=", filter.state);
  if (beginning) query = query.where("order_id", "in", [...beginning]);
  if (from) query = query.where(sql<boolean>`(placed_at, order_id) < (${from.at}, ${from.key})`);
  return query;
}

/** Where the next page goes on looking; null where everything has been looked through. */
async function endOf(window: ReturnType<typeof windowOf>): Promise<string | null> {
  const end = await window
    .clearSelect()
    .select(["placed_at", "order_id"])
    .offset(LOOKED_THROUGH_AT_MOST - 1)
    .limit(1)
    .executeTakeFirst();
  return end ? encodeCursor({ at: end.placed_at, key: end.order_id }) : null;
}

/** What is asked of each order in the window. */
function matches(filter: OrderFilter, textIsFound: boolean): RawBuilder<boolean> {
  const asked: RawBuilder<boolean>[] = [];
  if (filter.product) asked.push(ofOrder(sql`whole.products @> ARRAY[${filter.product}]`));
  if (filter.text !== null && !textIsFound) {
    const pattern = `%${filter.text.replaceAll(/[\\%_]/g, "\\$&")}%`;
    asked.push(sql`(seen.order_id LIKE ${pattern} OR seen.domain_name ILIKE ${pattern})`);
  }
  if (filter.contractable) asked.push(mayBeContractable(filter.contractable));
  return asked.length === 0 ? sql<boolean>`true` : sql.join(asked, sql` AND `);
}

/**
 * Leaves out what cannot have a contract and has none, by what is quickly told; the decision itself is made for the rest.
 * Whatever it lets through is decided, so that it may let through too much, and never too little.
 */
function mayBeContractable({
  products,
  identityRequired,
}: NonNullable<OrderFilter["contractable"]>): RawBuilder<boolean> {
  const contracted = sql<boolean>`EXISTS (SELECT FROM contracts
    WHERE contracts.account = seen.account AND contracts.order_id = seen.order_id)`;
  const known = identityRequired
    ? sql<boolean>`(SELECT accounts.identity ->> 'state' = 'verified' FROM accounts WHERE accounts.account = seen.account)`
    : sql<boolean>`true`;
  const offered = ofOrder(sql`whole.products && ${[...products]}::text[]`);
  return sql`((seen.state IN ('paid', 'unpaid') AND ${known} AND ${offered}) OR ${contracted})`;
}

/** What the window's index does not tell of an order. */
function ofOrder(asked: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(SELECT ${asked} FROM orders AS whole
    WHERE whole.account = seen.account AND whole.order_id = seen.order_id)`;
}

/**
 * The numbers of the orders whose number or domain name begins with the text, which an index answers however old they are;
 * null where there are none, or so many that the newest of them are what is looked for.
 */
async function ordersBeginning(
  database: Database,
  filter: OrderFilter,
  text: string,
): Promise<readonly string[] | null> {
  const begins = (column: RawBuilder<string>, start: string) =>
    sql<boolean>`(${column} COLLATE "C" >= ${start} AND ${column} COLLATE "C" < ${start + LAST_CHARACTER})`;
  const numbers = (of: RawBuilder<boolean>) => {
    let query = database
      .selectFrom("orders")
      .select("order_id")
      .where(of)
      .limit(BEGIN_ALIKE_AT_MOST + 1);
    if (filter.account) query = query.where("account", "=", filter.account);
    if (filter.state) query = query.where("state", "=", filter.state);
    return query.execute();
  };
  const domain = sql<string>`domain_name`;
  const [byNumber, byDomain] = await Promise.all([
    numbers(begins(sql<string>`order_id`, text)),
    numbers(sql<boolean>`(${begins(domain, text)} OR ${begins(domain, text.toLowerCase())})`),
  ]);
  const found = new Set([...byNumber, ...byDomain].map(({ order_id }) => order_id));
  return found.size === 0 || found.size > BEGIN_ALIKE_AT_MOST ? null : [...found];
}
