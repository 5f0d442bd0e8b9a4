import { fail, type Result, succeed } from "./result.ts";

/** What is wrong with the address of an endpoint. */
export type WebhookUrlFault =
  | "not_a_url"
  | "credentials_in_url"
  | "port_refused"
  | "plain_http"
  | "address_refused"
  | "unresolvable";

const LONGEST = 2_000;
const LOWEST_FREE_PORT = 1_024;

/**
 * What can be said of an endpoint's address without asking anybody: http or https, no user and password in it (they
 * would stand in lists and logs), and a port on which web servers listen and no mail or terminal server does.
 */
export function parseWebhookUrl(text: string): Result<URL, WebhookUrlFault> {
  if (text.length > LONGEST || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return fail("not_a_url");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return fail("credentials_in_url");
  // An empty port is the scheme's own.
  const port = Number(url.port || "443");
  if (port < LOWEST_FREE_PORT && port !== 443 && port !== 80) return fail("port_refused");
  // It is never sent.
  url.hash = "";
  return succeed(url);
}
