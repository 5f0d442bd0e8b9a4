import type { AccountId, Sha256 } from "../domain/identifiers.ts";
import type { Ticket, TicketAttachment, TicketId, TicketSide } from "../domain/ticket.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, Clock, Identifiers, Ledger, LedgerTransaction, Objects } from "./ports.ts";
import { type ReadObjectPorts, readObject } from "./read-object.ts";
import { auditTicket } from "./ticket-audit.ts";
import type { TicketThread } from "./ticket-books.ts";
import type { UploadChecker } from "./verify-contract.ts";

export interface AnswerTicketPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

export interface AttachPorts extends AnswerTicketPorts {
  readonly objects: Objects;
  readonly uploads: UploadChecker;
}

/** The largest PDF that goes onto a ticket. */
export const LARGEST_ATTACHMENT = 10 * 1024 * 1024;
/** Of attachments on one ticket: enough for a contract with its annexes, too few to fill a disk. */
export const MOST_ATTACHMENTS = 20;

export type AnswerOutcome = { readonly kind: "added" } | { readonly kind: "closed" } | { readonly kind: "not_found" };

/** Adds a message to an open ticket. */
export async function addTicketMessage(
  { ledger, clock }: AnswerTicketPorts,
  actor: Actor,
  account: AccountId,
  id: TicketId,
  text: string,
): Promise<AnswerOutcome> {
  return ledger.transaction(async (transaction): Promise<AnswerOutcome> => {
    const ticket = await transaction.lockTicket(account, id);
    if (!ticket) return { kind: "not_found" };
    if (ticket.status.state !== "open") return { kind: "closed" };
    const at = clock.now();
    await say(transaction, actor, ticket, at, text);
    await transaction.handTicketTo(ticket, turnAfter(ticket, sideOf(actor)), at);
    return { kind: "added" };
  });
}

/** Adds a message to a ticket that is locked and open. */
export async function say(
  transaction: LedgerTransaction,
  actor: Actor,
  ticket: Ticket,
  at: Instant,
  text: string,
): Promise<void> {
  await transaction.addMessage(ticket, { at, from: sideOf(actor), author: actor.id, text });
  await auditTicket(transaction, actor, "ticket.answered", ticket, at, {});
  const data = { order: ticket.order, queue: ticket.queue, from: sideOf(actor) };
  await transaction.publish({ type: "ticket.answered", at, account: ticket.account, subject: ticket.id, data });
}

/** Why a file cannot be attached. */
export type AttachmentFault = "not_a_pdf" | "too_large" | "too_many" | "too_busy";

export type AttachOutcome =
  | { readonly kind: "attached"; readonly attachment: TicketAttachment }
  | { readonly kind: "faulty"; readonly fault: AttachmentFault }
  | { readonly kind: "closed" }
  | { readonly kind: "not_found" };

/** Adds a PDF to an open ticket: read as a hostile file would be before it is kept, and never run or shown in place. */
export async function attachToTicket(
  ports: AttachPorts,
  actor: Actor,
  account: AccountId,
  id: TicketId,
  file: { readonly name: string; readonly pdf: Uint8Array },
): Promise<AttachOutcome> {
  const { ledger, clock, identifiers, objects } = ports;
  const thread = await ledger.ticket(id);
  if (thread?.ticket.account !== account) return { kind: "not_found" };
  if (thread.ticket.status.state !== "open") return { kind: "closed" };
  if (thread.attachments.length >= MOST_ATTACHMENTS) return { kind: "faulty", fault: "too_many" };
  const fault = await findFault(ports, file.pdf);
  if (fault) return { kind: "faulty", fault };
  const sha256: Sha256 = await objects.put(file.pdf);
  return ledger.transaction(async (transaction): Promise<AttachOutcome> => {
    const ticket = await transaction.lockTicket(account, id);
    if (ticket?.status.state !== "open") return { kind: "closed" };
    // Asked again under the lock: others may have attached something while we looked at the file.
    if ((await transaction.countAttachments(ticket)) >= MOST_ATTACHMENTS) return { kind: "faulty", fault: "too_many" };
    const at = clock.now();
    const from = sideOf(actor);
    const attachment = { id: identifiers.newId(), at, from, name: file.name, sha256, bytes: file.pdf.length } as const;
    await transaction.addAttachment(ticket, attachment, actor.id);
    await transaction.handTicketTo(ticket, turnAfter(ticket, from), at);
    await auditTicket(transaction, actor, "ticket.attached", ticket, at, { name: file.name, sha256 });
    return { kind: "attached", attachment };
  });
}

/** Whether the bytes are a PDF that can be read, and small enough; null when nothing is wrong. */
export async function findFault(
  { uploads, clock }: { uploads: UploadChecker; clock: Clock },
  pdf: Uint8Array,
): Promise<AttachmentFault | null> {
  if (pdf.length > LARGEST_ATTACHMENT) return "too_large";
  const readable = await uploads.isReadable(pdf, clock.now());
  if (readable === "too_busy") return readable;
  return readable ? null : "not_a_pdf";
}

/** An attachment's bytes; null when the ticket has no such attachment. A damaged file throws `ObjectDamaged`. */
export async function readAttachment(
  ports: ReadObjectPorts,
  { ticket, attachments }: TicketThread,
  attachmentId: string,
): Promise<{ readonly attachment: TicketAttachment; readonly pdf: Uint8Array } | null> {
  const attachment = attachments.find(({ id }) => id === attachmentId);
  if (!attachment) return null;
  const { account, id } = ticket;
  const object = { hash: attachment.sha256, account, role: "attachment", contract: null, ticket: id } as const;
  return { attachment, pdf: await readObject(ports, object) };
}

/** Machines of the seller, and whoever sits at its terminal, speak for its desk. */
export function sideOf(actor: Actor): TicketSide {
  return actor.kind === "buyer" ? "buyer" : "desk";
}

/** The other side's; but no buyer answers on a late payment, which buyers do not see. */
function turnAfter({ topic }: Ticket, side: TicketSide): TicketSide {
  return side === "buyer" || topic === "paid_after_hold" ? "desk" : "buyer";
}
