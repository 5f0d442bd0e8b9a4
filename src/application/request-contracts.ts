import type { RequestDetails } from "../domain/contract-snapshot.ts";
import type { AccountId, OrderId } from "../domain/identifiers.ts";
import type { Actor } from "./ports.ts";
import { type RequestContractPorts, type RequestOutcome, requestContract } from "./request-contract.ts";

/** As many as there are usually render processes; more would wait for each other there. */
const AT_ONCE = 2;

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
): Promise<ReadonlyMap<OrderId, RequestOutcome>> {
  const outcomes = new Map<OrderId, RequestOutcome>();
  const waiting = orders.values();
  const work = async (): Promise<void> => {
    // Both workers draw from the one iterator, so that each order is taken once.
    for (const order of waiting) {
      const account = onlyAccount ?? (await ports.ledger.accountOfOrder(order));
      const key = idempotencyKey === null ? null : `batch:${order}:${idempotencyKey}`;
      const subject = { kind: "order", order } as const;
      const outcome: RequestOutcome = account
        ? await requestContract(ports, actor, { account, subject, details, idempotencyKey: key })
        : { kind: "not_found" };
      outcomes.set(order, outcome);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}
