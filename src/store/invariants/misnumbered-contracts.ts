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
    // Canonical JSON has no blanks, and escapes quotes within texts: this is no text of somebody's.
    sql`SELECT account, number, requested_at, nullif(split_part(split_part(snapshot, '"timeZone":"', 2), '"', 1), '')
        AS time_zone,
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
  const month = time_zone === null ? null : monthOf(requested_at.getTime(), time_zone);
  return month === null || number.split("-")[1] === month ? null : { monthOfRequest: month };
}

/** No zone is further from UTC; so far from the turn of a month, all clocks agree, and zones need not be reckoned with. */
const FURTHEST_MS = 14 * 3_600_000;

function monthOf(at: number, timeZone: string): string | null {
  const [earliest, latest] = [monthInUtc(at - FURTHEST_MS), monthInUtc(at + FURTHEST_MS)];
  if (earliest === latest) return latest;
  const zone = parseTimeZone(timeZone);
  return zone && yearMonthOf(instantOf(at), zone);
}

function monthInUtc(at: number): string {
  return new Date(at).toISOString().slice(0, "YYYY-MM".length).replace("-", "");
}
