import type { ShownDelivery, ShownEndpoint } from "../application/webhook-books.ts";
import { sequenceOf } from "../domain/cloud-event.ts";
import { isoOf } from "../domain/time.ts";
import { parseWebhookEndpointId, type WebhookEndpointId } from "../domain/webhook.ts";
import type { Installation, OpenInstallation } from "./installation.ts";
import { refuse } from "./refused.ts";
import { type ExitCode, type Terminal, WrongUse } from "./terminal.ts";

/** An endpoint as --json prints it. */
export function endpointLine({ endpoint, pending, dead, pendingSince, restsUntil, secrets }: ShownEndpoint) {
  const { id, url, description, eventTypes, account, disabled, createdAt, createdBy } = endpoint;
  return {
    ...{ endpoint: id, url, description, events: eventTypes, account },
    state: disabled === null ? "active" : "disabled",
    disabledReason: disabled,
    createdAt: isoOf(createdAt),
    createdBy,
    pending,
    pendingSince: pendingSince && isoOf(pendingSince),
    restsUntil: restsUntil && isoOf(restsUntil),
    dead,
    signingSecrets: secrets,
  };
}

export function endpointRow(shown: ShownEndpoint): readonly string[] {
  const { endpoint, state, pending, dead, url, description } = endpointLine(shown);
  return [endpoint, state, `${pending} pending`, `${dead} dead`, url, description];
}

export function deliveryLine({ position, lastAttempt, dueSince, settledAt, ...rest }: ShownDelivery) {
  return {
    sequence: sequenceOf(position),
    ...rest,
    dueSince: isoOf(dueSince),
    settledAt: settledAt && isoOf(settledAt),
    lastAttempt: lastAttempt && { ...lastAttempt, at: isoOf(lastAttempt.at) },
  };
}

export function deliveryRow(delivery: ShownDelivery): readonly string[] {
  const { position, type, state, attempts, dueSince, lastAttempt } = delivery;
  const { result = "", status = null } = lastAttempt ?? {};
  return [
    ...[String(position), state, type, isoOf(dueSince), `${attempts} attempts`],
    status === null ? result : `${result} (${status})`,
  ];
}

export function endpointId(text: string): WebhookEndpointId {
  const id = parseWebhookEndpointId(text.toLowerCase());
  if (!id) throw new WrongUse(`"${text.slice(0, 80)}" is not the id of an endpoint; see orderseal webhooks list.`);
  return id;
}

/** Does the work on an endpoint that the command line names, or says that there is none. */
export async function withWebhookEndpoint(
  id: WebhookEndpointId,
  terminal: Terminal,
  json: boolean,
  use: Installation["use"],
  work: (open: OpenInstallation, shown: ShownEndpoint) => Promise<ExitCode>,
): Promise<ExitCode> {
  return use(async (open) => {
    const shown = await open.webhooks.endpoint(id);
    return shown ? work(open, shown) : refuse(terminal, json, "webhook_endpoint_not_found");
  });
}
