import type { EventType } from "./event-type.ts";
import type { AccountId, Branded } from "./identifiers.ts";
import type { Instant } from "./time.ts";

/** UUIDv7, lower case. */
export type WebhookEndpointId = Branded<string, "WebhookEndpointId">;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseWebhookEndpointId(text: string): WebhookEndpointId | null {
  return UUID.test(text) ? (text as WebhookEndpointId) : null;
}

/** What is asked for when an endpoint is set up or changed. */
export interface WebhookSettings {
  readonly url: string;
  readonly description: string;
  /** Only these; none named means all. */
  readonly eventTypes: readonly EventType[];
  /** Only what happens to this account; null for every account. */
  readonly account: AccountId | null;
}

/** `by_hand`: somebody switched it off; `gone`: it answered 410, which asks us to stop. */
export type DisabledReason = "by_hand" | "gone";

/** Where events are sent. */
export interface WebhookEndpoint extends WebhookSettings {
  readonly id: WebhookEndpointId;
  /** Null while it is sent to. */
  readonly disabled: DisabledReason | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
}

export const DELIVERY_STATES = ["pending", "delivered", "dead"] as const;
/** `dead`: given up; shown, and sent again only when somebody replays it. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What came of sending once: an answer, or why there was none. */
export type SendOutcome =
  | { readonly kind: "answered"; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: "unanswered"; readonly fault: SendFault }
  /** We stopped; nothing can be said of the receiver. */
  | { readonly kind: "stopped" };

export type SendFault = "address_refused" | "unresolvable" | "unreachable" | "tls_failed" | "malformed" | "timeout";

/** How an attempt is written down. */
export type AttemptResult = "delivered" | "redirected" | "gone" | "http_error" | SendFault;

/** Only 2xx takes an event over. A redirect is never followed: nobody has checked where it leads. */
export function attemptResult(outcome: Exclude<SendOutcome, { kind: "stopped" }>): AttemptResult {
  if (outcome.kind === "unanswered") return outcome.fault;
  const { status } = outcome;
  if (status >= 200 && status < 300) return "delivered";
  if (status >= 300 && status < 400) return "redirected";
  return status === 410 ? "gone" : "http_error";
}
