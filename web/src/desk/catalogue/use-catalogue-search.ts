import { useSearch } from "@tanstack/react-router";
import { catalogueSearchOf } from "./catalogue-search.ts";

/** What the address says of the list that is shown. */
export function useCatalogueSearch(): { q: string; after: string; open: string | undefined } {
  const { q = "", after = "", open } = catalogueSearchOf(useSearch({ strict: false }));
  return { q, after, open };
}
