interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** Somebody's browser as far as sign-ins go: keeps cookies by host and path, and follows redirects one by one. */
export class CookieBrowser {
  readonly #cookies = new Map<string, Cookie>();

  /** One request without following where it leads. */
  async send(url: string, init: RequestInit = {}): Promise<Response> {
    const { hostname, pathname } = new URL(url);
    const sent = [...this.#cookies.values()]
      .filter(({ host, path }) => host === hostname && pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`);
    const headers = { accept: "text/html", ...init.headers, ...(sent.length > 0 && { cookie: sent.join("; ") }) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) this.#keep(hostname, line);
    return response;
  }

  /** Follows redirects until `until` says so of the next address, or a page is there. */
  async follow(url: string, init: RequestInit = {}, until = (_next: string) => false): Promise<Arrival> {
    let at = url;
    let response = await this.send(at, init);
    for (let steps = 0; steps < 20; steps++) {
      const location = response.headers.get("location");
      if (location === null) return { url: at, response };
      await response.body?.cancel();
      at = new URL(location, at).href;
      if (until(at)) return { url: at, response };
      response = await this.send(at);
    }
    throw new Error(`${url} leads in circles`);
  }

  cookie(name: string): string | null {
    return [...this.#cookies.values()].find((cookie) => cookie.name === name)?.value ?? null;
  }

  setCookie(host: string, name: string, value: string): void {
    this.#cookies.set(`${host} / ${name}`, { host, path: "/", name, value });
  }

  /** As if the browser had been closed for long enough. */
  forget(name: string): void {
    for (const [key, cookie] of this.#cookies) if (cookie.name === name) this.#cookies.delete(key);
  }

  #keep(host: string, line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", ...value] = pair.split("=");
    const attribute = (wanted: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute("path") ?? "/";
    const key = `${host} ${path} ${name}`;
    const isOver = attribute("max-age") === "0" || Date.parse(attribute("expires") ?? "9999-01-01") <= Date.now();
    if (isOver) this.#cookies.delete(key);
    else this.#cookies.set(key, { host, path, name, value: value.join("=") });
  }
}

/** Where redirects have led. */
export interface Arrival {
  readonly url: string;
  readonly response: Response;
}
