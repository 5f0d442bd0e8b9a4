import { queryOptions } from "@tanstack/react-query";
import { CATALOGUE_KEY, type Product } from "./catalogue.ts";
import { bodyOf, client } from "./client.ts";

const PAGE_SIZE = 200;
/** A catalogue of more is not read to its end: what is left is called by its code. */
const MOST_PAGES = 5;

type ProductNames = ReadonlyMap<string, Product["name"]>;

/** What products are called, for pages that know their codes. */
export const productNamesQuery = queryOptions({
  queryKey: [...CATALOGUE_KEY, "names"],
  queryFn: fetchNames,
  staleTime: 60_000,
});

async function fetchNames(): Promise<ProductNames> {
  const names = new Map<string, Product["name"]>();
  let cursor = "";
  for (let read = 0; read < MOST_PAGES; read++) {
    const query = { limit: PAGE_SIZE, ...(cursor && { cursor }) };
    const { items, next } = await bodyOf(client.GET("/v1/products", { params: { query } }));
    for (const { code, name } of items) names.set(code, name);
    if (next === null) break;
    cursor = next;
  }
  return names;
}
