import { sql, type Transaction } from "kysely";
import type { Violation } from "../../application/books-checker.ts";
import { parseContractNumber } from "../../domain/contract-number.ts";
import { instantOf, parseTimeZone, yearMonthOf } from "../../domain/time.ts";
import type { Tables } from "../tables.ts";
import { streamRows } from "./row-stream.ts";

interface NumberedRow {
  readonly account: string;
  readonly number: string;
  readonly requested_at: Date;
  /** As the contract says it; an offline contract says none. */
  readonly time_zone: string | null;
  readonly own_prefix: boolean;
}

/** Contracts whose number is none, not of their seller, or not of their month: by the rules that numbers are made by. */
export async function misnumberedContracts(database: Transaction<Tables>, most: number): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const rows = streamRows<NumberedRow>(
    database,
    sql`SELECT account, number, requested_at, json_or_null(snapshot) ->> 'timeZone' AS time_zone,
      EXISTS (SELECT FROM number_prefixes WHERE prefix = split_part(number, '-', 1)
        AND number_prefixes.seller = contracts.seller) AS own_prefix FROM contracts`,
  );
  for await (const row of rows) {
    if (violations.length === most) break;
    const found = wrongIn(row);
    if (found) violations.push({ kind: "contract", name: row.number, account: row.account, found });
  }
  return violations;
}

function wrongIn({ number, requested_at, time_zone, own_prefix }: NumberedRow): Violation["found"] | null {
  if (parseContractNumber(number) !== number) return { wellFormed: false };
  if (!own_prefix) return { prefixOfSeller: false };
  const zone = time_zone === null ? null : parseTimeZone(time_zone);
  const month = zone && yearMonthOf(instantOf(requested_at.getTime()), zone);
  return month === null || number.split("-")[1] === month ? null : { monthOfRequest: month };
}
