import type { AccountId, Branded, ProductCode, SellerId } from "./identifiers.ts";
import type { Localized } from "./localized.ts";
import { type Currency, type Money, sum } from "./money.ts";
import type { BillFinality } from "./policy.ts";
import { type Instant, startOfDay, type TimeZone } from "./time.ts";

/** A month as bills are kept: "2026-10". */
export type BillCycle = Branded<string, "BillCycle">;

/** One charge of the month. `total` is what is payable, tax included; `list` is before discounts. */
export interface BillLine {
  readonly line: string;
  readonly product: ProductCode;
  /** Null where the source names none: the catalogue's name stands in when a contract is frozen. */
  readonly name: Localized | null;
  /** What was used, in words; may be empty. */
  readonly description: string;
  readonly list: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
}

/** What one account owes for one month (R13). Once final it never changes. */
export interface Bill {
  readonly account: AccountId;
  readonly cycle: BillCycle;
  readonly state: "open" | "final";
  readonly seller: SellerId;
  readonly currency: Currency;
  readonly lines: readonly BillLine[];
}

/** Months whose first and last instants every zone of ours can write with a four-digit year. */
const CYCLE = /^(197[1-9]|19[89]\d|[2-8]\d{3}|9[0-8]\d{2}|99[0-8]\d)-(0[1-9]|1[0-2])$/;

/** Reads "2026-10"; anything else is null. */
export function parseBillCycle(text: string): BillCycle | null {
  return CYCLE.test(text) ? (text as BillCycle) : null;
}

export function totalOfBill(bill: Bill): Money {
  return sum(
    bill.lines.map((line) => line.total),
    bill.currency,
  );
}

/** From the first instant of the month up to, not including, the first of the next, in the zone. */
export function termOfCycle(
  cycle: BillCycle,
  zone: TimeZone,
): { readonly startsAt: Instant; readonly endsAt: Instant } {
  const { year, month } = yearAndMonth(cycle);
  return { startsAt: startOfDay(year, month, 1, zone), endsAt: startOfDay(year, month + 1, 1, zone) };
}

/** The instant at which the policy expects the bills of the month to be final. */
export function expectedFinalAt(cycle: BillCycle, { expectedDay }: BillFinality, zone: TimeZone): Instant {
  const { year, month } = yearAndMonth(cycle);
  return startOfDay(year, month + 1, expectedDay, zone);
}

function yearAndMonth(cycle: BillCycle): { readonly year: number; readonly month: number } {
  return { year: Number(cycle.slice(0, 4)), month: Number(cycle.slice(5)) };
}
