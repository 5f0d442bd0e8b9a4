import { type Decision, decideIssuance, type IssuanceFacts } from "../domain/decide-issuance.ts";
import type { ProductCode } from "../domain/identifiers.ts";
import type { Policy, Product } from "../domain/policy.ts";
import { type Standing, standingOf } from "../domain/standing.ts";
import type { Instant } from "../domain/time.ts";
import type { OrderWithFacts } from "./ports.ts";

/** An order as every reader sees it: with its decision, and with its contract's standing if it has one. */
export interface DecidedOrder extends OrderWithFacts {
  readonly decision: Decision;
  readonly standing: Standing | null;
}

export function factsOf(
  read: OrderWithFacts,
  products: ReadonlyMap<ProductCode, Product>,
  policy: Policy,
  at: Instant,
): IssuanceFacts {
  const { order, account, seller, contract } = read;
  return { order, account, seller, held: contract?.number ?? null, products, policy, at };
}

export function decided(
  read: OrderWithFacts,
  products: ReadonlyMap<ProductCode, Product>,
  policy: Policy,
  at: Instant,
): DecidedOrder {
  return {
    ...read,
    decision: decideIssuance(factsOf(read, products, policy, at)),
    standing: read.contract ? standingOf(read.contract, read.order, at) : null,
  };
}
