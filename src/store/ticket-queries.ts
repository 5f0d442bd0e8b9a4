import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Actor } from "../application/ports.ts";
import type { TicketClosing } from "../application/ticket-books.ts";
import type { AccountId, ContractNumber, OrderId } from "../domain/identifiers.ts";
import type {
  Ticket,
  TicketAttachment,
  TicketId,
  TicketMessage,
  TicketQueue,
  TicketSide,
  TicketState,
  TicketTopic,
} from "../domain/ticket.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { newId } from "./new-id.ts";
import type { Tables, TicketsTable } from "./tables.ts";

export type TicketRow = Selectable<TicketsTable> & { readonly number: string | null };

function tickets(database: Kysely<Tables>) {
  return database
    .selectFrom("tickets")
    .leftJoin("contracts", (join) =>
      join
        .onRef("contracts.account", "=", "tickets.account")
        .onRef("contracts.contract_id", "=", "tickets.contract_id"),
    )
    .selectAll("tickets")
    .select("contracts.number");
}

export function ticketFromRow(row: TicketRow): Ticket {
  return {
    id: row.ticket_id as TicketId,
    account: row.account as AccountId,
    order: row.order_id as OrderId,
    queue: row.queue as TicketQueue,
    topic: row.topic as TicketTopic,
    openedAt: instantOf(row.opened_at.getTime()),
    assignee: row.assignee,
    status: stateOf(row),
  };
}

function stateOf({ state, closed_at, rejection, number }: TicketRow): TicketState {
  if (state === "open" || closed_at === null) return { state: "open" };
  const closedAt = instantOf(closed_at.getTime());
  if (state === "rejected") return { state, closedAt, reason: rejection ?? "" };
  return { state: "resolved", closedAt, contract: number as ContractNumber | null };
}

export async function lockTicket(
  database: Transaction<Tables>,
  account: AccountId,
  ticket: TicketId,
): Promise<Ticket | null> {
  const row = await tickets(database)
    .where("tickets.account", "=", account)
    .where("tickets.ticket_id", "=", ticket)
    .forUpdate("tickets")
    .executeTakeFirst();
  return row ? ticketFromRow(row) : null;
}

export async function openTicketOfOrder(
  database: Transaction<Tables>,
  account: AccountId,
  order: OrderId,
): Promise<Ticket | null> {
  const row = await tickets(database)
    .where("tickets.account", "=", account)
    .where("tickets.order_id", "=", order)
    .where("tickets.state", "=", "open")
    .where("tickets.topic", "<>", "paid_after_hold")
    .forUpdate("tickets")
    .executeTakeFirst();
  return row ? ticketFromRow(row) : null;
}

export async function insertTicket(database: Transaction<Tables>, ticket: Ticket): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("tickets")
    .values({
      account: ticket.account,
      ticket_id: ticket.id,
      order_id: ticket.order,
      queue: ticket.queue,
      topic: ticket.topic,
      opened_at: new Date(ticket.openedAt),
      state: "open",
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function addMessage(
  database: Transaction<Tables>,
  { account, id }: Ticket,
  { at, from, author, text }: TicketMessage,
): Promise<void> {
  await database
    .insertInto("ticket_messages")
    .values({ account, ticket_id: id, message_id: newId(), at: new Date(at), side: from, author, text })
    .execute();
}

export async function handTicketTo(
  database: Transaction<Tables>,
  { account, id }: Ticket,
  side: TicketSide,
  at: Instant,
): Promise<void> {
  await database
    .updateTable("tickets")
    .set({ waits_for: side, waiting_since: new Date(at) })
    .where("account", "=", account)
    .where("ticket_id", "=", id)
    .where("waits_for", "<>", side)
    .execute();
}

export async function assignTicket(
  database: Transaction<Tables>,
  { account, id }: Ticket,
  assignee: string | null,
): Promise<void> {
  await database
    .updateTable("tickets")
    .set({ assignee })
    .where("account", "=", account)
    .where("ticket_id", "=", id)
    .execute();
}

export async function countAttachments(database: Transaction<Tables>, { account, id }: Ticket): Promise<number> {
  const { count } = await database
    .selectFrom("ticket_attachments")
    .select(sql<number>`count(*)::integer`.as("count"))
    .where("account", "=", account)
    .where("ticket_id", "=", id)
    .executeTakeFirstOrThrow();
  return count;
}

export async function addAttachment(
  database: Transaction<Tables>,
  { account, id }: Ticket,
  { id: attachment_id, at, from, name, sha256, bytes }: TicketAttachment,
  author: string,
): Promise<void> {
  await database
    .insertInto("ticket_attachments")
    .values({ account, ticket_id: id, attachment_id, at: new Date(at), side: from, author, name, sha256, bytes })
    .execute();
}

export async function closeTicket(
  database: Transaction<Tables>,
  { account, id }: Ticket,
  closing: TicketClosing,
  at: Instant,
  by: Actor,
): Promise<void> {
  await database
    .updateTable("tickets")
    .set({
      state: closing.state,
      closed_at: new Date(at),
      closed_by: `${by.kind}:${by.id}`,
      rejection: closing.state === "rejected" ? closing.reason : null,
      contract_id: closing.state === "resolved" ? closing.contract : null,
    })
    .where("account", "=", account)
    .where("ticket_id", "=", id)
    .execute();
}
