import { fail, type Result, succeed } from "./domain/result.ts";
import { STAFF_ROLES, type StaffRole } from "./domain/roles.ts";
import type { ClaimRules } from "./domain/staff-claims.ts";

/** The identity provider that the seller's people sign in with. */
export interface OidcSettings {
  /** As the provider writes it into `iss`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which proves itself by PKCE alone. */
  readonly clientSecret: string | null;
  /** Null: the usual ones, as far as the provider has them. */
  readonly scopes: string | null;
  /** What the provider shall ask the person each time (OpenID Connect Core 1.0, section 3.1.2.1). */
  readonly prompt: string | null;
  /** How strongly somebody must have proved who they are; null: the provider decides. */
  readonly acr: readonly string[] | null;
  readonly rules: ClaimRules;
}

export const OIDC_VARIABLES = [
  "ORDERSEAL_OIDC_ISSUER",
  "ORDERSEAL_OIDC_CLIENT_ID",
  "ORDERSEAL_OIDC_CLIENT_SECRET",
  "ORDERSEAL_OIDC_SCOPES",
  "ORDERSEAL_OIDC_PROMPT",
  "ORDERSEAL_OIDC_ACR",
  "ORDERSEAL_OIDC_ROLES_CLAIM",
  "ORDERSEAL_OIDC_ROLE_MAP",
  "ORDERSEAL_OIDC_NAME_CLAIM",
] as const;

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);
/** Of scopes, and of acr values. Visible ASCII without quote and backslash (RFC 6749, section 3.3), with single blanks between. */
const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;
const PROMPTS = ["login", "consent", "select_account"];

type Variables = Readonly<Record<string, string | undefined>>;

/** Null where nothing is set: then staff does not sign in here. A fault never repeats the secret. */
export function readOidcSettings(variables: Variables, publicUrl: string): Result<OidcSettings | null, string> {
  const set = OIDC_VARIABLES.find((name) => variables[name]);
  if (set === undefined) return succeed(null);
  const { ORDERSEAL_OIDC_ISSUER: issuer = "", ORDERSEAL_OIDC_CLIENT_ID: clientId = "" } = variables;
  if (issuer === "") return fail(`${set} needs ORDERSEAL_OIDC_ISSUER: the address of your identity provider.`);
  const unfit = unfitIssuer(issuer);
  if (unfit !== null) return fail(unfit);
  if (clientId === "") {
    return fail(
      "ORDERSEAL_OIDC_ISSUER needs ORDERSEAL_OIDC_CLIENT_ID: what your identity provider calls this service.",
    );
  }
  if (!isSafe(new URL(publicUrl))) {
    return fail(
      "ORDERSEAL_OIDC_ISSUER needs an ORDERSEAL_PUBLIC_URL with https: a sign-in must not be read on its way back.",
    );
  }
  const scopes = variables.ORDERSEAL_OIDC_SCOPES || null;
  if (scopes !== null && (!SCOPES.test(scopes) || !scopes.split(" ").includes("openid"))) {
    return fail('ORDERSEAL_OIDC_SCOPES must be scopes with blanks between them, "openid" among them.');
  }
  const prompt = variables.ORDERSEAL_OIDC_PROMPT || null;
  const unknownPrompt = prompt?.split(" ").find((word) => !PROMPTS.includes(word));
  if (unknownPrompt !== undefined) {
    return fail(`ORDERSEAL_OIDC_PROMPT must be of ${PROMPTS.join(", ")}; "${unknownPrompt.slice(0, 80)}" is none.`);
  }
  const acr = variables.ORDERSEAL_OIDC_ACR || null;
  if (acr !== null && !SCOPES.test(acr)) {
    return fail('ORDERSEAL_OIDC_ACR must be one or more values with single blanks between them, such as "mfa".');
  }
  const roleMap = readRoleMap(variables.ORDERSEAL_OIDC_ROLE_MAP ?? "");
  if (!roleMap.ok) return roleMap;
  const rules = {
    rolesClaim: variables.ORDERSEAL_OIDC_ROLES_CLAIM || "roles",
    roleMap: roleMap.value,
    nameClaim: variables.ORDERSEAL_OIDC_NAME_CLAIM || null,
  };
  return succeed({
    ...{ issuer, clientId, scopes, prompt, rules, acr: acr?.split(" ") ?? null },
    clientSecret: variables.ORDERSEAL_OIDC_CLIENT_SECRET || null,
  });
}

function unfitIssuer(issuer: string): string | null {
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return 'ORDERSEAL_OIDC_ISSUER must be the https address of your identity provider, such as "https://id.example.com".';
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return "ORDERSEAL_OIDC_ISSUER must be an address without user, password, question mark and number sign.";
  }
  if (issuer.includes("/.well-known/")) {
    return "ORDERSEAL_OIDC_ISSUER must be the address before /.well-known/: the issuer itself, not its description.";
  }
  if (!isSafe(url)) {
    return `ORDERSEAL_OIDC_ISSUER must begin with https:// unless it is on this machine, not "${url.origin}".`;
  }
  return null;
}

function isSafe(url: URL): boolean {
  return url.protocol === "https:" || LOOPBACK.has(url.hostname);
}

/** "desk=contract_desk+policy_author,audit=auditor"; a comma within a value is written %2C. */
function readRoleMap(text: string): Result<ReadonlyMap<string, readonly StaffRole[]> | null, string> {
  if (text === "") return succeed(null);
  const map = new Map<string, readonly StaffRole[]>();
  for (const entry of text.split(",").map((part) => part.trim())) {
    const equals = entry.lastIndexOf("=");
    const value = decoded(entry.slice(0, Math.max(equals, 0)).trim());
    if (!value) {
      return fail(
        `ORDERSEAL_OIDC_ROLE_MAP must be such as "desk=contract_desk+policy_author,audit=auditor"; "${entry.slice(0, 80)}" is not.`,
      );
    }
    const names = entry.slice(equals + 1).split("+");
    const roles = STAFF_ROLES.filter((role) => names.some((name) => name.trim() === role));
    const unknown = names.find((name) => !STAFF_ROLES.some((role) => role === name.trim()));
    if (unknown !== undefined) {
      return fail(
        `ORDERSEAL_OIDC_ROLE_MAP knows the roles ${STAFF_ROLES.join(", ")}; "${unknown.trim().slice(0, 80)}" is none.`,
      );
    }
    map.set(value, [...(map.get(value) ?? []), ...roles]);
  }
  return succeed(map);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
