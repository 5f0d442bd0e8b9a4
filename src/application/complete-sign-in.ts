import { nameOfClaims, rolesOfClaims } from "../domain/staff-claims.ts";
import type { Instant } from "../domain/time.ts";
import { hashOfSecret } from "./access.ts";
import type { IdentifiedPerson, ProviderFault } from "./identity-provider.ts";
import { endSessionWithin, openSessionWithin } from "./sessions.ts";
import { lockTokens, openKept, renewalAfter, type SignInPorts } from "./staff-sign-in.ts";

/** A browser that has come back from the provider. */
export interface ReturnedBrowser {
  /** As it came; whatever stands in it may be anybody's. */
  readonly query: string;
  readonly state: string;
  /** What its cookie says. */
  readonly browser: string | null;
  /** The session that it still has: it ends where a new one begins. */
  readonly session: string | null;
  readonly from: string;
}

export type CompletedSignIn =
  | { readonly kind: "signed_in"; readonly token: string; readonly expiresAt: Instant; readonly next: string }
  /** It took too long, or is done. */
  | { readonly kind: "expired" }
  /** Somebody else began it, and would sign this browser in as themselves. */
  | { readonly kind: "other_browser" }
  | { readonly kind: "no_role" }
  /** Not with the second factor, or what else the seller demands. */
  | { readonly kind: "too_weak" }
  | ProviderFault;

/** Signs in whom the provider has identified, once for each sign-in that was begun. */
export async function completeSignIn(ports: SignInPorts, returned: ReturnedBrowser): Promise<CompletedSignIn> {
  const { clock, staffSignIn } = ports;
  const { provider, store, secrets } = staffSignIn;
  const pending = await store.takePending(hashOfSecret(returned.state));
  if (pending === null || pending.expiresAt <= clock.now()) return { kind: "expired" };
  if (returned.browser === null || hashOfSecret(returned.browser) !== pending.browserSha256) {
    return { kind: "other_browser" };
  }
  const verifier = openKept(secrets, "verifier", pending.stateSha256, pending.verifier);
  // The master key has changed since.
  if (verifier === null) return { kind: "expired" };
  const { state, query } = returned;
  const person = await provider.redeemCode(query, { state, nonce: pending.nonce, verifier });
  if (person.kind !== "identified") return person;
  return admit(ports, person, returned, pending.next);
}

async function admit(
  { ledger, clock, staffSignIn: { rules, demanded, secrets } }: SignInPorts,
  person: IdentifiedPerson,
  { session: former, from }: ReturnedBrowser,
  next: string,
): Promise<CompletedSignIn> {
  const { issuer, subject, sid, claims } = person;
  const roles = rolesOfClaims(claims, rules);
  const isStrong = demanded === null || demanded.some((value) => person.provedBy.includes(value));
  const refused = isStrong ? (roles.length === 0 ? "no_role" : null) : "too_weak";
  const wanted = nameOfClaims(claims, rules) ?? subject;
  return ledger.transaction(async (transaction): Promise<CompletedSignIn> => {
    const at = clock.now();
    if (refused !== null) {
      await transaction.audit({
        ...{ at, actor: { kind: "desk", id: wanted, from }, account: null, policyVersion: null },
        ...{ action: "sign_in.refused", objectKind: "session", objectId: wanted },
        detail: { source: "oidc", reason: refused, issuer, subject },
      });
      return { kind: refused };
    }
    const candidates = [wanted, `${wanted} (${subject})`, `${subject} (${issuer})`];
    const name = await transaction.nameOfStaff(issuer, subject, candidates, at);
    if (former !== null) {
      await endSessionWithin(transaction, hashOfSecret(former), { at, from, detail: { reason: "signed_in_again" } });
    }
    const holder = { kind: "staff", roles, name } as const;
    const wantedSession = { holder, source: "oidc", cameBy: { issuer, subject } } as const;
    const { token, expiresAt } = await openSessionWithin(transaction, at, wantedSession, from);
    const tokenSha256 = hashOfSecret(token);
    await transaction.saveSignIn(tokenSha256, {
      ...{ issuer, subject, sid, rolesReadAt: at, renewAt: renewalAfter(at, person) },
      ...lockTokens(secrets, tokenSha256, person),
    });
    return { kind: "signed_in", token, expiresAt, next };
  });
}
