import { explainIssuance } from "../domain/decide-issuance.ts";
import type { AccountId, OrderId } from "../domain/identifiers.ts";
import type { ExplainedRung } from "../domain/ladder.ts";
import { type DecidedOrder, decided, factsOf } from "./order-facts.ts";
import type { Clock, Ledger } from "./ports.ts";

export interface ShownOrder extends DecidedOrder {
  /** Every rung of the ladder with its own answer, in order. */
  readonly rungs: readonly ExplainedRung[];
}

/** One order with its decision explained; null when absent or not of the account (the two look alike). */
export async function showOrder(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  order: OrderId,
  onlyAccount: AccountId | null,
): Promise<ShownOrder | null> {
  const account = onlyAccount ?? (await ledger.accountOfOrder(order));
  const read = account && (await ledger.orderWithFacts(account, order));
  if (!read) return null;
  const policy = await ledger.currentPolicy();
  const at = clock.now();
  const { rungs } = explainIssuance(factsOf(read, policy, at));
  return { ...decided(read, policy, at), rungs };
}
