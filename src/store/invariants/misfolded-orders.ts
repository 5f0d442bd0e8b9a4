import { sql, type Transaction } from "kysely";
import type { Violation } from "../../application/books-checker.ts";
import { sameContent } from "../../application/same-content.ts";
import { lifeOf, type OrderLife, type OrderReport } from "../../domain/order-life.ts";
import type { Tables } from "../tables.ts";
import { streamRows } from "./row-stream.ts";

interface ReportedRow {
  readonly account: string;
  readonly order_id: string;
  readonly columns_fit: boolean;
  readonly status: OrderReport["status"];
  /** Null in orders of the first release: it followed from their one state. */
  readonly life: OrderLife | null;
  /** Null where nothing was reported. */
  readonly report_revision: number | null;
  readonly report_status: OrderReport["status"];
  /** Whether the order says what this report says; what follows from all of them left aside. */
  readonly as_reported: boolean;
}

/** Orders that are not what all their reports make of them: the newest revision, with the life that follows from all. */
export async function misfoldedOrders(database: Transaction<Tables>, most: number): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for await (const rows of ordersWithReports(database)) {
    if (violations.length === most) break;
    const found = wrongIn(rows);
    const { account, order_id: name } = rows[0];
    if (found) violations.push({ kind: "order", name, account, found });
  }
  return violations;
}

/** The rows of one order, its reports by revision. */
type Reported = readonly [ReportedRow, ...ReportedRow[]];

function wrongIn(rows: Reported): Violation["found"] | null {
  const [{ columns_fit, status, life: stored }] = rows;
  const reports = rows.flatMap(({ report_revision: revision, report_status }) =>
    revision === null ? [] : [{ revision, status: report_status }],
  );
  if (reports.length === 0) return { reports: 0 };
  if (!columns_fit) return { columnsFit: false };
  if (!rows.at(-1)?.as_reported) return { newest: reports.at(-1)?.revision, asReported: false };
  const life = stored ?? lifeOf([{ revision: 1, status }]);
  const derived = lifeOf(reports);
  return sameContent(life, derived) ? null : { life, derived };
}

async function* ordersWithReports(database: Transaction<Tables>): AsyncGenerator<Reported> {
  const rows = streamRows<ReportedRow>(
    database,
    sql`SELECT account, order_id, orders.body -> 'status' AS status, orders.body -> 'life' AS life,
        (orders.revision::text, orders.state, orders.account, orders.order_id) IS NOT DISTINCT FROM
          (orders.body ->> 'revision', orders.body #>> '{status,state}', orders.body ->> 'account', orders.body ->> 'id')
          AS columns_fit,
        reports.revision::float8 AS report_revision, reports.body -> 'status' AS report_status,
        reports.body - 'life' = orders.body - 'life' AS as_reported
      FROM orders LEFT JOIN order_reports reports USING (account, order_id)
      ORDER BY account, order_id, reports.revision`,
  );
  let order: [ReportedRow, ...ReportedRow[]] | null = null;
  for await (const row of rows) {
    if (order && order[0].account === row.account && order[0].order_id === row.order_id) {
      order.push(row);
      continue;
    }
    if (order) yield order;
    order = [row];
  }
  if (order) yield order;
}
