import { showTicket } from "../application/show-tickets.ts";
import type { ListedTicket, TicketThread } from "../application/ticket-books.ts";
import { parseTicketId, type TicketId } from "../domain/ticket.ts";
import { ticketTopicText } from "../domain/ticket-text.ts";
import { isoOf } from "../domain/time.ts";
import type { Installation, OpenInstallation } from "./installation.ts";
import { refuse } from "./refused.ts";
import { type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";

/** A ticket as --json prints it. */
export function ticketLine({ ticket, atDesk }: ListedTicket) {
  const { id, account, order, queue, topic, openedAt, assignee, status } = ticket;
  return {
    ticket: id,
    account,
    order,
    queue,
    topic,
    state: status.state,
    openedAt: isoOf(openedAt),
    assignee,
    waitsFor: status.state === "open" ? atDesk.waitsFor : null,
    waitingSince: status.state === "open" ? isoOf(atDesk.waitingSince) : null,
    closedAt: status.state === "open" ? null : isoOf(status.closedAt),
    contract: status.state === "resolved" ? status.contract : null,
    reason: status.state === "rejected" ? status.reason : null,
  };
}

/** With all that was said and added. */
export function threadLine(thread: TicketThread) {
  const { messages, attachments } = thread;
  return {
    ...ticketLine(thread),
    messages: messages.map(({ at, from, author, text }) => ({ at: isoOf(at), from, author, text })),
    attachments: attachments.map(({ id, at, from, name, bytes, sha256 }) => {
      return { id, at: isoOf(at), from, name, bytes, sha256 };
    }),
  };
}

export function ticketRow({ ticket }: ListedTicket, { language }: Terminal) {
  const { id, order, account, queue, topic, openedAt, assignee, status } = ticket;
  return [id, order, account, queue, status.state, assignee ?? "-", isoOf(openedAt), ticketTopicText(topic)[language]];
}

export function threadText(thread: TicketThread, terminal: Terminal): string {
  const { messages, attachments } = thread;
  const { contract, reason } = ticketLine(thread);
  const end = contract ?? reason;
  const head = table([ticketRow(thread, terminal)]) + (end === null ? "" : `→ ${end}\n`);
  const said = messages.map(({ at, from, author, text }) => `\n${isoOf(at)} ${from} (${author})\n${indented(text)}\n`);
  const files = attachments.map(({ name, bytes, sha256 }) => ["", name, `${bytes} bytes`, sha256]);
  return `${head}${said.join("")}${files.length === 0 ? "" : `\n${table(files)}`}`;
}

/** Does the work on a ticket that the command line names, or says that there is none. */
export async function withTicket(
  id: TicketId,
  terminal: Terminal,
  json: boolean,
  use: Installation["use"],
  work: (open: OpenInstallation, thread: TicketThread) => Promise<ExitCode>,
): Promise<ExitCode> {
  return use(async (open) => {
    const thread = await showTicket(open, id, { account: null, queues: null });
    return thread ? work(open, thread) : refuse(terminal, json, "ticket_not_found");
  });
}

/** Prints the ticket as it is after the work. */
export async function reportTicket(
  open: OpenInstallation,
  id: TicketId,
  terminal: Terminal,
  json: boolean,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const thread = await showTicket(open, id, { account: null, queues: null });
  if (!thread) throw new Error(`ticket ${id} is not in the books`);
  terminal.out(json ? `${JSON.stringify({ ...threadLine(thread), ...more })}\n` : table([ticketRow(thread, terminal)]));
}

export function ticketId(text: string): TicketId {
  const id = parseTicketId(text.toLowerCase());
  if (!id) throw new WrongUse(`"${text.slice(0, 80)}" is not the id of a ticket; see orderseal tickets list.`);
  return id;
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}
