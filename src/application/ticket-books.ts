import type { AccountId, ContractId, OrderId } from "../domain/identifiers.ts";
import type { Identity } from "../domain/parties.ts";
import type { Ticket, TicketAttachment, TicketId, TicketMessage, TicketSide } from "../domain/ticket.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor } from "./ports.ts";

/** What the seller's side sees of a ticket besides, so that nobody has to look elsewhere. */
export interface TicketAtDesk {
  /** Of the account. */
  readonly identity: Identity;
  /** Whose turn it is, and since when. Means nothing once the ticket is closed. */
  readonly waitsFor: TicketSide;
  readonly waitingSince: Instant;
  readonly lastMessage: Pick<TicketMessage, "at" | "from"> | null;
  readonly messages: number;
  readonly attachments: number;
  /** "desk:contract-desk-1"; null while it is open. */
  readonly closedBy: string | null;
}

export interface ListedTicket {
  readonly ticket: Ticket;
  readonly atDesk: TicketAtDesk;
}

/** A ticket with all that was said and added, oldest first. */
export interface TicketThread extends ListedTicket {
  readonly messages: readonly TicketMessage[];
  readonly attachments: readonly TicketAttachment[];
}

/** How an open ticket ends. */
export type TicketClosing =
  | { readonly state: "resolved"; readonly contract: ContractId | null }
  | { readonly state: "rejected"; readonly reason: string };

/** Tickets inside one transaction (R20). */
export interface TicketBooks {
  /** Locked until the transaction ends; null when the account has no such ticket. */
  lockTicket(account: AccountId, ticket: TicketId): Promise<Ticket | null>;
  /** The open ticket on the order that a buyer or desk has opened. */
  openTicketOfOrder(account: AccountId, order: OrderId): Promise<Ticket | null>;
  /** False when the order has its ticket of this kind already: one open ticket, told once of a late payment. */
  insertTicket(ticket: Ticket): Promise<boolean>;
  addMessage(ticket: Ticket, message: TicketMessage): Promise<void>;
  /** Whose answer the ticket waits for from then on; whoever waits already has waited since before. */
  handTicketTo(ticket: Ticket, side: TicketSide, at: Instant): Promise<void>;
  assignTicket(ticket: Ticket, assignee: string | null): Promise<void>;
  countAttachments(ticket: Ticket): Promise<number>;
  addAttachment(ticket: Ticket, attachment: TicketAttachment, author: string): Promise<void>;
  closeTicket(ticket: Ticket, closing: TicketClosing, at: Instant, by: Actor): Promise<void>;
}
