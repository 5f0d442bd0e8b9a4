import { type Bill, expectedFinalAt } from "./bill.ts";
import type { Decision } from "./decide-issuance.ts";
import {
  alreadyContracted,
  canSealNow,
  type HeldContract,
  identityNotVerified,
  isReplaceable,
  servedByPartner,
} from "./issuance-rungs.ts";
import { type ExplainedRung, explainLadder, firstRefusal, type Rung } from "./ladder.ts";
import type { Account, Seller } from "./parties.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import { type Instant, startOfNextDay } from "./time.ts";

/** Everything that the decision on a month's bill may depend on (R13). */
export interface BillIssuanceFacts {
  readonly bill: Bill;
  readonly account: Account;
  readonly seller: Seller;
  /** The contract that already occupies the bill: one per bill. */
  readonly held: HeldContract | null;
  readonly policy: Policy;
  readonly at: Instant;
}

/** First match decides; docs/policy.md lists the same order. */
const LADDER: readonly Rung<BillIssuanceFacts>[] = [
  { name: "served_by_partner", rung: ({ account, policy }) => servedByPartner(account, policy) },
  { name: "already_contracted", rung: ({ held, policy }) => alreadyContracted(held, policy) },
  { name: "bill_not_final", rung: billNotFinal },
  { name: "identity_not_verified", rung: ({ account, policy }) => identityNotVerified(account, policy) },
  { name: "seller_cannot_seal", rung: sellerCannotSeal },
];

/** May this month's bill have a contract now? Total, as `decideIssuance` is. */
export function decideBillIssuance(facts: BillIssuanceFacts): Decision {
  const { held, policy } = facts;
  const refusal = firstRefusal(LADDER, facts);
  if (refusal) return { kind: "refuse", policyVersion: policy.version, refusal };
  return {
    kind: "issue",
    policyVersion: policy.version,
    holdUntil: null,
    amountShown: true,
    warnings: [],
    replaces: held && isReplaceable(held, policy) ? held.number : null,
  };
}

/** The rungs of the same ladder with their own answers. */
export function explainBillIssuance(facts: BillIssuanceFacts): readonly ExplainedRung[] {
  return explainLadder(LADDER, facts);
}

/** The day told is the expected one; a bill that is overdue can be requested tomorrow at the earliest (R13). */
function billNotFinal({ bill, seller, policy, at }: BillIssuanceFacts): Refusal | null {
  const expectedAt = expectedFinalAt(bill.cycle, policy.billFinality, seller.timeZone);
  if (bill.state === "final" || (policy.billFinality.basis === "calendar" && at >= expectedAt)) return null;
  const requestableFrom = at < expectedAt ? expectedAt : startOfNextDay(at, seller.timeZone);
  return { code: "bill_not_final", cycle: bill.cycle, requestableFrom, timeZone: seller.timeZone };
}

function sellerCannotSeal({ seller }: BillIssuanceFacts): Refusal | null {
  if (canSealNow(seller)) return null;
  return { code: "seller_cannot_seal", sellerName: seller.legalName, marketplace: false, contact: seller.contact };
}
