import { errors as joseErrors } from "jose";
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "openid-client";
import type { ProviderFault } from "./application/identity-provider.ts";

/** The provider's own words for "not now" (RFC 6749, section 4.1.2.1). */
const NOT_NOW = new Set(["temporarily_unavailable", "server_error", "slow_down"]);
/** What a proxy before it, or a provider that is being restarted, answers. */
const NO_ANSWER = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
  "ERR_JWKS_TIMEOUT",
  "ERR_JOSE_GENERIC",
]);

/** Whether it may go better later, and a code for the log: codes alone, since messages may quote tokens and persons. */
export function providerFault(error: unknown): ProviderFault {
  if (error instanceof AuthorizationResponseError) return fault(NOT_NOW.has(error.error), error.error);
  if (error instanceof ResponseBodyError) {
    // That our secret is wrong says nothing about the person: it is the operator who can mend it.
    return fault(error.error !== "invalid_grant", error.error);
  }
  if (error instanceof WWWAuthenticateChallengeError) return fault(true, `status_${error.status}`);
  if (error instanceof ClientError || error instanceof joseErrors.JOSEError) {
    const code = error.code ?? "unexpected";
    return fault(NO_ANSWER.has(code), code);
  }
  // As fetch tells that there was no connection.
  if (error instanceof TypeError && error.message === "fetch failed") return fault(true, "unreachable");
  return fault(false, error instanceof Error ? error.name : "unexpected");
}

function fault(mayPass: boolean, reason: string): ProviderFault {
  const code = /^[\w.-]{1,60}$/.test(reason) ? reason : "unexpected";
  return { kind: mayPass ? "unavailable" : "refused", reason: code };
}
