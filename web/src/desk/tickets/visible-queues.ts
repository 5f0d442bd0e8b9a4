import { TICKET_QUEUES, type TicketQueue } from "../../api/desk-ticket-search.ts";

/** The queues whose tickets somebody with these roles sees: those of their desks; whoever is of none sees all. */
export function visibleQueues(roles: readonly string[]): readonly TicketQueue[] {
  if (roles.includes("administrator") || roles.includes("auditor")) return TICKET_QUEUES;
  return TICKET_QUEUES.filter((queue) => roles.includes(queue));
}
