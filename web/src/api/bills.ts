import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import type { components } from "./schema";

export type Bill = components["schemas"]["Bill"];

const PAGE_SIZE = 30;

export const BILLS_KEY = ["bills"] as const;

export function billsQuery(after: string) {
  return queryOptions({
    queryKey: [...BILLS_KEY, "list", after],
    queryFn: () => {
      const query = { limit: PAGE_SIZE, ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/bills", { params: { query } }));
    },
  });
}

/** One account's, as the desk asks for them. */
export function accountBillsQuery(account: string, after: string) {
  return queryOptions({
    queryKey: [...BILLS_KEY, "of", account, after],
    queryFn: () => {
      const query = { account, limit: PAGE_SIZE, ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/bills", { params: { query } }));
    },
  });
}

export function billQuery(account: string, cycle: string) {
  return queryOptions({
    queryKey: [...BILLS_KEY, "one", account, cycle],
    queryFn: () => bodyOf(client.GET("/v1/bills/{account}/{cycle}", { params: { path: { account, cycle } } })),
  });
}
