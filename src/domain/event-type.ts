/** Everything that is announced, in the order of a contract's life; names that subscribers rely on. */
export const EVENT_TYPES = [
  "contract.requested",
  "contract.timestamp_pending",
  "contract.issued",
  "contract.archived",
  "contract.in_force",
  "contract.lapsed",
  "contract.voided",
  "order.hold_started",
  "order.hold_ended",
  "ticket.opened",
  "ticket.answered",
  "ticket.assigned",
  "ticket.resolved",
  "ticket.rejected",
  "account.erased",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export function parseEventType(text: string): EventType | null {
  return EVENT_TYPES.find((known) => known === text) ?? null;
}
