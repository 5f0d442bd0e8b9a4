import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ACCOUNTS_KEY } from "../../api/account-lookup.ts";
import { BILLS_KEY } from "../../api/bills.ts";
import { CATALOGUE_KEY } from "../../api/catalogue.ts";
import { ORDERS_KEY } from "../../api/orders.ts";

/** Saves an entry; what it changes, decisions on orders among it, is read anew. */
export function useSaving<Wanted>(save: (wanted: Wanted) => Promise<void>, onSaved: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: onSaved,
    onSettled: () =>
      Promise.all(
        [CATALOGUE_KEY, ORDERS_KEY, BILLS_KEY, ACCOUNTS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  });
}
