import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isProblemCode, problemOf } from "./problem-error.ts";
import { sessionQuery } from "./session.ts";

const TRIES = 2;

/** A refusal is an answer and is not asked for again; only a server that broke or was not reached is. */
export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < TRIES && (problemOf(error)?.status ?? 500) >= 500,
    },
  },
  queryCache: new QueryCache({
    onError(error, { queryKey }) {
      const sessionEnded = isProblemCode(error, "not_signed_in") && queryKey[0] !== sessionQuery.queryKey[0];
      if (sessionEnded) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  }),
});
