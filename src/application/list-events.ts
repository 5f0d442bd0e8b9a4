import type { NumberedEvent } from "../domain/cloud-event.ts";
import type { EventFilter, WebhookQueue } from "./webhook-books.ts";

/**
 * What happened, in its one order. Whatever was committed before is among it, unless another node is numbering events at
 * this very moment; nothing ever appears before a position that was listed, so that reading on misses nothing.
 */
export async function listEvents(
  { webhooks }: { readonly webhooks: WebhookQueue },
  filter: EventFilter,
  limit: number,
): Promise<{ readonly items: readonly NumberedEvent[]; readonly next: number | null }> {
  while ((await webhooks.relayEvents()) > 0);
  const found = await webhooks.listEvents(filter, limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.position ?? null) : null };
}
