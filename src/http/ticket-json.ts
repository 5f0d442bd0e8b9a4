import { type Static, Type } from "typebox";
import type { TicketThread } from "../application/ticket-books.ts";
import type { Language } from "../domain/localized.ts";
import type { Ticket, TicketAttachment } from "../domain/ticket.ts";
import { ticketTopicText } from "../domain/ticket-text.ts";
import { isoOf } from "../domain/time.ts";
import { Instant, NullableInstant } from "./schema-parts.ts";

export const TicketSchema = Type.Object(
  {
    ticket: Type.String(),
    account: Type.String(),
    order: Type.String(),
    queue: Type.String({ description: "contract_desk or marketplace_desk" }),
    topic: Type.String({ description: "The refusal it was opened from, or paid_after_hold" }),
    topicText: Type.String(),
    state: Type.String({ description: "open, resolved or rejected" }),
    openedAt: Instant,
    closedAt: NullableInstant,
    contract: Type.Union([Type.String(), Type.Null()], { description: "The offline contract it was resolved with" }),
    reason: Type.Union([Type.String(), Type.Null()], { description: "Why it was rejected" }),
  },
  { $id: "Ticket" },
);
export type TicketJson = Static<typeof TicketSchema>;

export const AttachmentSchema = Type.Object({
  id: Type.String(),
  at: Instant,
  from: Type.String({ description: "buyer or desk" }),
  name: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
});

export const ThreadSchema = Type.Intersect([
  TicketSchema,
  Type.Object({
    messages: Type.Array(
      Type.Object({
        at: Instant,
        from: Type.String({ description: "buyer, desk or system" }),
        author: Type.String(),
        text: Type.String(),
      }),
    ),
    attachments: Type.Array(AttachmentSchema),
  }),
]);

export function ticketJson(ticket: Ticket, language: Language): TicketJson {
  const { status } = ticket;
  return {
    ticket: ticket.id,
    account: ticket.account,
    order: ticket.order,
    queue: ticket.queue,
    topic: ticket.topic,
    topicText: ticketTopicText(ticket.topic)[language],
    state: status.state,
    openedAt: isoOf(ticket.openedAt),
    closedAt: status.state === "open" ? null : isoOf(status.closedAt),
    contract: status.state === "resolved" ? status.contract : null,
    reason: status.state === "rejected" ? status.reason : null,
  };
}

/** The ticket with all that was said; who at the desk said it is not the buyer's to know. */
export function threadJson({ ticket, messages, attachments }: TicketThread, language: Language, forBuyer: boolean) {
  return {
    ...ticketJson(ticket, language),
    messages: messages.map(({ at, from, author, text }) => ({
      at: isoOf(at),
      from,
      author: forBuyer && from === "desk" ? "" : author,
      text,
    })),
    attachments: attachments.map(attachmentJson),
  };
}

export function attachmentJson({ id, at, from, name, bytes, sha256 }: TicketAttachment) {
  return { id, at: isoOf(at), from, name, bytes, sha256 };
}
