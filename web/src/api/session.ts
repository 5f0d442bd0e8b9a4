import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";

export type Session = Awaited<ReturnType<typeof fetchSession>>;

/** Who is signed in; asked once and kept until somebody signs in or out. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: fetchSession,
  staleTime: Number.POSITIVE_INFINITY,
});

export function signOut(): Promise<void> {
  return agreed(client.DELETE("/v1/session"));
}

function fetchSession() {
  return bodyOf(client.GET("/v1/session"));
}
