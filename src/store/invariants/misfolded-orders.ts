import { sql, type Transaction } from "kysely";
import type { Violation } from "../../application/books-checker.ts";
import { sameContent } from "../../application/same-content.ts";
import type { Order } from "../../domain/order.ts";
import { lifeOf } from "../../domain/order-life.ts";
import { orderFromJson } from "../order-record.ts";
import type { Tables } from "../tables.ts";
import { streamRows } from "./row-stream.ts";

interface ReportedRow {
  readonly account: string;
  readonly order_id: string;
  /** The order as it is stored; with its first report only, because it may be long. */
  readonly body: string | null;
  readonly columns_fit: boolean;
  readonly report: string | null;
}

interface Reported {
  readonly account: string;
  readonly name: string;
  readonly stored: Order;
  readonly columnsFit: boolean;
  /** By revision. */
  readonly reports: Order[];
}

/** Orders that are not what all their reports make of them: the newest revision, with the life that follows from all. */
export async function misfoldedOrders(database: Transaction<Tables>, most: number): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for await (const order of ordersWithReports(database)) {
    if (violations.length === most) break;
    const found = wrongIn(order);
    if (found) violations.push({ kind: "order", name: order.name, account: order.account, found });
  }
  return violations;
}

function wrongIn({ stored, columnsFit, reports }: Reported): Violation["found"] | null {
  const newest = reports.at(-1);
  if (!newest) return { reports: 0 };
  if (!columnsFit) return { columnsFit };
  const life = lifeOf(reports);
  if (sameContent(stored, { ...newest, life })) return null;
  const { revision, status } = stored;
  return {
    reports: reports.length,
    newest: newest.revision,
    revision,
    state: status.state,
    life: stored.life,
    of: life,
  };
}

async function* ordersWithReports(database: Transaction<Tables>): AsyncGenerator<Reported> {
  const rows = streamRows<ReportedRow>(
    database,
    sql`SELECT account, order_id, CASE WHEN reports.revision IS NULL
        OR lag(orders.order_id) OVER walk IS DISTINCT FROM orders.order_id THEN orders.body::text END AS body,
        (orders.revision::text, orders.state, orders.account, orders.order_id) = (orders.body ->> 'revision',
          orders.body #>> '{status,state}', orders.body ->> 'account', orders.body ->> 'id') AS columns_fit,
        reports.body::text AS report
      FROM orders LEFT JOIN order_reports reports USING (account, order_id)
      WINDOW walk AS (ORDER BY account, order_id, reports.revision) ORDER BY account, order_id, reports.revision`,
  );
  let current: Reported | null = null;
  for await (const row of rows) {
    if (row.body !== null) {
      if (current) yield current;
      const { account, order_id: name, columns_fit: columnsFit } = row;
      current = { account, name, stored: orderFromJson(row.body), columnsFit: columnsFit === true, reports: [] };
    }
    if (row.report !== null) current?.reports.push(orderFromJson(row.report));
  }
  if (current) yield current;
}
