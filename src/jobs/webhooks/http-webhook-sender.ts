import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { Webhook } from "standardwebhooks";
import { type FaultPoints, takeStep } from "../../application/fault-points.ts";
import type { Clock } from "../../application/ports.ts";
import type { WebhookMessage, WebhookSender } from "../../application/webhook-sender.ts";
import { succeed } from "../../domain/result.ts";
import type { SendFault, SendOutcome } from "../../domain/webhook.ts";
import { parseWebhookUrl } from "../../domain/webhook-url.ts";
import type { Network } from "./network.ts";
import { findAddresses, type HostResolver, type NetworkAddress } from "./webhook-addresses.ts";

export interface HttpWebhookSenderOptions {
  readonly clock: Clock;
  readonly resolve: HostResolver;
  /** Of these, private addresses and plain http are allowed. */
  readonly networks: readonly Network[];
  readonly faults: FaultPoints;
  /** For an attempt, from the name to the end of the answer. */
  readonly timeoutMs?: number;
}

/** Less than a claim on an endpoint lasts (src/store/webhook-queue.ts). */
const TIMEOUT_MS = 10_000;
/** What is read of an answer, out of politeness; nothing is done with it. */
const MOST_ANSWER_BYTES = 4_096;
const LONGEST_ANSWER_MS = 1_000;

/**
 * Sends one POST per attempt over a connection of its own, to an address that was checked a moment before. Redirects are
 * answers like any other; nothing is followed.
 */
export function openHttpWebhookSender(options: HttpWebhookSenderOptions): WebhookSender {
  const { faults, timeoutMs = TIMEOUT_MS } = options;
  return {
    checkUrl: async (text) => {
      const url = parseWebhookUrl(text);
      if (!url.ok) return url;
      const found = await findAddresses(url.value, options);
      return found.ok ? succeed(url.value.href) : found;
    },
    send: (message, stop) =>
      takeStep(faults, "webhook send", async () => {
        const ended = endingWith(stop, timeoutMs);
        try {
          return await attempt(message, options, stop, ended.signal);
        } finally {
          ended.forget();
        }
      }),
  };
}

/** An address that was allowed once and is not any more, by a setting or by where its name leads. */
const FAULT_OF_ADDRESS = {
  unresolvable: "unresolvable",
  address_refused: "address_refused",
  plain_http: "address_refused",
} as const;

async function attempt(
  message: WebhookMessage,
  options: HttpWebhookSenderOptions,
  stop: AbortSignal,
  ended: AbortSignal,
): Promise<SendOutcome> {
  const url = new URL(message.url);
  try {
    // A resolver cannot be cut short; its answer is not waited for any longer.
    const found = await Promise.race([findAddresses(url, options), aborted(ended)]);
    if (found === null) throw ended.reason;
    if (!found.ok) return { kind: "unanswered", fault: FAULT_OF_ADDRESS[found.fault] };
    const response = await post(url, message, found.value, options.clock, ended);
    await discard(response);
    const retryAfterMs = readRetryAfter(response.headers["retry-after"], options.clock);
    return { kind: "answered", status: response.statusCode ?? 0, retryAfterMs };
  } catch (error) {
    if (stop.aborted) return { kind: "stopped" };
    return { kind: "unanswered", fault: ended.aborted ? "timeout" : faultOf(error) };
  }
}

/**
 * Fires when time is up or `stop` does. By hand: `stop` lives as long as the service, and nothing of an attempt may stay
 * with it, as AbortSignal.any has had it in some releases of Node 20.
 */
function endingWith(stop: AbortSignal, timeoutMs: number): { readonly signal: AbortSignal; forget(): void } {
  const ending = new AbortController();
  const end = () => ending.abort();
  const late = setTimeout(end, timeoutMs);
  stop.addEventListener("abort", end, { once: true });
  if (stop.aborted) end();
  return {
    signal: ending.signal,
    forget: () => {
      clearTimeout(late);
      stop.removeEventListener("abort", end);
    },
  };
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}

function post(
  url: URL,
  { id, body, secrets }: WebhookMessage,
  addresses: readonly NetworkAddress[],
  clock: Clock,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const at = new Date(clock.now());
  const bytes = Buffer.from(body);
  const headers = {
    "content-type": "application/cloudevents+json; charset=utf-8",
    "content-length": bytes.length,
    "user-agent": "Orderseal",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? requestHttps : requestHttp;
    // Without an agent no connection is kept, so that none made to an address of then is used for one of now.
    const sent = request(url, { method: "POST", agent: false, headers, lookup: pinned(addresses), signal });
    sent.on("response", resolve);
    sent.on("error", reject);
    // One that is asked to change protocols, which we do not, ends with neither an answer nor an error.
    sent.on("close", () => reject(new NoAnswer()));
    sent.end(bytes);
  });
}

/** Answers what was checked, whatever is asked: the socket connects to one of these addresses and to no other. */
function pinned(addresses: readonly NetworkAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    if (all) return callback(null, [...addresses]);
    const [{ address, family } = { address: "", family: 4 }] = addresses;
    return callback(null, address, family);
  };
}

/** Reads the answer's end, so that small ones end well; a long or slow one is cut off, and counts all the same. */
function discard(response: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let read = 0;
    const slow = setTimeout(() => response.destroy(), LONGEST_ANSWER_MS);
    response.on("data", (chunk: Buffer) => {
      read += chunk.length;
      if (read > MOST_ANSWER_BYTES) response.destroy();
    });
    // The status came; what breaks afterwards takes nothing back.
    response.on("error", () => {});
    response.on("close", () => {
      clearTimeout(slow);
      resolve();
    });
  });
}

/** Seconds, or a date (RFC 9110, section 10.2.3); null for anything else. */
function readRetryAfter(text: string | undefined, clock: Clock): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(date - clock.now(), 0);
}

class NoAnswer extends Error {}

function faultOf(error: unknown): SendFault {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof NoAnswer || code.startsWith("HPE_")) return "malformed";
  return TLS_FAULT.test(code) ? "tls_failed" : "unreachable";
}

/** As Node and OpenSSL name what is wrong with a certificate or with the handshake. */
const TLS_FAULT = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/;
