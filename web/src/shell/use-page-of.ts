import { keepPreviousData, type UseQueryOptions, useQuery } from "@tanstack/react-query";

/** One page of a list; until the next one has come, the last one stays, marked as on its way. */
export function usePageOf<Page, Key extends readonly unknown[]>(query: UseQueryOptions<Page, Error, Page, Key>) {
  return useQuery({ ...query, placeholderData: keepPreviousData });
}
