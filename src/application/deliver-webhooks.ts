import { cloudEventBody } from "../domain/cloud-event.ts";
import { attemptResult, type SendOutcome } from "../domain/webhook.ts";
import { retryAfterFailure } from "../domain/webhook-retry.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";
import { auditEndpoint } from "./webhook-audit.ts";
import type { AfterAttempt, WebhookAttempt, WebhookClaim, WebhookDelivery, WebhookQueue } from "./webhook-books.ts";
import type { WebhookSender } from "./webhook-sender.ts";

export interface DeliverWebhooksPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly webhooks: WebhookQueue;
  readonly sender: WebhookSender;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** How sending is ended: nothing new is begun after the first, and what runs is cut short by the second. */
interface Stop {
  readonly stopping: AbortSignal;
  readonly hurry: AbortSignal;
}

const SYSTEM: Actor = { kind: "system", id: "webhooks" };

/**
 * Sends to one endpoint what is due, in the order of positions, one after the other: the next one only once the first
 * was taken over or given up. A crash between sending and writing that down means that it is sent again, under the same
 * id. Throws when something is broken on our side; the claim is then left to run out, so that what cannot be written down
 * is not sent again and again at once.
 */
export async function deliverWebhooks(ports: DeliverWebhooksPorts, claim: WebhookClaim, stop: Stop): Promise<void> {
  while (!stop.stopping.aborted) {
    const delivery = await ports.webhooks.nextDelivery(claim);
    if (!delivery || !(await deliver(ports, delivery, stop.hurry))) break;
  }
  await ports.webhooks.releaseEndpoint(claim);
}

/** Whether to go on with the next one. */
async function deliver(ports: DeliverWebhooksPorts, delivery: WebhookDelivery, hurry: AbortSignal): Promise<boolean> {
  const { url, secrets, event } = delivery;
  const started = performance.now();
  const outcome = await ports.sender.send({ url, secrets, id: event.id, body: cloudEventBody(event) }, hurry);
  if (outcome.kind === "stopped") return false;
  const attempt: WebhookAttempt = {
    tookMs: Math.round(performance.now() - started),
    status: outcome.kind === "answered" ? outcome.status : null,
    result: attemptResult(outcome),
  };
  const next = afterAttempt(attempt, outcome, delivery, ports.random());
  await ports.ledger.transaction(async (transaction) => {
    const counted = await transaction.recordWebhookAttempt(delivery, attempt, next);
    if (!counted || next.kind !== "gone") return;
    await auditEndpoint(transaction, SYSTEM, "disabled", delivery.endpoint, ports.clock.now(), { reason: "gone" });
  });
  return next.kind === "delivered" || next.kind === "give_up";
}

function afterAttempt(
  { result }: WebhookAttempt,
  outcome: Exclude<SendOutcome, { kind: "stopped" }>,
  { attempts, ageMs }: WebhookDelivery,
  random: number,
): AfterAttempt {
  if (result === "delivered" || result === "gone") return { kind: result };
  const retryAfterMs = outcome.kind === "answered" ? outcome.retryAfterMs : null;
  return retryAfterFailure({ attempts: attempts + 1, ageMs, retryAfterMs }, random);
}
