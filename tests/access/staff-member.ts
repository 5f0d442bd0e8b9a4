import type { TestServer } from "../test-server.ts";
import { type Arrival, CookieBrowser } from "./cookie-browser.ts";

/** As GET /v1/session tells. */
export interface SessionState {
  readonly signedIn: boolean;
  readonly permissions: readonly string[];
  readonly staff: { readonly person: string; readonly roles: readonly string[] } | null;
}

/** Somebody of the seller at a browser of their own. */
export class StaffMember {
  readonly browser = new CookieBrowser();
  readonly #url: string;

  constructor({ url }: Pick<TestServer, "url">) {
    this.#url = url;
  }

  /** To the provider's page and through it, up to the address that leads back to us, which is not opened yet. */
  async comeBackAs(subject: string, next?: string): Promise<string> {
    const arrival = await this.browser.follow(this.signInUrl(next), {}, this.#isCallback);
    if (this.#isCallback(arrival.url)) return arrival.url;
    const action = /action="([^"]+)"/.exec(await arrival.response.text())?.[1];
    if (action === undefined) throw new Error(`no form at ${arrival.url}`);
    const form = { method: "POST", body: new URLSearchParams({ name: subject }) };
    const back = await this.browser.follow(new URL(action, arrival.url).href, form, this.#isCallback);
    if (!this.#isCallback(back.url)) throw new Error(`${back.url}: ${await back.response.text()}`);
    return back.url;
  }

  /** Where the whole sign-in ends. */
  async signIn(subject: string, next?: string): Promise<string> {
    return this.open(await this.comeBackAs(subject, next));
  }

  /** Opens one address of ours; where it sends the browser. */
  async open(url: string): Promise<string> {
    const response = await this.browser.send(url);
    const location = response.headers.get("location");
    if (location === null) throw new Error(`${response.status} leads nowhere: ${await response.text()}`);
    return location;
  }

  follow(url: string): Promise<Arrival> {
    return this.browser.follow(url);
  }

  get(path: string): Promise<Response> {
    return this.browser.send(this.#url + path, { headers: { accept: "application/json" } });
  }

  async session(): Promise<SessionState> {
    return (await (await this.get("/v1/session")).json()) as SessionState;
  }

  signOut(): Promise<Response> {
    return this.browser.send(`${this.#url}/v1/session`, { method: "DELETE" });
  }

  signInUrl(next?: string): string {
    return `${this.#url}/auth/sign-in${next === undefined ? "" : `?${new URLSearchParams({ next })}`}`;
  }

  readonly #isCallback = (url: string) => url.startsWith(`${this.#url}/auth/callback`);
}
