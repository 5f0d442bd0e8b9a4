import type { TestServer } from "../test-server.ts";

type Headers = Readonly<Record<string, string>>;

/** Somebody who calls the API, as a browser or a program would: over the network. */
export interface Caller {
  get(path: string, headers?: Headers): Promise<Response>;
  post(path: string, body?: unknown, headers?: Headers): Promise<Response>;
  put(path: string, body: unknown, headers?: Headers): Promise<Response>;
  send(method: string, path: string, headers?: Headers, body?: RequestInit["body"]): Promise<Response>;
}

/** A machine of the seller, with its key. */
export function machine({ url, apiKey }: Pick<TestServer, "url" | "apiKey">): Caller {
  return caller(url, { authorization: `Bearer ${apiKey}` });
}

/** Somebody without credentials. */
export function stranger({ url }: Pick<TestServer, "url">): Caller {
  return caller(url, {});
}

/** A buyer who signed in to the account. */
export async function buyer(server: Pick<TestServer, "url">, account: string): Promise<Caller> {
  return caller(server.url, { cookie: await signIn(server, account) });
}

/** One of the people at the desks of the demonstration, signed in. */
export async function desk(server: Pick<TestServer, "url">, person: DeskPerson): Promise<Caller> {
  return caller(server.url, { cookie: await openSession(server, { desk: person }) });
}

export type DeskPerson = "contract-desk-1" | "contract-desk-2" | "marketplace-desk" | "administrator" | "auditor";

/** Signs in as a demo account; the cookie as a browser sends it back. */
export function signIn(server: Pick<TestServer, "url">, account: string): Promise<string> {
  return openSession(server, { account });
}

async function openSession(server: Pick<TestServer, "url">, who: Readonly<Record<string, string>>): Promise<string> {
  const response = await stranger(server).post("/v1/demo/sessions", who);
  const [cookie = ""] = response.headers.getSetCookie();
  if (response.status !== 204 || cookie === "") {
    throw new Error(`${JSON.stringify(who)} cannot sign in: ${response.status}`);
  }
  return cookie.replace(/;.*$/, "");
}

export function caller(url: string, own: Headers): Caller {
  const send: Caller["send"] = (method, path, headers = {}, body = undefined) =>
    fetch(url + path, {
      method,
      headers: { ...own, ...headers },
      ...(body === undefined ? {} : { body, duplex: "half" }),
    });
  const sendJson = (method: string, path: string, body: unknown, headers: Headers = {}) =>
    body === undefined
      ? send(method, path, headers)
      : send(method, path, { "content-type": "application/json", ...headers }, JSON.stringify(body));
  return {
    send,
    get: (path, headers) => send("GET", path, headers),
    post: (path, body, headers) => sendJson("POST", path, body, headers),
    put: (path, body, headers) => sendJson("PUT", path, body, headers),
  };
}

/** Reads an answer that has the given shape; what it says is checked by the test. */
export async function read<Shape>(response: Response): Promise<Shape> {
  return (await response.json()) as Shape;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly field?: string;
  readonly rule?: string;
  readonly policyVersion?: number;
  readonly nextStep?: Readonly<Record<string, string>>;
}

/** The answer as a problem; fails the test when it is not one. */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get("content-type");
  if (type !== "application/problem+json; charset=utf-8") throw new Error(`${response.status} is no problem: ${type}`);
  return read<Problem>(response);
}
