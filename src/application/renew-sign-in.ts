import { rolesOfClaims } from "../domain/staff-claims.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { hashOfSecret } from "./access.ts";
import { BooksUnavailable } from "./books-unavailable.ts";
import type { RenewedGrant } from "./identity-provider.ts";
import { auditSession, endSessionWithin } from "./sessions.ts";
import type { SignIn } from "./sign-in-books.ts";
import {
  BY_PROVIDER,
  lockTokens,
  openKept,
  ROLES_BELIEVED_MS,
  renewalAfter,
  type SignInPorts,
} from "./staff-sign-in.ts";

/** What has become of a session: its roles are as they were read, are others now, or it has ended. */
type Standing = "unchanged" | "changed" | "ended";

/** Longer than the provider may take for all of its answers; so long nobody else asks it. */
const CLAIM_MS = 30_000;
/** A provider that is away is not asked with every request. */
const ASK_AGAIN_MS = 60_000;

/** Asks the provider again, where it is time to, before a session is relied upon. */
export interface SignInKeeper {
  /** `report` is told a short code when the provider could not be asked. Throws `BooksUnavailable`. */
  keep(token: string, report: (reason: string) => void): Promise<Standing>;
}

/** Requests of one session that come at the same time wait for one answer of the provider, and ask it once. */
export function openSignInKeeper(ports: SignInPorts): SignInKeeper {
  const running = new Map<string, Promise<Standing>>();
  return {
    keep: async (token, report) => {
      const tokenSha256 = hashOfSecret(token);
      const begun = running.get(tokenSha256);
      if (begun) return begun;
      const keeping = keepSignIn(ports, tokenSha256, report).finally(() => running.delete(tokenSha256));
      running.set(tokenSha256, keeping);
      return keeping;
    },
  };
}

async function keepSignIn(
  ports: SignInPorts,
  tokenSha256: string,
  report: (reason: string) => void,
): Promise<Standing> {
  const { store } = ports.staffSignIn;
  const at = ports.clock.now();
  const due = await store.renewalOf(tokenSha256);
  if (due === null) return "ended";
  if (at < due.renewAt) return "unchanged";
  const believedUntil = instantOf(due.rolesReadAt + ROLES_BELIEVED_MS);
  const signIn = await store.claimRenewal(tokenSha256, at, instantOf(at + CLAIM_MS));
  if (signIn) return renew(ports, { tokenSha256, signIn, at, believedUntil, report });
  // Another node asks at this moment, or the provider was away a moment ago.
  if (at < believedUntil) return "unchanged";
  const now = await store.renewalOf(tokenSha256);
  if (now === null || now.renewAt > at) return now === null ? "ended" : "changed";
  throw new BooksUnavailable("busy", new Error("a sign-in is being renewed by another node"));
}

interface Renewal {
  readonly tokenSha256: string;
  readonly signIn: SignIn;
  readonly at: Instant;
  readonly believedUntil: Instant;
  readonly report: (reason: string) => void;
}

async function renew(ports: SignInPorts, renewal: Renewal): Promise<Standing> {
  const { provider, store, secrets } = ports.staffSignIn;
  const { tokenSha256, signIn, at, believedUntil } = renewal;
  const idToken = openKept(secrets, "id token", tokenSha256, signIn.idToken);
  const refreshToken = signIn.refreshToken && openKept(secrets, "refresh token", tokenSha256, signIn.refreshToken);
  if (idToken === null || refreshToken === null) return end(ports, tokenSha256, "not_renewable");
  const answer = await provider.renew(signIn, { idToken, refreshToken });
  if (answer.kind === "renewed") return enter(ports, renewal, answer);
  renewal.report(answer.reason);
  if (answer.kind === "refused") return end(ports, tokenSha256, "grant_refused");
  if (at >= believedUntil) return end(ports, tokenSha256, "provider_unavailable");
  // Not beyond the time when the roles are believed no more: then one last question decides.
  await store.putOffRenewal(tokenSha256, instantOf(Math.min(at + ASK_AGAIN_MS, believedUntil)));
  return "unchanged";
}

/** Writes down what the provider has said; a new token also where it has not said everything, for the old one is used up. */
async function enter(ports: SignInPorts, renewal: Renewal, grant: RenewedGrant): Promise<Standing> {
  const { ledger, clock, staffSignIn } = ports;
  const { tokenSha256, signIn, at, believedUntil, report } = renewal;
  const { claims } = grant;
  if (claims === null) report("no_claims");
  const standing = await ledger.transaction(async (transaction): Promise<Standing> => {
    const now = clock.now();
    const session = await transaction.lockSession(tokenSha256);
    if (session?.holder.kind !== "staff") return "ended";
    const before = session.holder.roles;
    const roles = claims === null ? before : rolesOfClaims(claims, staffSignIn.rules);
    const reason =
      roles.length === 0 ? "no_role" : at >= believedUntil && claims === null ? "provider_unavailable" : null;
    if (reason !== null) {
      await endSessionWithin(transaction, tokenSha256, { at: now, actor: BY_PROVIDER, detail: { reason } });
      return "ended";
    }
    const isChanged = roles.join() !== before.join();
    if (isChanged) {
      await transaction.changeRoles(tokenSha256, roles);
      await auditSession(transaction, {
        ...{ action: "session.roles_changed", at: now, actor: BY_PROVIDER },
        session: { ...session, holder: { ...session.holder, roles } },
        detail: { before: before.join(",") },
      });
    }
    const nextTry = instantOf(Math.min(now + ASK_AGAIN_MS, believedUntil));
    await transaction.renewSignIn(tokenSha256, {
      ...lockTokens(staffSignIn.secrets, tokenSha256, grant),
      rolesReadAt: claims === null ? signIn.rolesReadAt : now,
      renewAt: claims === null ? nextTry : renewalAfter(now, grant),
    });
    return isChanged ? "changed" : "unchanged";
  });
  // Whoever signed out meanwhile meant this grant as well.
  if (standing === "ended" && grant.refreshToken !== null) {
    void staffSignIn.provider.revoke(signIn.issuer, grant.refreshToken);
  }
  return standing;
}

async function end({ ledger, clock }: SignInPorts, tokenSha256: string, reason: string): Promise<Standing> {
  await ledger.transaction((transaction) =>
    endSessionWithin(transaction, tokenSha256, { at: clock.now(), actor: BY_PROVIDER, detail: { reason } }),
  );
  return "ended";
}
