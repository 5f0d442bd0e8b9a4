import type { Contract } from "../api/contracts.ts";

/** Once paid or void, the day until which it had to be paid tells nothing any more. */
export function holdMatters({ standing }: Pick<Contract, "standing">): boolean {
  return standing === "pending_payment" || standing === "lapsed";
}
