import type { Result } from "../domain/result.ts";
import type { SendOutcome } from "../domain/webhook.ts";
import type { WebhookUrlFault } from "../domain/webhook-url.ts";

export interface WebhookMessage {
  readonly url: string;
  /** The same at every attempt, so that a receiver knows what it has seen. */
  readonly id: string;
  readonly body: string;
  /** Each of them signs. */
  readonly secrets: readonly string[];
}

/** Sends over the network. Never throws for what a receiver or its address does. */
export interface WebhookSender {
  /** Ends in bounded time, and at once when `stop` fires. */
  send(message: WebhookMessage, stop: AbortSignal): Promise<SendOutcome>;
  /** Whether we would send there, before anybody relies on it; the address in its one spelling. */
  checkUrl(text: string): Promise<Result<string, WebhookUrlFault>>;
}
