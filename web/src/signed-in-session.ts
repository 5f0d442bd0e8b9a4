import { redirect } from "@tanstack/react-router";
import { queryClient } from "./api/query-client.ts";
import { type Permission, type Session, sessionQuery } from "./api/session.ts";
import { PATHS } from "./paths.ts";

/** Whoever is not signed in goes to the sign-in, and from there on to where they wanted. */
export async function signedInSession(wanted: string): Promise<Session> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session.signedIn) return session;
  // The orders are where a buyer gets anyway, and where nobody of the seller begins.
  throw redirect({ to: PATHS.signIn, search: wanted === PATHS.orders ? {} : { next: wanted } });
}

/** Pages that the reader's roles do not open are offered nowhere; who has kept a link is shown what there is. */
export async function demand(permission: Permission): Promise<void> {
  const { permissions } = await queryClient.ensureQueryData(sessionQuery);
  if (!permissions.includes(permission)) throw redirect({ to: PATHS.desk });
}
