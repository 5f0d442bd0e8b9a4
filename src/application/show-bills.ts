import type { BillCycle } from "../domain/bill.ts";
import { type BillIssuanceFacts, decideBillIssuance } from "../domain/decide-bill-issuance.ts";
import type { Decision } from "../domain/decide-issuance.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Policy } from "../domain/policy.ts";
import { type Standing, standingOf } from "../domain/standing.ts";
import type { Instant } from "../domain/time.ts";
import type { BillWithFacts } from "./listed.ts";
import type { Clock, Ledger, Page, PageRequest } from "./ports.ts";
import { heldContract } from "./prepare-contract.ts";

/** A month's bill as every reader sees it: with its decision, and its contract's standing if it has one. */
export interface DecidedBill extends BillWithFacts {
  readonly decision: Decision;
  readonly standing: Standing | null;
}

/** Null when the account has no bill for the month. */
export async function showBill(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  account: AccountId,
  cycle: BillCycle,
): Promise<DecidedBill | null> {
  const read = await ledger.bill(account, cycle);
  return read && decidedBill(read, await ledger.currentPolicy(), clock.now());
}

/** Bills with their decisions, newest month first. */
export async function listBills(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  account: AccountId | null,
  page: PageRequest,
): Promise<Page<DecidedBill>> {
  const [{ items, next }, policy] = [await ledger.listBills(account, page), await ledger.currentPolicy()];
  const at = clock.now();
  return { items: items.map((item) => decidedBill(item, policy, at)), next };
}

function decidedBill(read: BillWithFacts, policy: Policy, at: Instant): DecidedBill {
  const { bill, account, seller, contract } = read;
  const facts: BillIssuanceFacts = { bill, account, seller, held: heldContract(contract, null, at), policy, at };
  const standing = contract && standingOf(contract, null, at);
  return { ...read, decision: decideBillIssuance(facts), standing };
}
