import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import type { components } from "./schema";

export type Account = components["schemas"]["Account"];
export type ShownAccount = Awaited<ReturnType<typeof fetchAccount>>;
export type Evidence = Awaited<ReturnType<typeof fetchEvidence>>[number];

const PAGE_SIZE = 30;

/** Also what is told of it that its orders, contracts and tickets decide. */
export const ACCOUNTS_KEY = ["accounts"] as const;

/** `q`: start of an id or registration number, or part of a legal name; empty for all. */
export function accountsQuery(q: string, after: string) {
  return queryOptions({
    queryKey: [...ACCOUNTS_KEY, "list", q, after],
    queryFn: () => {
      const query = { limit: PAGE_SIZE, ...(q && { q }), ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/accounts", { params: { query } }));
    },
  });
}

export function accountQuery(account: string) {
  return queryOptions({ queryKey: [...ACCOUNTS_KEY, "one", account], queryFn: () => fetchAccount(account) });
}

/** What there is, without content: to look at that is recorded. */
export function evidenceQuery(account: string) {
  return queryOptions({ queryKey: [...ACCOUNTS_KEY, "evidence", account], queryFn: () => fetchEvidence(account) });
}

function fetchAccount(account: string) {
  return bodyOf(client.GET("/v1/accounts/{account}", { params: { path: { account } } }));
}

async function fetchEvidence(account: string) {
  const { items } = await bodyOf(client.GET("/v1/accounts/{account}/evidence", { params: { path: { account } } }));
  return items;
}
