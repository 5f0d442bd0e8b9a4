import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";
import type { ServerMetadata } from "openid-client";
import type { LogoutNotice, ProviderFault } from "./application/identity-provider.ts";
import { PROVIDER_TIMEOUT_SECONDS } from "./openid-discovery.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** With public keys only: a shared secret would let whoever has it sign people out, and "none" everybody. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
/** Older ones need not be remembered as used. */
const OLDEST = "10 minutes";
const CLOCKS_DIFFER_SECONDS = 30;

export interface LogoutTokenReader {
  /** Throws what jose throws, and what the network does. */
  read(server: ServerMetadata, token: string): Promise<LogoutNotice | ProviderFault>;
}

/** Checks logout tokens as OpenID Connect Back-Channel Logout 1.0, section 2.6 says; that it is no replay is the caller's. */
export function logoutTokenReader(clientId: string): LogoutTokenReader {
  const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();
  return {
    async read({ issuer, jwks_uri: address }, token) {
      if (address === undefined) return refused("no_jwks_uri");
      const keys =
        keySets.get(address) ??
        createRemoteJWKSet(new URL(address), { timeoutDuration: PROVIDER_TIMEOUT_SECONDS * 1_000 });
      keySets.set(address, keys);
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: issuer,
        audience: clientId,
        algorithms: ALGORITHMS,
        maxTokenAge: OLDEST,
        clockTolerance: CLOCKS_DIFFER_SECONDS,
        requiredClaims: ["jti", "events"],
      });
      if (!/^(?:application\/)?(?:logout\+)?jwt$/i.test(protectedHeader.typ ?? "JWT")) return refused("typ");
      return noticeOf(payload);
    },
  };
}

function noticeOf({ iss, jti, sub, sid, events, nonce }: JWTPayload): LogoutNotice | ProviderFault {
  if (iss === undefined || jti === undefined || jti === "") return refused("jti");
  // An ID token has one: it must not end a session.
  if (nonce !== undefined) return refused("nonce");
  const event: unknown = Object.entries(events ?? {}).find(([name]) => name === EVENT)?.[1];
  if (typeof event !== "object" || event === null || Array.isArray(event)) return refused("events");
  if (sid !== undefined && typeof sid !== "string") return refused("sid");
  if (sub !== undefined && typeof sub !== "string") return refused("sub");
  if (sub === undefined && sid === undefined) return refused("nobody");
  return { kind: "notice", issuer: iss, jti, subject: sub ?? null, sid: sid ?? null };
}

function refused(reason: string): ProviderFault {
  return { kind: "refused", reason: `logout_token_${reason}` };
}
