/** Where in an address the pages of a list are named: the cursor that the API gave for the page. */
const PAGE_PARAMS = ["after", "contractsAfter", "billsAfter", "historyAfter"] as const;
export type PageParam = (typeof PAGE_PARAMS)[number];

export type PageSearch = { readonly [Param in PageParam]?: string };

/** What an address says of pages, and nothing else. */
export function pageSearchOf(search: Readonly<Record<string, unknown>>): PageSearch {
  const named = PAGE_PARAMS.map((param) => [param, search[param]] as const);
  return Object.fromEntries(named.filter(([, cursor]) => typeof cursor === "string" && cursor !== ""));
}
