import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Tables } from "../tables.ts";

const ROWS_AT_ONCE = 500;

/**
 * The rows of a query a few at a time, through a cursor that lives as long as the transaction: the memory that they take
 * does not grow with their number. One stream at a time.
 */
export async function* streamRows<Row>(database: Transaction<Tables>, query: RawBuilder<Row>): AsyncGenerator<Row> {
  await sql`DECLARE streamed NO SCROLL CURSOR FOR ${query}`.execute(database);
  try {
    for (;;) {
      const { rows } = await sql.raw<Row>(`FETCH ${ROWS_AT_ONCE} FROM streamed`).execute(database);
      yield* rows;
      if (rows.length < ROWS_AT_ONCE) return;
    }
  } finally {
    await sql`CLOSE streamed`.execute(database);
  }
}
