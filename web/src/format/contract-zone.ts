import { readersZone } from "./moment.ts";

/** The seller's zone where the API names it, else the reader's own; whoever shows a time names the zone beside it. */
export function contractZone(contract: object): string {
  return "timeZone" in contract && typeof contract.timeZone === "string" ? contract.timeZone : readersZone();
}
