import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { requestContracts } from "../api/batch.ts";
import { BILLS_KEY } from "../api/bills.ts";
import { CONTRACTS_KEY, type RequestDetails, requestContract, type Subject } from "../api/contracts.ts";
import { newIdempotencyKey } from "../api/idempotency-key.ts";
import { ORDERS_KEY } from "../api/orders.ts";
import { problemOf } from "../api/problem-error.ts";

/** Requests the contract on an order or a bill. */
export function useRequestContract(subject: Subject) {
  return useRequest((details, key) => requestContract(subject, details, key));
}

/** Requests one contract for each of the orders (R23). */
export function useRequestContracts(orders: readonly string[]) {
  return useRequest((details, key) => requestContracts(orders, details, key));
}

/**
 * A request that got no answer is repeated under the same key, so that pressing the button again can never ask for two;
 * a request that was answered, or says something else, gets a new key.
 */
function useRequest<Answer>(send: (details: RequestDetails, key: string) => Promise<Answer>) {
  const queries = useQueryClient();
  const pending = useRef<{ key: string; details: string } | null>(null);
  return useMutation({
    mutationFn: (details: RequestDetails) => {
      const asked = JSON.stringify(details);
      if (pending.current?.details !== asked) pending.current = { key: newIdempotencyKey(), details: asked };
      return send(details, pending.current.key);
    },
    onError: (error) => {
      if ((problemOf(error)?.status ?? 500) < 500) pending.current = null;
    },
    onSettled: () =>
      Promise.all([ORDERS_KEY, BILLS_KEY, CONTRACTS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
