import { type Expression, type Kysely, type Selectable, sql } from "kysely";
import type { TicketFilter } from "../application/listed.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import type { ListedTicket, TicketThread } from "../application/ticket-books.ts";
import type { Sha256 } from "../domain/identifiers.ts";
import type { TicketAttachment, TicketId, TicketMessage, TicketSide } from "../domain/ticket.ts";
import { instantOf } from "../domain/time.ts";
import { CONTRACT_KEY, decodeCursor, encodeCursor } from "./cursor.ts";
import { accountFromRow } from "./party-records.ts";
import type { Tables, TicketsTable } from "./tables.ts";
import { ticketFromRow } from "./ticket-queries.ts";

/** What is told of some tickets besides; of those alone, however many there are. */
function listed(database: Kysely<Tables>, some: Expression<Selectable<TicketsTable>>) {
  return database
    .selectFrom(sql<Selectable<TicketsTable>>`${some}`.as("tickets"))
    .innerJoin("accounts", "accounts.account", "tickets.account")
    .leftJoin("contracts", (join) =>
      join
        .onRef("contracts.account", "=", "tickets.account")
        .onRef("contracts.contract_id", "=", "tickets.contract_id"),
    )
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom("ticket_messages")
          .select(["at", "side"])
          .whereRef("ticket_messages.account", "=", "tickets.account")
          .whereRef("ticket_messages.ticket_id", "=", "tickets.ticket_id")
          .orderBy("message_id", "desc")
          .limit(1)
          .as("last_message"),
      (join) => join.onTrue(),
    )
    .selectAll("tickets")
    .select(["contracts.number", "accounts.identity", "last_message.at as last_at", "last_message.side as last_side"])
    .select(({ selectFrom }) => [
      selectFrom("ticket_messages")
        .select(COUNT.as("count"))
        .whereRef("ticket_messages.account", "=", "tickets.account")
        .whereRef("ticket_messages.ticket_id", "=", "tickets.ticket_id")
        .as("messages"),
      selectFrom("ticket_attachments")
        .select(COUNT.as("count"))
        .whereRef("ticket_attachments.account", "=", "tickets.account")
        .whereRef("ticket_attachments.ticket_id", "=", "tickets.ticket_id")
        .as("attachments"),
    ]);
}

const COUNT = sql<number>`count(*)::integer`;

type ListedRow = Awaited<ReturnType<ReturnType<typeof listed>["execute"]>>[number];

function fromListedRow(row: ListedRow): ListedTicket {
  const { last_at: at, last_side: side } = row;
  return {
    ticket: ticketFromRow(row),
    atDesk: {
      identity: accountFromRow(row, null).identity,
      waitsFor: row.waits_for as TicketSide,
      waitingSince: instantOf((row.waiting_since ?? row.opened_at).getTime()),
      lastMessage: at && { at: instantOf(at.getTime()), from: side as TicketMessage["from"] },
      messages: row.messages ?? 0,
      attachments: row.attachments ?? 0,
      closedBy: row.closed_by,
    },
  };
}

export async function ticketThread(database: Kysely<Tables>, id: TicketId): Promise<TicketThread | null> {
  const one = database.selectFrom("tickets").selectAll().where("ticket_id", "=", id);
  const row = await listed(database, one).executeTakeFirst();
  if (!row) return null;
  const { ticket, atDesk } = fromListedRow(row);
  const [messages, attachments] = await Promise.all([
    database
      .selectFrom("ticket_messages")
      .select(["at", "side", "author", "text"])
      .where("account", "=", ticket.account)
      .where("ticket_id", "=", id)
      .orderBy("message_id")
      .execute(),
    database
      .selectFrom("ticket_attachments")
      .selectAll()
      .where("account", "=", ticket.account)
      .where("ticket_id", "=", id)
      .orderBy("attachment_id")
      .execute(),
  ]);
  return {
    ticket,
    atDesk,
    messages: messages.map(({ at, side, author, text }) => ({
      at: instantOf(at.getTime()),
      from: side as TicketMessage["from"],
      author,
      text,
    })),
    attachments: attachments.map(({ attachment_id, at, side, name, sha256, bytes }) => ({
      id: attachment_id,
      at: instantOf(at.getTime()),
      from: side as TicketAttachment["from"],
      name,
      sha256: sha256 as Sha256,
      bytes,
    })),
  };
}

export async function listTickets(
  database: Kysely<Tables>,
  filter: TicketFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<ListedTicket>> {
  const order = filter.oldestFirst ? "asc" : "desc";
  const page = pageOf(database, filter, cursor)
    .orderBy("opened_at", order)
    .orderBy("ticket_id", order)
    .limit(limit + 1);
  const rows = await listed(database, page)
    .orderBy("tickets.opened_at", order)
    .orderBy("tickets.ticket_id", order)
    .execute();
  const last = rows[limit - 1];
  const next = rows.length > limit && last ? encodeCursor({ at: last.opened_at, key: last.ticket_id }) : null;
  return { items: rows.slice(0, limit).map(fromListedRow), next };
}

function pageOf(
  database: Kysely<Tables>,
  { forBuyer, account, queues, state, assignee, order, waitsFor, oldestFirst }: TicketFilter,
  cursor: string | null,
) {
  const from = decodeCursor(cursor, CONTRACT_KEY);
  let query = database.selectFrom("tickets").selectAll();
  if (forBuyer) query = query.where("topic", "<>", "paid_after_hold");
  if (account) query = query.where("account", "=", account);
  if (queues) query = query.where("queue", "in", queues);
  if (state) query = query.where("state", "=", state);
  if (assignee === "nobody") query = query.where("assignee", "is", null);
  else if (assignee) query = query.where("assignee", "=", assignee.person);
  if (order) query = query.where("order_id", "=", order);
  if (waitsFor) query = query.where("state", "=", "open").where("waits_for", "=", waitsFor);
  if (from) {
    const after = sql.raw(oldestFirst ? ">" : "<");
    query = query.where(sql<boolean>`(opened_at, ticket_id) ${after} (${from.at}, ${from.key}::uuid)`);
  }
  return query;
}
