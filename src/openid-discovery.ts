import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from "openid-client";
import type { OidcSettings } from "./oidc-settings.ts";

/** For each answer of the provider; four of them fit into the claim on a renewal (src/application/renew-sign-in.ts). */
export const PROVIDER_TIMEOUT_SECONDS = 5;
const ANEW_AFTER_MS = 3_600_000;
const AGAIN_AFTER_MS = 60_000;

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0), asked when it is first needed, and after an hour again,
 * so that a provider which is away keeps nothing from starting, and what it changes is noticed. Throws while it has never
 * been reached.
 */
export function openDiscovery(settings: OidcSettings): () => Promise<Configuration> {
  let known: Configuration | null = null;
  let goodUntilMs = 0;
  let asking: Promise<Configuration> | null = null;
  const ask = async (): Promise<Configuration> => {
    try {
      known = await discoverProvider(settings);
      goodUntilMs = performance.now() + ANEW_AFTER_MS;
      return known;
    } catch (error) {
      if (known === null) throw error;
      // What it said an hour ago is most likely still so.
      goodUntilMs = performance.now() + AGAIN_AFTER_MS;
      return known;
    } finally {
      asking = null;
    }
  };
  return async () => {
    if (known !== null && performance.now() < goodUntilMs) return known;
    asking ??= ask();
    return asking;
  };
}

function discoverProvider({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const isPlain = issuer.startsWith("http:");
  return discovery(new URL(issuer), clientId, {}, clientSecret === null ? None() : authentication(clientSecret), {
    timeout: PROVIDER_TIMEOUT_SECONDS,
    // Plain http is only for a provider on this machine (src/oidc-settings.ts).
    execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
  });
}

/** OpenID Connect Core 1.0, section 9: by HTTP Basic, unless the provider only takes the secret in the body. */
function authentication(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const takes = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const prove = takes.includes("client_secret_basic") || !takes.includes("client_secret_post") ? basic : post;
    prove(server, ...rest);
  };
}
