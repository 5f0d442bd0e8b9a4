import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import Provider, { type Configuration } from "oidc-provider";

export const CLIENT_ID = "orderseal";
export const CLIENT_SECRET = "the secret of the client, which no log may show";

/** A real identity provider (oidc-provider), with people whose claims the test sets. */
export interface TestIdentityProvider {
  readonly issuer: string;
  /** Claims by subject; a name that is typed at the sign-in page is a subject. */
  readonly people: Map<string, Readonly<Record<string, unknown>>>;
  /** How somebody proves who they are, by subject; by nothing in particular where it is not said. */
  readonly proofs: Map<string, { readonly acr?: string; readonly amr?: readonly string[] }>;
  /** How often each kind of grant was given. */
  readonly granted: Map<string, number>;
  /** How many grants were taken back by the service. */
  readonly revocations: number;
  /** The person's grants end there, as when an administrator takes them away. */
  revokeGrantsOf(subject: string): Promise<void>;
  /** Signed with the provider's key, unless `isForged`. */
  signed(claims: JWTPayload, header?: { typ?: string; isForged?: boolean }): Promise<string>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface TestIdentityProviderOptions {
  readonly port: number;
  /** Where the service is. */
  readonly service: string;
  /** The ID token says who somebody is and no more; the rest is told at the userinfo endpoint. */
  readonly tersely?: boolean;
}

export async function startIdentityProvider(options: TestIdentityProviderOptions): Promise<TestIdentityProvider> {
  const { port, tersely = false } = options;
  // Another host than the service's, so that the two are strangers to a browser.
  const issuer = `http://localhost:${port}`;
  const people: TestIdentityProvider["people"] = new Map();
  const proofs: TestIdentityProvider["proofs"] = new Map();
  const [own, forger] = await Promise.all([keyPair(), keyPair()]);
  const jwk = { ...(await exportJWK(own.privateKey)), kid: "own", alg: "ES256", use: "sig" };
  const provider = new Provider(issuer, {
    ...configuration(options.service, tersely),
    jwks: { keys: [jwk] },
    findAccount: (_context, id) =>
      people.has(id) ? { accountId: id, claims: () => ({ sub: id, ...people.get(id) }) } : undefined,
  });
  const grants = new Map<string, string[]>();
  const granted = new Map<string, number>();
  provider.on("grant.success", ({ oidc }) => {
    const kind = String(oidc.params?.grant_type);
    granted.set(kind, (granted.get(kind) ?? 0) + 1);
  });
  let revocations = 0;
  provider.on("grant.revoked", () => {
    revocations += 1;
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    const interaction = (request.url ?? "").startsWith("/interaction/");
    const work = interaction ? interact({ provider, grants, proofs }, request, response) : answer(request, response);
    void Promise.resolve(work).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await listen(server, port);
  return {
    issuer,
    people,
    proofs,
    granted,
    get revocations() {
      return revocations;
    },
    revokeGrantsOf: async (subject) => {
      for (const id of grants.get(subject) ?? []) await (await provider.Grant.find(id))?.destroy();
    },
    signed: (claims, { typ = "logout+jwt", isForged = false } = {}) =>
      new SignJWT({ iss: issuer, aud: CLIENT_ID, jti: randomBytes(8).toString("hex"), ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "own", typ })
        .setIssuedAt(claims.iat)
        .sign((isForged ? forger : own).privateKey),
    goAway: () => shut(server),
    comeBack: () => listen(server, port),
    close: () => shut(server),
  };
}

function keyPair() {
  return generateKeyPair("ES256", { extractable: true });
}

function configuration(service: string, tersely: boolean): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${service}/auth/callback`],
        post_logout_redirect_uris: [`${service}/sign-in`],
        grant_types: ["authorization_code", "refresh_token"],
        id_token_signed_response_alg: "ES256",
        backchannel_logout_uri: `${service}/auth/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: {
      openid: ["sub", "acr", "amr"],
      profile: ["preferred_username", "name", "roles", "realm_access"],
      email: ["email"],
    },
    acrValues: ["mfa"],
    conformIdTokenClaims: tersely,
    cookies: { keys: ["a key of the test"] },
    pkce: { required: () => true },
    rotateRefreshToken: () => true,
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Grant: 86_400, Session: 86_400 },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = page(
            "Sign out?",
            `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
          );
        },
      },
    },
    // Its own dispatcher reaches no loopback address, for good reasons that do not hold in a test.
    fetch: (input, { method, headers, body } = {}) =>
      fetch(input, {
        ...(method && { method }),
        ...(headers && { headers }),
        ...(body && { body }),
        redirect: "manual",
      }),
    renderError: (context, out) => {
      context.body = page(out.error, "");
    },
  };
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`;
}

/** Asks for a name; agrees to everything. */
async function interact(
  {
    provider,
    grants,
    proofs,
  }: Pick<TestIdentityProvider, "proofs"> & {
    readonly provider: Provider;
    readonly grants: Map<string, string[]>;
  },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session, uid } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    if (request.method === "POST") {
      const name = new URLSearchParams(await bodyOf(request)).get("name") ?? "";
      const { amr = [], ...proof } = proofs.get(name) ?? {};
      const result = name === "" ? { error: "access_denied" } : { login: { accountId: name, ...proof, amr: [...amr] } };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    const form = `<form method="post" action="/interaction/${uid}"><label>Name <input name="name"></label><button>Sign in</button></form>`;
    response.writeHead(200, { "content-type": "text/html" }).end(page("Identity provider", form));
    return;
  }
  const accountId = session?.accountId ?? "";
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  const grantId = await grant.save();
  grants.set(accountId, [...(grants.get(accountId) ?? []), grantId]);
  await provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
