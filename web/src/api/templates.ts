import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";

export type Template = Awaited<ReturnType<typeof fetchTemplates>>[number];
export type LibraryClause = Awaited<ReturnType<typeof fetchClauses>>[number];

/** Templates and clauses change with a release of the service only. */
const FOREVER = { staleTime: Number.POSITIVE_INFINITY } as const;

export const templatesQuery = queryOptions({ queryKey: ["templates"], queryFn: fetchTemplates, ...FOREVER });

export const clausesQuery = queryOptions({ queryKey: ["clauses"], queryFn: fetchClauses, ...FOREVER });

async function fetchTemplates() {
  const { items } = await bodyOf(client.GET("/v1/templates"));
  return items;
}

async function fetchClauses() {
  const { items } = await bodyOf(client.GET("/v1/clauses"));
  return items;
}
