import { readFileSync } from "node:fs";

const SAMPLES = new URL("../../src/sources/samples/billing-api/", import.meta.url);

/** The sample of a month of three items, as the bill of another month. */
export function sampleBill(cycle: string): string {
  const text = readFileSync(new URL("QueryBill-2026-10.json", SAMPLES), "utf8");
  return text.replace('"BillingCycle": "2026-10"', `"BillingCycle": "${cycle}"`);
}

/** The month that many months before this one: two before is final whatever the day, this one never is. */
export function cycleBefore(months: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15)).toISOString().slice(0, 7);
}
