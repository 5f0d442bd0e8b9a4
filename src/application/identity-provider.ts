import type { Claims } from "../domain/staff-claims.ts";

/** Why the identity provider gave nothing: a short code for the log, never what a token or a person says. */
export interface ProviderFault {
  /** `unavailable`: it may answer later. `refused`: it said no, or what it said is not to be trusted. */
  readonly kind: "unavailable" | "refused";
  readonly reason: string;
}

/** What the browser takes to the provider and back, and what never leaves us. */
interface SignInSecrets {
  readonly state: string;
  /** Comes back inside of the ID token. */
  readonly nonce: string;
  /** RFC 7636: only its hash goes out at first. */
  readonly verifier: string;
}

export interface ProviderTokens {
  readonly idToken: string;
  readonly refreshToken: string | null;
  /** How long the access token lives; null where the provider does not say. */
  readonly lifeSeconds: number | null;
}

/** Somebody whom the provider has signed in; every signature and claim was checked. */
export interface IdentifiedPerson extends ProviderTokens {
  readonly kind: "identified";
  readonly issuer: string;
  readonly subject: string;
  /** The ID token's `acr` and `amr`. */
  readonly provedBy: readonly string[];
  readonly sid: string | null;
  readonly claims: Claims;
}

export interface RenewedGrant extends ProviderTokens {
  readonly kind: "renewed";
  /** Null: the grant stands and has a new token, but what the person may do could not be asked. */
  readonly claims: Claims | null;
}

export interface LogoutNotice {
  readonly kind: "notice";
  readonly issuer: string;
  readonly jti: string;
  /** At least one of the two. */
  readonly subject: string | null;
  readonly sid: string | null;
}

/** The seller's identity provider. Never throws for what it or the network does, and answers in bounded time. */
export interface IdentityProvider {
  /** Where the browser is sent to. */
  signInUrl(secrets: SignInSecrets): Promise<{ readonly kind: "url"; readonly url: string } | ProviderFault>;
  /** `query`: what the browser came back with. */
  redeemCode(query: string, secrets: SignInSecrets): Promise<IdentifiedPerson | ProviderFault>;
  renew(
    of: { issuer: string; subject: string },
    tokens: { idToken: string; refreshToken: string },
  ): Promise<RenewedGrant | ProviderFault>;
  /** Where the browser ends the provider's own session; null where the provider offers no such thing, or is away. */
  signOutUrl(issuer: string, idToken: string): Promise<string | null>;
  /** RFC 7009, as far as the provider has it; what fails is not said. */
  revoke(issuer: string, refreshToken: string): Promise<void>;
  /** OpenID Connect Back-Channel Logout 1.0, section 2.6, but for replays. */
  readLogoutToken(token: string): Promise<LogoutNotice | ProviderFault>;
}
