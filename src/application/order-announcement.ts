import { type Contract, orderOf } from "../domain/contract.ts";
import type { Order } from "../domain/order.ts";
import { type Standing, standingOf, wasPaidTooLate } from "../domain/standing.ts";
import type { Ticket, TicketId } from "../domain/ticket.ts";
import { type Instant, isoOf } from "../domain/time.ts";
import type { Actor, DomainEvent, Identifiers, LedgerTransaction } from "./ports.ts";
import { auditTicket } from "./ticket-audit.ts";

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
  if (is === "pending_payment") await resumeHold(announcing, contract);
  // What has run out by the clock alone is announced by the sweep.
  else if (is !== "lapsed" || was !== "lapsed") await endHold(transaction, contract, is, at);
  // Also when the payment was known before and something else kept the contract from lapsing; the desk is told once.
  if (is === "lapsed" && wasPaidTooLate(contract, now)) await tellDesk(announcing, contract, now);
}

/** Announces that the hold of an unpaid order is over, once. */
export async function endHold(
  transaction: LedgerTransaction,
  contract: Contract,
  standing: Standing,
  at: Instant,
): Promise<void> {
  if (await transaction.settleHold(contract)) await announceHoldEnd(transaction, contract, standing, at);
}

/** Tells that the hold is over; whoever has settled it in the books does this, and nobody else. */
export async function announceHoldEnd(
  transaction: LedgerTransaction,
  contract: Contract,
  standing: Standing,
  at: Instant,
): Promise<void> {
  const order = orderOf(contract);
  if (order === null) return;
  const { account, number } = contract;
  const data = { contract: number, standing };
  await transaction.publish({ type: "order.hold_ended", at, account, subject: order, data });
}

/** A payment was taken back inside the hold: the order is held again, so that the end of the hold is still to be told. */
async function resumeHold({ transaction, at }: Announcing, contract: Contract): Promise<void> {
  if (await transaction.resumeHold(contract)) await announceHold(transaction, contract, at);
}

/** Announces that an unpaid order is held since `at`, and until when (R8). */
export async function announceHold(transaction: LedgerTransaction, contract: Contract, at: Instant): Promise<void> {
  const { account, number, holdUntil } = contract;
  const order = orderOf(contract);
  if (holdUntil === null || order === null) return;
  const data = { contract: number, holdUntil: isoOf(holdUntil) };
  await transaction.publish({ type: "order.hold_started", at, account, subject: order, data });
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
    assignee: null,
    status: { state: "open" },
  };
  if (paidAt === null || contract.holdUntil === null || !(await transaction.insertTicket(ticket))) return;
  const [paid, held] = [isoOf(paidAt), isoOf(contract.holdUntil)];
  const text =
    `订单 ${order.id} 于 ${paid} 付款，晚于合同 ${contract.number} 的付款期限 ${held}，合同已失效且不会恢复，请与客户联系处理。\n` +
    `Order ${order.id} was paid at ${paid}, after the hold of contract ${contract.number} had ended at ${held}. ` +
    "The contract has lapsed and stays so; please settle this with the customer.";
  await transaction.addMessage(ticket, { at, from: "system", author: SYSTEM.id, text });
  const data = { order: order.id, contract: contract.number, topic: ticket.topic, queue: ticket.queue };
  await auditTicket(transaction, SYSTEM, "ticket.opened", ticket, at, data);
  await transaction.publish({ type: "ticket.opened", at, account: order.account, subject: ticket.id, data });
}
