import { type Static, Type } from "typebox";
import type { ListedTicket, TicketAtDesk, TicketThread } from "../application/ticket-books.ts";
import type { Language } from "../domain/localized.ts";
import type { Ticket, TicketAttachment, TicketSide } from "../domain/ticket.ts";
import { ticketTopicText } from "../domain/ticket-text.ts";
import { isoOf } from "../domain/time.ts";
import { Instant, NullableInstant } from "./schema-parts.ts";

/** What a person of the seller is called in the audit, in sessions and in keys; "me" and "nobody" are words. */
export const Person = { minLength: 1, maxLength: 200, pattern: "^(?! )[^\\p{C}\\p{Zl}\\p{Zp}]+(?<! )$" } as const;

const Side = Type.Unsafe<TicketSide>({ type: "string", enum: ["buyer", "desk"] });

const AtDesk = Type.Object(
  {
    assignee: Type.Union([Type.String(), Type.Null()], { description: "Who works on it; null: nobody" }),
    waitsFor: Type.Union([Side, Type.Null()], { description: "Whose turn it is; null once it is closed" }),
    waitingSince: NullableInstant,
    lastMessage: Type.Union([
      Type.Object({ at: Instant, from: Type.String({ description: "buyer, desk or system" }) }),
      Type.Null(),
    ]),
    messages: Type.Integer(),
    attachments: Type.Integer(),
    closedBy: Type.Union([Type.String(), Type.Null()], { description: "desk:contract-desk-1" }),
    legalName: Type.Union([Type.String(), Type.Null()], { description: "Of the account; null: not verified" }),
  },
  { description: "What the seller's side sees besides; buyers are told none of it" },
);

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
    atDesk: Type.Optional(AtDesk),
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

function ticketJson(ticket: Ticket, language: Language): TicketJson {
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

export function listedTicketJson({ ticket, atDesk }: ListedTicket, language: Language, forBuyer: boolean): TicketJson {
  return { ...ticketJson(ticket, language), ...(!forBuyer && { atDesk: atDeskJson(ticket, atDesk) }) };
}

function atDeskJson({ assignee, status }: Ticket, seen: TicketAtDesk): Static<typeof AtDesk> {
  const { identity, waitsFor, waitingSince, lastMessage, messages, attachments, closedBy } = seen;
  const isOpen = status.state === "open";
  return {
    assignee,
    waitsFor: isOpen ? waitsFor : null,
    waitingSince: isOpen ? isoOf(waitingSince) : null,
    lastMessage: lastMessage && { at: isoOf(lastMessage.at), from: lastMessage.from },
    ...{ messages, attachments, closedBy },
    legalName: identity.state === "verified" ? identity.legalName : null,
  };
}

/** The ticket with all that was said; who at the desk said it is not the buyer's to know. */
export function threadJson(thread: TicketThread, language: Language, forBuyer: boolean) {
  const { messages, attachments } = thread;
  return {
    ...listedTicketJson(thread, language, forBuyer),
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
