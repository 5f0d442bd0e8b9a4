import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import { problemErrorOf } from "./problem-error.ts";

export type Session = Awaited<ReturnType<typeof fetchSession>>;

/** Who is signed in; asked once and kept until somebody signs in or out. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: fetchSession,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Ends the session; answers where the identity provider's own is ended, null where it has none. */
export async function signOut(): Promise<string | null> {
  const { data, error, response } = await client.DELETE("/v1/session");
  if (!response.ok) throw problemErrorOf(error);
  return data?.signOutUrl ?? null;
}

function fetchSession() {
  return bodyOf(client.GET("/v1/session"));
}
