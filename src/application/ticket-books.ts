import type { AccountId, ContractId, OrderId } from "../domain/identifiers.ts";
import type { Ticket, TicketAttachment, TicketId, TicketMessage } from "../domain/ticket.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor } from "./ports.ts";

/** A ticket with all that was said and added, oldest first. */
export interface TicketThread {
  readonly ticket: Ticket;
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
  countAttachments(ticket: Ticket): Promise<number>;
  addAttachment(ticket: Ticket, attachment: TicketAttachment, author: string): Promise<void>;
  closeTicket(ticket: Ticket, closing: TicketClosing, at: Instant, by: Actor): Promise<void>;
}
