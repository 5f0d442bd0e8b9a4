import { decideIssuance, type Refuse } from "../domain/decide-issuance.ts";
import type { AccountId, OrderId } from "../domain/identifiers.ts";
import { refusalText, refusalTitle } from "../domain/refusal-text.ts";
import { type Ticket, type TicketId, type TicketQueue, ticketFor } from "../domain/ticket.ts";
import { say, sideOf } from "./answer-ticket.ts";
import type { Actor, Clock, Identifiers, Ledger, LedgerTransaction } from "./ports.ts";
import { readOrderFacts } from "./prepare-contract.ts";
import { auditTicket } from "./ticket-audit.ts";

export interface OpenTicketPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

export interface TicketRequest {
  readonly account: AccountId;
  readonly order: OrderId;
  /** What whoever asks adds to the prefilled reason; may be empty. */
  readonly text: string;
  /** The queues of the desks that ask; null for buyers and machines, whose tickets go wherever they belong. */
  readonly onlyQueues: readonly TicketQueue[] | null;
}

export type OpenTicketOutcome =
  /** `isNew` is false when the order had an open ticket: the message went there. */
  | { readonly kind: "opened"; readonly ticket: Ticket; readonly isNew: boolean }
  /** The order's refusal names another next step. */
  | { readonly kind: "refused"; readonly refuse: Refuse }
  /** Nothing stands in the way of the contract: request it. */
  | { readonly kind: "request_instead" }
  /** It is for the other desk, whose tickets this one neither sees nor answers. */
  | { readonly kind: "other_desk" }
  | { readonly kind: "not_found" };

/**
 * Opens a ticket from an order's refusal, prefilled with the order and the reason (R3, R18, R20), in the queue that the
 * refusal names. An order has one open ticket: asked again, the words go there.
 */
export async function openTicket(
  { ledger, clock, identifiers }: OpenTicketPorts,
  actor: Actor,
  { account, order: orderId, text, onlyQueues }: TicketRequest,
): Promise<OpenTicketOutcome> {
  return ledger.transaction(async (transaction): Promise<OpenTicketOutcome> => {
    const at = clock.now();
    const order = await transaction.lockOrder(account, orderId);
    const read = order && (await readOrderFacts(transaction, order, at));
    if (!order || !read) return { kind: "not_found" };
    const known = await transaction.openTicketOfOrder(account, orderId);
    if (known) {
      if (!isFor(known.queue, onlyQueues)) return { kind: "other_desk" };
      if (text !== "") {
        await say(transaction, actor, known, at, text);
        // Whoever opens a ticket asks the desk, also where a machine hands on what a buyer wrote elsewhere.
        await transaction.handTicketTo(known, "desk", at);
      }
      return { kind: "opened", ticket: known, isNew: false };
    }
    const decision = decideIssuance(read.facts);
    const opening = ticketFor(decision);
    if (opening.kind === "open" && !isFor(opening.queue, onlyQueues)) return { kind: "other_desk" };
    if (decision.kind === "refuse") {
      const subject = { kind: "order", order: order.id } as const;
      await transaction.tellRefusal({ account, subject, refuse: decision, at, askedFor: "ticket", actor: actor.kind });
    }
    if (opening.kind !== "open") return opening;
    if (decision.kind === "issue") throw new Error("a ticket was opened from no refusal");
    const ticket: Ticket = {
      id: identifiers.newId() as TicketId,
      account,
      order: order.id,
      queue: opening.queue,
      topic: opening.topic,
      openedAt: at,
      assignee: null,
      status: { state: "open" },
    };
    if (!(await transaction.insertTicket(ticket))) throw new Error(`order ${order.id} has another open ticket`);
    await transaction.addMessage(ticket, {
      at,
      from: "system",
      author: "orderseal",
      text: prefilled(order.id, decision),
    });
    if (text !== "") await transaction.addMessage(ticket, { at, from: sideOf(actor), author: actor.id, text });
    await announce(transaction, actor, ticket);
    return { kind: "opened", ticket, isNew: true };
  });
}

function isFor(queue: TicketQueue, onlyQueues: readonly TicketQueue[] | null): boolean {
  return onlyQueues?.includes(queue) ?? true;
}

/** What the desk needs to know, in both languages: desk and buyer may read different ones. */
function prefilled(order: OrderId, { refusal }: Refuse): string {
  const [title, sentence] = [refusalTitle(refusal.code), refusalText(refusal)];
  return `订单 ${order}：${title["zh-CN"]}。${sentence["zh-CN"]}\n` + `Order ${order}: ${title.en}. ${sentence.en}`;
}

async function announce(transaction: LedgerTransaction, actor: Actor, ticket: Ticket): Promise<void> {
  const { id, account, order, queue, topic, openedAt: at } = ticket;
  const detail = { order, queue, topic };
  await auditTicket(transaction, actor, "ticket.opened", ticket, at, detail);
  await transaction.publish({ type: "ticket.opened", at, account, subject: id, data: detail });
}
