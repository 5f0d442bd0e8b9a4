import { type PageSearch, pageSearchOf } from "../../shell/page-search.ts";

/** What a list of the catalogue is filtered by, and what is open over it; lives in the address. */
export interface CatalogueSearch extends PageSearch {
  readonly q?: string;
  readonly open?: string;
}

export function catalogueSearchOf(search: Readonly<Record<string, unknown>>): CatalogueSearch {
  const { q, open } = search;
  return {
    ...(typeof q === "string" && q !== "" && { q }),
    ...(typeof open === "string" && open !== "" && { open }),
    ...pageSearchOf(search),
  };
}
