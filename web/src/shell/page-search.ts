/** Where in an address the pages of a list are named: the cursor that the API gave for the page. */
export type PageParam = "after" | "contractsAfter";

export type PageSearch = { readonly [Param in PageParam]?: string };

/** What an address says of pages, and nothing else. */
export function pageSearchOf(search: Readonly<Record<string, unknown>>): PageSearch {
  const { after, contractsAfter } = search;
  return {
    ...(typeof after === "string" && after !== "" && { after }),
    ...(typeof contractsAfter === "string" && contractsAfter !== "" && { contractsAfter }),
  };
}
