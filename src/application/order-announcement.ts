import { type Contract, orderOf } from "../domain/contract.ts";
import type { Order } from "../domain/order.ts";
import { type Standing, standingOf, wasPaidTooLate } from "../domain/standing.ts";
import type { Ticket, TicketId } from "../domain/ticket.ts";
import { type Instant, isoOf } from "../domain/time.ts";
import type { Actor, DomainEvent, Identifiers, LedgerTransaction } from "./ports.ts";

interface Announcing {
  readonly transaction: LedgerTransaction;
  readonly identifiers: Identifiers;
  readonly at: Instant;
}

const SYSTEM: Actor = { kind: "system", id: "order-announcement" };

/** The event that tells of a standing; of the others nobody needs to be told when they begin. */
const EVENT_OF: Readonly<Partial<Record<Standing, DomainEvent["type"]>>> = {
  in_force: "contract.in_force",
  not_started: "contract.in_force",
  ended: "contract.in_force",
  lapsed: "contract.lapsed",
  void: "contract.voided",
};

/**
 * Tells what a report of the order has changed about its contract: paid in time, void because it was cancelled (R9),
 * lapsed (R10); and tells the desk of a payment that came too late. It only announces: the standing is computed.
 */
export async function announceChange(announcing: Announcing, before: Order, now: Order): Promise<void> {
  const { transaction, at } = announcing;
  const contract = await transaction.contractOn(now.account, { kind: "order", order: now.id });
  if (!contract) return;
  const [was, is] = [standingOf(contract, before, at), standingOf(contract, now, at)];
  const event = EVENT_OF[is];
  if (event !== EVENT_OF[was] && event) await announceStanding(transaction, contract, event, is, at);
  // What has run out by the clock alone is announced by the sweep.
  if (is !== "pending_payment" && is !== "lapsed") await endHold(transaction, contract, is, at);
  if (wasPaidTooLate(contract, now) && !wasPaidTooLate(contract, before)) await tellDesk(announcing, contract, now);
}

/** Announces that the hold of an unpaid order is over, once. */
export async function endHold(
  transaction: LedgerTransaction,
  contract: Contract,
  standing: Standing,
  at: Instant,
): Promise<void> {
  const order = orderOf(contract);
  if (order === null || !(await transaction.settleHold(contract))) return;
  const { account, number } = contract;
  const data = { contract: number, standing };
  await transaction.publish({ type: "order.hold_ended", at, account, subject: order, data });
}

export async function announceStanding(
  transaction: LedgerTransaction,
  contract: Contract,
  type: DomainEvent["type"],
  standing: Standing,
  at: Instant,
): Promise<void> {
  const { account, number, policyVersion } = contract;
  const data = { order: orderOf(contract), standing };
  await transaction.publish({ type, at, account, subject: number, data });
  await transaction.audit({
    at,
    actor: SYSTEM,
    action: type,
    account,
    objectKind: "contract",
    objectId: number,
    policyVersion,
    detail: data,
  });
}

/** R10: the contract stays lapsed although there is money now; that is for people to settle, so the desk gets a ticket. */
async function tellDesk({ transaction, identifiers, at }: Announcing, contract: Contract, order: Order): Promise<void> {
  const { paidAt } = order.life;
  const ticket: Ticket = {
    id: identifiers.newId() as TicketId,
    account: order.account,
    order: order.id,
    queue: "contract_desk",
    topic: "paid_after_hold",
    openedAt: at,
    status: { state: "open" },
  };
  if (paidAt === null || contract.holdUntil === null || !(await transaction.insertTicket(ticket))) return;
  const [paid, held] = [isoOf(paidAt), isoOf(contract.holdUntil)];
  const text =
    `订单 ${order.id} 于 ${paid} 付款，晚于合同 ${contract.number} 的保留期限 ${held}，合同已失效且不会恢复，请与客户联系处理。\n` +
    `Order ${order.id} was paid at ${paid}, after the hold of contract ${contract.number} had ended at ${held}. ` +
    "The contract has lapsed and stays so; please settle this with the customer.";
  await transaction.addMessage(ticket, { at, from: "system", author: SYSTEM.id, text });
  const data = { order: order.id, contract: contract.number, topic: ticket.topic, queue: ticket.queue };
  await transaction.publish({ type: "ticket.opened", at, account: order.account, subject: ticket.id, data });
}
