import type { NumberedEvent } from "../domain/cloud-event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type {
  AttemptResult,
  DeliveryState,
  WebhookEndpoint,
  WebhookEndpointId,
  WebhookSettings,
} from "../domain/webhook.ts";
import type { Retry } from "../domain/webhook-retry.ts";
import type { Page, PageRequest } from "./ports.ts";

/** Endpoints and what became of their deliveries, changed inside one transaction. */
export interface WebhookBooks {
  /** Lets one transaction at a time add endpoints, and says how many there are. */
  countWebhookEndpoints(): Promise<number>;
  insertWebhookEndpoint(endpoint: WebhookEndpoint, secret: string): Promise<void>;
  /** The endpoint, locked until the transaction ends; null when there is none. */
  lockWebhookEndpoint(endpoint: WebhookEndpointId): Promise<WebhookEndpoint | null>;
  /** Settings and whether it is sent to; an endpoint that is enabled again does not sit out its pause. */
  saveWebhookEndpoint(
    endpoint: WebhookEndpointId,
    to: WebhookSettings & Pick<WebhookEndpoint, "disabled">,
  ): Promise<void>;
  /** With its secrets and everything that was to be sent there. */
  deleteWebhookEndpoint(endpoint: WebhookEndpointId): Promise<void>;
  /** Makes the secret the current one; those before it sign, too, for `overlapHours` more at most. */
  rotateWebhookSecret(endpoint: WebhookEndpointId, secret: string, overlapHours: number): Promise<void>;
  /**
   * Has events sent (again): those of the range that the endpoint subscribes to. One that has not been sent yet begins
   * anew, without its pause. Answers how many.
   */
  replayWebhooks(endpoint: WebhookEndpointId, range: ReplayRange): Promise<number>;
  /**
   * Writes down what came of an attempt. False when the delivery is there no more, or was replayed or settled since: then
   * nothing follows from it.
   */
  recordWebhookAttempt(delivery: WebhookDelivery, attempt: WebhookAttempt, next: AfterAttempt): Promise<boolean>;
}

/** Positions, both included; all of them, or only those that were given up. */
export interface ReplayRange {
  readonly from: number;
  readonly to: number;
  readonly onlyDead: boolean;
}

/** A node's right to send to an endpoint; it runs out by the database's clock, unless it is renewed. */
export interface WebhookClaim {
  readonly endpoint: WebhookEndpointId;
  readonly claim: string;
}

/** The next event for an endpoint, with all that is needed to send it. */
export interface WebhookDelivery extends WebhookClaim {
  readonly url: string;
  /** Of those that sign, the current one first. */
  readonly secrets: readonly string[];
  readonly event: NumberedEvent;
  /** Those that were made before. */
  readonly attempts: number;
  readonly ageMs: number;
  readonly replays: number;
}

export interface WebhookAttempt {
  readonly tookMs: number;
  readonly status: number | null;
  readonly result: AttemptResult;
}

/** What becomes of the delivery, and of the endpoint (`gone`: it is disabled, and what waits for it keeps waiting). */
export type AfterAttempt = { readonly kind: "delivered" } | { readonly kind: "gone" } | Retry;

/** An event's way to an endpoint, as it is shown. */
export interface ShownDelivery {
  readonly position: number;
  readonly event: string;
  readonly type: EventType;
  readonly state: DeliveryState;
  readonly dueSince: Instant;
  readonly attempts: number;
  readonly replays: number;
  readonly settledAt: Instant | null;
  /** The newest one; null before the first. */
  readonly lastAttempt: (WebhookAttempt & { readonly at: Instant }) | null;
}

/** A delivery with what was sent and each attempt at it, the newest first. */
export interface DeliveryDetail {
  readonly delivery: ShownDelivery;
  readonly event: NumberedEvent;
  readonly attempts: readonly (WebhookAttempt & { readonly at: Instant })[];
}

/** An endpoint with what an operator wants to know of it at a glance. */
export interface ShownEndpoint {
  readonly endpoint: WebhookEndpoint;
  readonly pending: number;
  readonly dead: number;
  /** Since when the oldest pending one is due. */
  readonly pendingSince: Instant | null;
  /** After a failed attempt nothing is sent before; null while nothing failed. */
  readonly restsUntil: Instant | null;
  /** How many secrets sign: two while a rotation overlaps. */
  readonly secrets: number;
  readonly lastTriedAt: Instant | null;
  /** When it last took an event over. */
  readonly lastDeliveredAt: Instant | null;
  /** The first attempt that failed since then; null while the last one did not. */
  readonly failingSince: Instant | null;
}

export interface EventFilter {
  /** Those behind this position. */
  readonly after: number;
  readonly type: EventType | null;
  readonly account: AccountId | null;
}

/** Events in their order, endpoints, and the work of sending; read outside of transactions of the ledger. */
export interface WebhookQueue {
  /**
   * Gives committed events their positions and their deliveries, at most some hundred; answers how many. One relay
   * works at a time over all nodes; 0 also when another does.
   */
  relayEvents(): Promise<number>;
  /** By position. */
  listEvents(filter: EventFilter, limit: number): Promise<readonly NumberedEvent[]>;
  listEndpoints(): Promise<readonly ShownEndpoint[]>;
  endpoint(endpoint: WebhookEndpointId): Promise<ShownEndpoint | null>;
  /** Newest first. */
  listDeliveries(
    endpoint: WebhookEndpointId,
    state: DeliveryState | null,
    page: PageRequest,
  ): Promise<Page<ShownDelivery>>;
  /** Null when this event is not on its way there, and never was. */
  delivery(endpoint: WebhookEndpointId, position: number): Promise<DeliveryDetail | null>;
  /** Takes over an endpoint that something is due for and nobody is sending to; null when there is none. */
  claimEndpoint(): Promise<WebhookClaim | null>;
  /** The first of what is pending, and the claim renewed; null when nothing is due, or the claim is somebody else's. */
  nextDelivery(claim: WebhookClaim): Promise<WebhookDelivery | null>;
  /** Lets others send at once; nothing happens when the claim is somebody else's. */
  releaseEndpoint(claim: WebhookClaim): Promise<void>;
}
