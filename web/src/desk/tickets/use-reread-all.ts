import { useQueryClient } from "@tanstack/react-query";
import { ACCOUNTS_KEY } from "../../api/account-lookup.ts";
import { CONTRACTS_KEY } from "../../api/contracts.ts";
import { ORDERS_KEY } from "../../api/orders.ts";
import { TICKETS_KEY } from "../../api/tickets.ts";

/** Reads anew all that changes when a ticket is closed. */
export function useRereadAll(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [TICKETS_KEY, ORDERS_KEY, CONTRACTS_KEY, ACCOUNTS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
}
