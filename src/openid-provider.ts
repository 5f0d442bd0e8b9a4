import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomState,
  refreshTokenGrant,
  tokenRevocation,
} from "openid-client";
import type {
  IdentifiedPerson,
  IdentityProvider,
  ProviderFault,
  RenewedGrant,
} from "./application/identity-provider.ts";
import { type Claims, saysEnough } from "./domain/staff-claims.ts";
import { logoutTokenReader } from "./logout-token.ts";
import type { OidcSettings } from "./oidc-settings.ts";
import { openDiscovery } from "./openid-discovery.ts";
import { providerFault } from "./openid-faults.ts";

const USUAL_SCOPES = ["openid", "profile", "email", "offline_access"];
/** Beyond, addresses are cut off on the way; the provider then asks the person before it signs them out. */
const LONGEST_HINT = 4_096;

/**
 * The seller's identity provider over the network, by OpenID Connect Core 1.0: authorization code with PKCE (RFC 7636),
 * state and nonce, and with the signature of each ID token checked, also of those that came over TLS.
 */
export function openOpenidProvider(settings: OidcSettings, publicUrl: string): IdentityProvider {
  const redirectUri = new URL(`${publicUrl}/auth/callback`).href;
  const discover = openDiscovery(settings);
  const logoutTokens = logoutTokenReader(settings.clientId);
  /** What belongs to another provider, from before the setting was changed, is not told to this one. */
  const discoverFor = async (issuer: string): Promise<Configuration> => {
    const configuration = await discover();
    if (new URL(configuration.serverMetadata().issuer).origin === new URL(issuer).origin) return configuration;
    throw new OtherProvider();
  };
  return {
    signInUrl: async ({ state, nonce, verifier }) => {
      try {
        const configuration = await discover();
        const url = buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: settings.scopes ?? usualScopes(configuration),
          ...{ state, nonce },
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          ...(settings.prompt !== null && { prompt: settings.prompt }),
          ...(settings.acr !== null && { acr_values: settings.acr.join(" ") }),
        });
        return { kind: "url", url: url.href };
      } catch (error) {
        return providerFault(error);
      }
    },
    redeemCode: (query, { state, nonce, verifier }) =>
      orFault(async (): Promise<IdentifiedPerson> => {
        const configuration = await discover();
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        };
        const tokens = await authorizationCodeGrant(configuration, new URL(redirectUri + query), checks);
        const claims = tokens.claims();
        if (claims === undefined || tokens.id_token === undefined) throw new Error("no ID token in spite of the check");
        return {
          kind: "identified",
          issuer: claims.iss,
          subject: claims.sub,
          provedBy: provedBy(claims),
          sid: typeof claims.sid === "string" ? claims.sid : null,
          claims: await wholeClaims(configuration, tokens.access_token, claims.sub, claims),
          idToken: tokens.id_token,
          refreshToken: tokens.refresh_token ?? null,
          lifeSeconds: tokens.expires_in ?? null,
        };
      }),
    renew: ({ issuer, subject }, { idToken, refreshToken }) =>
      orFault(async (): Promise<RenewedGrant | ProviderFault> => {
        const configuration = await discoverFor(issuer);
        const tokens = await refreshTokenGrant(configuration, refreshToken);
        const claims = tokens.claims();
        // OpenID Connect Core 1.0, section 12.2: the same issuer and subject as at first.
        if (claims && (claims.iss !== issuer || claims.sub !== subject)) {
          return { kind: "refused", reason: "another_person" };
        }
        return {
          kind: "renewed",
          // The grant is good, and its token new, whatever keeps the claims.
          claims: await wholeClaims(configuration, tokens.access_token, subject, claims ?? {}).catch(() => null),
          idToken: tokens.id_token ?? idToken,
          refreshToken: tokens.refresh_token ?? refreshToken,
          lifeSeconds: tokens.expires_in ?? null,
        };
      }),
    signOutUrl: async (issuer, idToken) => {
      try {
        const configuration = await discoverFor(issuer);
        if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
        return buildEndSessionUrl(configuration, {
          ...(idToken.length <= LONGEST_HINT && { id_token_hint: idToken }),
          post_logout_redirect_uri: new URL(`${publicUrl}/sign-in`).href,
          state: randomState(),
        }).href;
      } catch {
        return null;
      }
    },
    revoke: async (issuer, refreshToken) => {
      try {
        const configuration = await discoverFor(issuer);
        if (configuration.serverMetadata().revocation_endpoint === undefined) return;
        await tokenRevocation(configuration, refreshToken, { token_type_hint: "refresh_token" });
      } catch {
        // It ends by itself; the session here has ended already.
      }
    },
    readLogoutToken: (token) => orFault(async () => logoutTokens.read((await discover()).serverMetadata(), token)),
  };

  /** Providers that say little in the ID token say the rest where they are asked with the access token (section 5.3). */
  async function wholeClaims(
    configuration: Configuration,
    accessToken: string,
    subject: string,
    claims: Claims,
  ): Promise<Claims> {
    if (saysEnough(claims, settings.rules)) return claims;
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more = await fetchUserInfo(configuration, accessToken, subject);
    return { ...more, ...claims };
  }
}

class OtherProvider extends Error {}

async function orFault<Answer>(ask: () => Promise<Answer>): Promise<Answer | ProviderFault> {
  try {
    return await ask();
  } catch (error) {
    return error instanceof OtherProvider ? { kind: "refused", reason: "another_provider" } : providerFault(error);
  }
}

/** Some refuse a scope that they do not know; a provider that lists none has to know all of them. */
function usualScopes(configuration: Configuration): string {
  const { scopes_supported: supported } = configuration.serverMetadata();
  return USUAL_SCOPES.filter((scope) => scope === "openid" || (supported?.includes(scope) ?? true)).join(" ");
}

/** OpenID Connect Core 1.0, section 2: how strongly (`acr`) and by which means (`amr`) somebody has proved who they are. */
function provedBy({ acr, amr }: Claims): readonly string[] {
  return [acr, ...(Array.isArray(amr) ? amr : [])].filter((value) => typeof value === "string");
}
