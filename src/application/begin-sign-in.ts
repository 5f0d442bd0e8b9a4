import { type Instant, instantOf } from "../domain/time.ts";
import { hashOfSecret, newSecret } from "./access.ts";
import type { ProviderFault } from "./identity-provider.ts";
import { lockKept, newNonce, type SignInPorts } from "./staff-sign-in.ts";

/** For a password, a second factor, and whoever is called away in between. */
const PENDING_MINUTES = 10;
const BROWSER_SECRET = /^osb_[\w-]{43}$/;

export interface BegunSignIn {
  readonly kind: "begun";
  /** At the provider. */
  readonly url: string;
  /** For a cookie: only the browser that began can finish. */
  readonly browser: string;
  readonly expiresAt: Instant;
}

/** `next`: the page that was wanted, a path of ours. `browser`: what the cookie says, for a second tab of the same one. */
export async function beginSignIn(
  { clock, staffSignIn: { provider, store, secrets } }: Pick<SignInPorts, "clock" | "staffSignIn">,
  { next, browser: known }: { readonly next: string; readonly browser: string | null },
): Promise<BegunSignIn | ProviderFault> {
  const [state, nonce, verifier] = [newNonce(), newNonce(), newNonce()];
  const redirect = await provider.signInUrl({ state, nonce, verifier });
  if (redirect.kind !== "url") return redirect;
  const browser = known !== null && BROWSER_SECRET.test(known) ? known : newSecret("osb");
  const at = clock.now();
  const expiresAt = instantOf(at + PENDING_MINUTES * 60_000);
  const stateSha256 = hashOfSecret(state);
  const pending = {
    ...{ stateSha256, nonce, next, expiresAt },
    browserSha256: hashOfSecret(browser),
    verifier: lockKept(secrets, "verifier", stateSha256, verifier),
  };
  await store.savePending(pending, at);
  return { kind: "begun", url: redirect.url, browser, expiresAt };
}
