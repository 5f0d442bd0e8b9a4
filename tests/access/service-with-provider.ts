import { freePort } from "../free-port.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startIdentityProvider,
  type TestIdentityProvider,
  type TestIdentityProviderOptions,
} from "./identity-provider.ts";

export interface ServiceWithProvider {
  readonly server: TestServer;
  readonly provider: TestIdentityProvider;
  close(): Promise<void>;
}

/** The service starts first: it does not need its provider for that. */
export async function startServiceWithProvider(
  settings: Readonly<Record<string, string>> = {},
  options: Pick<TestIdentityProviderOptions, "tersely"> = {},
): Promise<ServiceWithProvider> {
  const port = await freePort();
  const server = await startTestServer({
    ORDERSEAL_OIDC_ISSUER: `http://localhost:${port}`,
    ORDERSEAL_OIDC_CLIENT_ID: CLIENT_ID,
    ORDERSEAL_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    // It keeps to the letter: no offline access without it (OpenID Connect Core 1.0, section 11).
    ORDERSEAL_OIDC_PROMPT: "consent",
    ...settings,
  });
  const provider = await startIdentityProvider({ port, service: server.url, ...options });
  const close = async () => {
    await server.close();
    await provider.close();
  };
  return { server, provider, close };
}
