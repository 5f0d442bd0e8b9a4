import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { CONTRACTS_KEY, type ContractRequest, requestContract } from "../api/contracts.ts";
import { newIdempotencyKey } from "../api/idempotency-key.ts";
import { ORDERS_KEY } from "../api/orders.ts";
import { problemOf } from "../api/problem-error.ts";

export type RequestDetails = Omit<ContractRequest, "order">;

/**
 * Requests the contract of an order. A request that got no answer is repeated under the same key, so that pressing
 * the button again can never ask for two; a request that was answered, or says something else, gets a new key.
 */
export function useRequestContract(order: string) {
  const queries = useQueryClient();
  const pending = useRef<{ key: string; details: string } | null>(null);
  return useMutation({
    mutationFn: (details: RequestDetails) => {
      const asked = JSON.stringify(details);
      if (pending.current?.details !== asked) pending.current = { key: newIdempotencyKey(), details: asked };
      return requestContract({ order, ...details }, pending.current.key);
    },
    onError: (error) => {
      if ((problemOf(error)?.status ?? 500) < 500) pending.current = null;
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ORDERS_KEY }),
        queries.invalidateQueries({ queryKey: CONTRACTS_KEY }),
      ]),
  });
}
