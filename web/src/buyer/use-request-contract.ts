import { useQueryClient } from "@tanstack/react-query";
import { requestContracts } from "../api/batch.ts";
import { BILLS_KEY } from "../api/bills.ts";
import { CONTRACTS_KEY, type RequestDetails, requestContract, type Subject } from "../api/contracts.ts";
import { ORDERS_KEY } from "../api/orders.ts";
import { useOnce } from "../shell/use-once.ts";

/** Requests the contract on an order or a bill. */
export function useRequestContract(subject: Subject) {
  return useRequest((details, key) => requestContract(subject, details, key));
}

/** Requests one contract for each of the orders (R23). */
export function useRequestContracts(orders: readonly string[], onProgress: (done: number) => void) {
  return useRequest((details, key) => requestContracts(orders, details, key, onProgress));
}

function useRequest<Answer>(send: (details: RequestDetails, key: string) => Promise<Answer>) {
  const queries = useQueryClient();
  return useOnce({
    send,
    nameOf: (details: RequestDetails) => JSON.stringify(details),
    onSettled: () =>
      Promise.all([ORDERS_KEY, BILLS_KEY, CONTRACTS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
