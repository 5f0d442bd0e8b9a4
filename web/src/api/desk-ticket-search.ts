export const TICKET_QUEUES = ["contract_desk", "marketplace_desk"] as const;
export type TicketQueue = (typeof TICKET_QUEUES)[number];
export const TICKET_STATES = ["open", "resolved", "rejected"] as const;
export type TicketState = (typeof TICKET_STATES)[number];
export const WHOSE_TICKETS = ["all", "me", "nobody"] as const;
type WhoseTickets = (typeof WHOSE_TICKETS)[number];

/** What a desk asks for among its tickets; lives in the address, where what goes without saying is left out. */
export interface DeskTicketSearch {
  readonly queue?: TicketQueue;
  readonly state?: Exclude<TicketState, "open">;
  readonly whose?: Exclude<WhoseTickets, "all">;
  /** Only what waits for the desk. */
  readonly turn?: "desk";
  readonly order?: string;
}

const LONGEST_ORDER = 64;

/** Reads it from an address; what is none of it is left out. */
export function deskTicketSearchOf(search: Readonly<Record<string, unknown>>): DeskTicketSearch {
  const queue = TICKET_QUEUES.find((each) => each === search.queue);
  const state = (["resolved", "rejected"] as const).find((each) => each === search.state);
  const whose = (["me", "nobody"] as const).find((each) => each === search.whose);
  const order = typeof search.order === "string" ? search.order.trim().slice(0, LONGEST_ORDER) : "";
  return {
    ...(queue && { queue }),
    ...(state && { state }),
    ...(whose && { whose }),
    ...(search.turn === "desk" && !state && { turn: "desk" as const }),
    ...(order !== "" && { order }),
  };
}
