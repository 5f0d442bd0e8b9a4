import { instantOf } from "../domain/time.ts";
import { hashOfSecret } from "./access.ts";
import type { ProviderFault } from "./identity-provider.ts";
import type { Clock, Ledger } from "./ports.ts";
import { endSessionWithin } from "./sessions.ts";
import { BY_PROVIDER, openKept, type SignInPorts, type StaffSignIn, sha256Hex } from "./staff-sign-in.ts";

interface SignOutPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly staffSignIn: StaffSignIn | null;
}

/**
 * Ends the session at once, everywhere. Answers where the browser goes to end the identity provider's session as well;
 * null when there is none to end.
 */
export async function signOut(
  { ledger, clock, staffSignIn }: SignOutPorts,
  token: string,
  from: string,
): Promise<string | null> {
  const tokenSha256 = hashOfSecret(token);
  const signIn = await ledger.transaction(async (transaction) => {
    const kept = await transaction.signIn(tokenSha256);
    const isEnded = await endSessionWithin(transaction, tokenSha256, { at: clock.now(), from, detail: {} });
    return isEnded ? kept : null;
  });
  if (signIn === null || staffSignIn === null) return null;
  const { provider, secrets } = staffSignIn;
  const refreshToken = signIn.refreshToken && openKept(secrets, "refresh token", tokenSha256, signIn.refreshToken);
  // A grant for offline access outlives the provider's session; nobody waits for its end.
  if (refreshToken !== null) void provider.revoke(signIn.issuer, refreshToken);
  const idToken = openKept(secrets, "id token", tokenSha256, signIn.idToken);
  return idToken && provider.signOutUrl(signIn.issuer, idToken);
}

export type HeardLogout =
  | { readonly kind: "heard"; readonly sessions: number }
  | { readonly kind: "replayed" }
  | ProviderFault;

/** Longer than the provider's tokens are accepted for (src/openid-provider.ts). */
const REPLAYS_KNOWN_MS = 3_600_000;

/** Ends what the provider says has ended there (OpenID Connect Back-Channel Logout 1.0, section 2.7). */
export async function hearLogout(
  { ledger, clock, staffSignIn: { provider } }: SignInPorts,
  logoutToken: string,
): Promise<HeardLogout> {
  const notice = await provider.readLogoutToken(logoutToken);
  if (notice.kind !== "notice") return notice;
  return ledger.transaction(async (transaction): Promise<HeardLogout> => {
    const at = clock.now();
    const jtiSha256 = sha256Hex(JSON.stringify([notice.issuer, notice.jti]));
    const isNew = await transaction.noteLogoutToken(jtiSha256, at, instantOf(at + REPLAYS_KNOWN_MS));
    if (!isNew) return { kind: "replayed" };
    const sessions = await transaction.sessionsOf(notice);
    for (const session of sessions) {
      await endSessionWithin(transaction, session, { at, actor: BY_PROVIDER, detail: { reason: "provider_logout" } });
    }
    return { kind: "heard", sessions: sessions.length };
  });
}
