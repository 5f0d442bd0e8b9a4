import { type Decision, decideIssuance, type IssuanceFacts } from "../domain/decide-issuance.ts";
import type { Policy } from "../domain/policy.ts";
import { type Standing, standingOf } from "../domain/standing.ts";
import type { Instant } from "../domain/time.ts";
import type { OrderWithFacts } from "./listed.ts";
import { heldContract } from "./prepare-contract.ts";

/** An order as every reader sees it: with its decision, and with its contract's standing if it has one. */
export interface DecidedOrder extends OrderWithFacts {
  readonly decision: Decision;
  readonly standing: Standing | null;
}

export function factsOf(
  { order, account, seller, contract }: OrderWithFacts,
  policy: Policy,
  at: Instant,
): IssuanceFacts {
  return { order, account, seller, held: heldContract(contract, order, at), policy, at };
}

export function decided(read: OrderWithFacts, policy: Policy, at: Instant): DecidedOrder {
  return {
    ...read,
    decision: decideIssuance(factsOf(read, policy, at)),
    standing: read.contract ? standingOf(read.contract, read.order, at) : null,
  };
}
