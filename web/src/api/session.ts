import { queryOptions } from "@tanstack/react-query";
import { suggestLanguage } from "../i18n/suggest-language.ts";
import { bodyOf, client } from "./client.ts";
import { problemErrorOf } from "./problem-error.ts";
import { rememberWayBack } from "./way-back.ts";

export type Session = Awaited<ReturnType<typeof fetchSession>>;
export type Permission = Session["permissions"][number];

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

/** What a session says of its reader holds before the first page is drawn. */
async function fetchSession() {
  const session = await bodyOf(client.GET("/v1/session"));
  suggestLanguage(session.language);
  if (session.signedIn) rememberWayBack(session.returnUrl);
  return session;
}
