import { createHash, randomBytes } from "node:crypto";
import type { ClaimRules } from "../domain/staff-claims.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import type { IdentityProvider, ProviderTokens } from "./identity-provider.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";
import type { SecretBox } from "./secret-box.ts";
import type { SignIn, SignInStore } from "./sign-in-books.ts";

/** All that signing in with the seller's identity provider needs. */
export interface StaffSignIn {
  readonly provider: IdentityProvider;
  readonly rules: ClaimRules;
  /** One of these must stand in the ID token as `acr` or among `amr`; null: the provider decides. */
  readonly demanded: readonly string[] | null;
  readonly store: SignInStore;
  /** For verifiers and tokens, each locked for the state or session that it belongs to. */
  readonly secrets: SecretBox;
}

export interface SignInPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly staffSignIn: StaffSignIn;
}

/** Of what the provider has done to a session, and not the person who holds it. */
export const BY_PROVIDER: Actor = { kind: "system", id: "identity-provider" };

/** Roles that were read longer ago are believed no more, whatever keeps the provider from answering. */
export const ROLES_BELIEVED_MS = 3_600_000;
/** An access token may live for a day; a role that was taken away should not. */
const LONGEST_UNTIL_RENEWAL_MS = 15 * 60_000;
/** Not with every request, however short the tokens of a provider live. */
const SHORTEST_UNTIL_RENEWAL_MS = 60_000;

/** When the roles are read again: at the end of the access token, or when they are not believed any more. */
export function renewalAfter(at: Instant, { refreshToken, lifeSeconds }: Omit<ProviderTokens, "idToken">): Instant {
  if (refreshToken === null) return instantOf(at + ROLES_BELIEVED_MS);
  const lifeMs = lifeSeconds === null ? LONGEST_UNTIL_RENEWAL_MS : lifeSeconds * 1_000;
  return instantOf(at + Math.min(Math.max(lifeMs, SHORTEST_UNTIL_RENEWAL_MS), LONGEST_UNTIL_RENEWAL_MS));
}

/** 256 random bits, also fit for a PKCE verifier (RFC 7636, section 4.1). */
export function newNonce(): string {
  return randomBytes(32).toString("base64url");
}

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

type Kept = "verifier" | "id token" | "refresh token";

/** `owner`: the hash of the state or of the session; a secret that was moved to another one, or swapped, does not open. */
export function lockKept(secrets: SecretBox, kept: Kept, owner: string, secret: string): Uint8Array {
  return secrets.lock(new TextEncoder().encode(secret), `${owner} ${kept}`);
}

export function openKept(secrets: SecretBox, kept: Kept, owner: string, locked: Uint8Array): string | null {
  const secret = secrets.open(locked, `${owner} ${kept}`);
  return secret && new TextDecoder().decode(secret);
}

export function lockTokens(
  secrets: SecretBox,
  tokenSha256: string,
  { idToken, refreshToken }: Omit<ProviderTokens, "lifeSeconds">,
): Pick<SignIn, "idToken" | "refreshToken"> {
  return {
    idToken: lockKept(secrets, "id token", tokenSha256, idToken),
    refreshToken: refreshToken === null ? null : lockKept(secrets, "refresh token", tokenSha256, refreshToken),
  };
}
