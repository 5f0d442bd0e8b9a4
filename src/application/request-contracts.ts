import type { AccountId, OrderId } from "../domain/identifiers.ts";
import type { RequestDetails } from "../domain/snapshot-parties.ts";
import type { Actor } from "./ports.ts";
import { type RequestContractPorts, type RequestOutcome, requestContract } from "./request-contract.ts";

/** As many as there are usually render processes; more would wait for each other there. */
const AT_ONCE = 2;

/** As for one order; or what broke, which then breaks this one order's request and no other. */
export type BatchOutcome = RequestOutcome | { readonly kind: "broken"; readonly error: unknown };

/**
 * Requests the contracts of several orders, each on its own (R23): what is refused holds nothing else up, and every
 * order has its result. With a key, the whole can be sent again: each order gets its first answer.
 */
export async function requestContracts(
  ports: RequestContractPorts,
  actor: Actor,
  onlyAccount: AccountId | null,
  orders: readonly OrderId[],
  details: RequestDetails,
  idempotencyKey: string | null,
): Promise<ReadonlyMap<OrderId, BatchOutcome>> {
  const outcomes = new Map<OrderId, BatchOutcome>();
  const waiting = orders.values();
  const requestOne = async (order: OrderId): Promise<RequestOutcome> => {
    const account = onlyAccount ?? (await ports.ledger.accountOfOrder(order));
    if (!account) return { kind: "not_found" };
    const subject = { kind: "order", order } as const;
    return requestContract(ports, actor, { account, subject, details, idempotencyKey, ofBatch: true });
  };
  const work = async (): Promise<void> => {
    // Both workers draw from the one iterator, so that each order is taken once.
    for (const order of waiting) {
      outcomes.set(order, await requestOne(order).catch((error: unknown) => ({ kind: "broken", error })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}
