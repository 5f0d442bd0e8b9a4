import type { Decision, Refuse } from "./decide-issuance.ts";
import type { AccountId, Branded, ContractNumber, OrderId, Sha256 } from "./identifiers.ts";
import { nextStepOf, type RefusalCode } from "./refusal.ts";
import type { Instant } from "./time.ts";

/** UUIDv7, lower case. */
export type TicketId = Branded<string, "TicketId">;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseTicketId(text: string): TicketId | null {
  return UUID.test(text) ? (text as TicketId) : null;
}

export const TICKET_QUEUES = ["contract_desk", "marketplace_desk"] as const;
/** Two desks with separate queues: neither sees the other's tickets (R18, R20). */
export type TicketQueue = (typeof TICKET_QUEUES)[number];

/** Why the ticket exists: the refusal it was opened from, or a payment that came after the hold (R10). */
export type TicketTopic = RefusalCode | "paid_after_hold";

export type TicketState =
  | { readonly state: "open" }
  | { readonly state: "resolved"; readonly closedAt: Instant; readonly contract: ContractNumber | null }
  | { readonly state: "rejected"; readonly closedAt: Instant; readonly reason: string };

/** What a buyer and a desk settle between them where self-service ends (R20). */
export interface Ticket {
  readonly id: TicketId;
  readonly account: AccountId;
  readonly order: OrderId;
  readonly queue: TicketQueue;
  readonly topic: TicketTopic;
  readonly openedAt: Instant;
  /** Who of the seller works on it, as the audit names the person; null: nobody. Not the buyer's to know. */
  readonly assignee: string | null;
  readonly status: TicketState;
}

/** Who talks on a ticket; an open one waits for one of the two. */
export type TicketSide = "buyer" | "desk";

export interface TicketMessage {
  readonly at: Instant;
  readonly from: "buyer" | "desk" | "system";
  readonly author: string;
  readonly text: string;
}

/** A PDF that buyer or desk has added. */
export interface TicketAttachment {
  readonly id: string;
  readonly at: Instant;
  readonly from: TicketSide;
  readonly name: string;
  readonly sha256: Sha256;
  readonly bytes: number;
}

/** Where a ticket on the order goes; or why there is none to open: what the refusal says is to be done, or nothing. */
export type TicketOpening =
  | { readonly kind: "open"; readonly queue: TicketQueue; readonly topic: RefusalCode }
  | { readonly kind: "request_instead" }
  | { readonly kind: "refused"; readonly refuse: Refuse };

/** A ticket is opened from a refusal whose next step it is (R3, R18, R20); total. */
export function ticketFor(decision: Decision): TicketOpening {
  if (decision.kind === "issue") return { kind: "request_instead" };
  const step = nextStepOf(decision.refusal);
  if (step.action !== "open_ticket") return { kind: "refused", refuse: decision };
  return { kind: "open", queue: step.queue, topic: decision.refusal.code };
}
