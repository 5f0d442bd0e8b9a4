import { randomBytes } from "node:crypto";
import { fail, type Result, succeed } from "../domain/result.ts";
import type { Instant } from "../domain/time.ts";
import type { WebhookEndpoint, WebhookEndpointId, WebhookSettings } from "../domain/webhook.ts";
import type { WebhookUrlFault } from "../domain/webhook-url.ts";
import type { Actor, AuditEntry, Clock, Identifiers, Ledger, LedgerTransaction } from "./ports.ts";
import { auditEndpoint, type EndpointAction } from "./webhook-audit.ts";
import type { ReplayRange } from "./webhook-books.ts";
import type { WebhookSender } from "./webhook-sender.ts";

export interface ChangeWebhooksPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly sender: WebhookSender;
}

/** Few enough that each can be sent to at the same time by one node, so that none ever waits for another. */
const MOST_ENDPOINTS = 100;
/** As Standard Webhooks asks for: at least 24 random bytes, at most 64. */
const SECRET_BYTES = 32;
/** How long the secret before signs, too, unless somebody says otherwise; and at most. */
export const DEFAULT_OVERLAP_HOURS = 24;
export const LONGEST_OVERLAP_HOURS = 168;

export type CreateWebhookOutcome =
  | { readonly kind: "created"; readonly id: WebhookEndpointId; readonly secret: string }
  | { readonly kind: "too_many_endpoints" }
  | { readonly kind: "url_refused"; readonly fault: WebhookUrlFault };

/** Sets up an endpoint; it gets every event from now on. Its secret is shown here, and at no time later. */
export async function createWebhookEndpoint(
  { ledger, clock, identifiers, sender }: ChangeWebhooksPorts,
  actor: Actor,
  settings: WebhookSettings,
): Promise<CreateWebhookOutcome> {
  const url = await sender.checkUrl(settings.url);
  if (!url.ok) return { kind: "url_refused", fault: url.fault };
  const secret = newSecret();
  return ledger.transaction(async (transaction): Promise<CreateWebhookOutcome> => {
    if ((await transaction.countWebhookEndpoints()) >= MOST_ENDPOINTS) return { kind: "too_many_endpoints" };
    const [id, at] = [identifiers.newId() as WebhookEndpointId, clock.now()];
    const endpoint: WebhookEndpoint = {
      ...settings,
      id,
      url: url.value,
      disabled: null,
      createdAt: at,
      createdBy: `${actor.kind}:${actor.id}`,
    };
    await transaction.insertWebhookEndpoint(endpoint, secret);
    await auditEndpoint(transaction, actor, "created", id, at, settingsDetail(endpoint));
    return { kind: "created", id, secret };
  });
}

export interface WebhookChanges extends Partial<WebhookSettings> {
  readonly active?: boolean;
}

/** Changes what is given and leaves the rest; what is pending is sent to the new address. */
export async function changeWebhookEndpoint(
  ports: ChangeWebhooksPorts,
  actor: Actor,
  id: WebhookEndpointId,
  { active, ...changes }: WebhookChanges,
): Promise<Result<null, WebhookUrlFault | "not_found">> {
  const url = changes.url === undefined ? null : await ports.sender.checkUrl(changes.url);
  if (url && !url.ok) return url;
  return withEndpoint(ports, id, async (transaction, endpoint, at) => {
    const settings = { ...endpoint, ...changes, url: url?.value ?? endpoint.url };
    const disabled = active === undefined ? endpoint.disabled : active ? null : (endpoint.disabled ?? "by_hand");
    await transaction.saveWebhookEndpoint(id, { ...settings, disabled });
    const [before, after] = [settingsDetail(endpoint), settingsDetail(settings)];
    // Also where only the query of the address differs, which the details do not show.
    if (settings.url !== endpoint.url || Object.entries(after).some(([name, value]) => before[name] !== value))
      await auditEndpoint(transaction, actor, "changed", id, at, after);
    if ((disabled === null) !== (endpoint.disabled === null)) {
      const action: EndpointAction = disabled === null ? "enabled" : "disabled";
      await auditEndpoint(transaction, actor, action, id, at, { reason: disabled ?? endpoint.disabled });
    }
    return null;
  });
}

/** Forgets the endpoint, its secrets and what was still to be sent there; the audit keeps that it was. */
export async function deleteWebhookEndpoint(
  ports: ChangeWebhooksPorts,
  actor: Actor,
  id: WebhookEndpointId,
): Promise<Result<null, "not_found">> {
  return withEndpoint(ports, id, async (transaction, endpoint, at) => {
    await transaction.deleteWebhookEndpoint(id);
    await auditEndpoint(transaction, actor, "deleted", id, at, settingsDetail(endpoint));
    return null;
  });
}

/**
 * Gives the endpoint a new secret, shown here and at no time later. The one before signs, too, for the overlap, so that
 * receivers have the time to change; with an overlap of 0 it ends at once, as it must where it was leaked.
 */
export async function rotateWebhookSecret(
  ports: ChangeWebhooksPorts,
  actor: Actor,
  id: WebhookEndpointId,
  overlapHours: number,
): Promise<Result<string, "not_found">> {
  return withEndpoint(ports, id, async (transaction, _endpoint, at) => {
    const secret = newSecret();
    await transaction.rotateWebhookSecret(id, secret, overlapHours);
    await auditEndpoint(transaction, actor, "secret_rotated", id, at, { overlapHours });
    return secret;
  });
}

/** Has the events of these positions sent once more, under their ids of then; answers how many. */
export async function replayWebhooks(
  ports: ChangeWebhooksPorts,
  actor: Actor,
  id: WebhookEndpointId,
  range: ReplayRange,
): Promise<Result<number, "not_found">> {
  return withEndpoint(ports, id, async (transaction, _endpoint, at) => {
    const events = await transaction.replayWebhooks(id, range);
    const { from, to, onlyDead } = range;
    await auditEndpoint(transaction, actor, "replayed", id, at, { from, to, only: onlyDead ? "dead" : null, events });
    return events;
  });
}

async function withEndpoint<Value>(
  { ledger, clock }: ChangeWebhooksPorts,
  id: WebhookEndpointId,
  work: (transaction: LedgerTransaction, endpoint: WebhookEndpoint, at: Instant) => Promise<Value>,
): Promise<Result<Value, "not_found">> {
  return ledger.transaction(async (transaction) => {
    const endpoint = await transaction.lockWebhookEndpoint(id);
    return endpoint ? succeed(await work(transaction, endpoint, clock.now())) : fail("not_found");
  });
}

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** Without the query of the address, where some receivers have a token. */
function settingsDetail({ url, description, eventTypes, account }: WebhookSettings): AuditEntry["detail"] {
  const { origin, pathname } = new URL(url);
  return { url: origin + pathname, description, eventTypes: eventTypes.join(" "), account };
}
