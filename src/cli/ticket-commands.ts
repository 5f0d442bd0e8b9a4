import { addTicketMessage } from "../application/answer-ticket.ts";
import type { TicketFilter } from "../application/listed.ts";
import { openTicket } from "../application/open-ticket.ts";
import { listTickets } from "../application/show-tickets.ts";
import { TICKET_QUEUES } from "../domain/ticket.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { everyItem } from "./every-item.ts";
import { givenText } from "./given-text.ts";
import { OPERATOR } from "./operator.ts";
import { orderId } from "./orders-commands.ts";
import { refuse, refuseDecision } from "./refused.ts";
import { EXIT, table, WrongUse } from "./terminal.ts";
import { reportTicket, threadLine, threadText, ticketId, ticketLine, ticketRow, withTicket } from "./ticket-line.ts";

const STATES = ["open", "resolved", "rejected"] as const;
const SIDES = ["desk", "buyer"] as const;
const LONGEST_MESSAGE = 4000;
const LONGEST_NAME = 200;
const LIST_OPTIONS = {
  queue: { type: "string" },
  state: { type: "string" },
  assignee: { type: "string" },
  "waits-for": { type: "string" },
  order: { type: "string" },
  oldest: { type: "boolean", default: false },
} as const;

/** `orderseal tickets list`: newest first unless said otherwise, both desks' unless one is named. */
export const ticketsListCommand: Command = {
  name: "tickets list",
  usage:
    "tickets list [--queue contract_desk|marketplace_desk] [--state open|resolved|rejected] [--assignee PERSON|nobody] " +
    "[--waits-for desk|buyer] [--order ORDER] [--oldest] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, LIST_OPTIONS, { least: 0, most: 0 });
    const queue = oneOf("--queue", TICKET_QUEUES, values.queue);
    const person = values.assignee === undefined ? null : givenText("--assignee", values.assignee, LONGEST_NAME);
    const filter: TicketFilter = {
      ...{ forBuyer: false, account: null, oldestFirst: values.oldest },
      queues: queue === null ? null : [queue],
      state: oneOf("--state", STATES, values.state),
      assignee: person === null || person === "nobody" ? person : { person },
      order: values.order === undefined ? null : orderId(values.order),
      waitsFor: oneOf("--waits-for", SIDES, values["waits-for"]),
    };
    return installation.use(async (open) => {
      const rows: string[][] = [];
      for await (const ticket of everyItem((page) => listTickets(open, filter, page))) {
        if (values.json) terminal.out(`${JSON.stringify(ticketLine(ticket))}\n`);
        else rows.push(ticketRow(ticket, terminal));
      }
      if (!values.json) terminal.out(rows.length === 0 ? "No tickets.\n" : table(rows));
      return EXIT.done;
    });
  },
};

export const ticketsShowCommand: Command = {
  name: "tickets show",
  usage: "tickets show <id> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const id = ticketId(positional(positionals, 0));
    return withTicket(id, terminal, values.json, installation.use, async (_open, thread) => {
      terminal.out(values.json ? `${JSON.stringify(threadLine(thread))}\n` : threadText(thread, terminal));
      return EXIT.done;
    });
  },
};

/** `orderseal tickets open`: from the order's refusal, prefilled with it (R3, R18, R20). */
export const ticketsOpenCommand: Command = {
  name: "tickets open",
  usage: "tickets open <order> [--message TEXT] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { message: { type: "string" } },
      { least: 1, most: 1 },
    );
    const order = orderId(positional(positionals, 0));
    const text = values.message === undefined ? "" : givenText("--message", values.message, LONGEST_MESSAGE);
    return installation.use(async (open) => {
      const account = await open.ledger.accountOfOrder(order);
      const outcome = account
        ? await openTicket(open, OPERATOR, { account, order, text, onlyQueues: null })
        : { kind: "not_found" as const };
      switch (outcome.kind) {
        case "opened":
          await reportTicket(open, outcome.ticket.id, terminal, values.json, { isNew: outcome.isNew });
          return EXIT.done;
        case "refused":
          return refuseDecision(terminal, values.json, outcome.refuse);
        case "request_instead":
          return refuse(terminal, values.json, "request_instead_of_ticket");
        // Whoever sits at the terminal is of no desk, so that no ticket is another's.
        case "other_desk":
        case "not_found":
          return refuse(terminal, values.json, "order_not_found");
      }
    });
  },
};

export const ticketsAnswerCommand: Command = {
  name: "tickets answer",
  usage: "tickets answer <id> --message TEXT [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { message: { type: "string" } },
      { least: 1, most: 1 },
    );
    const id = ticketId(positional(positionals, 0));
    const text = givenText("--message", values.message, LONGEST_MESSAGE);
    return withTicket(id, terminal, values.json, installation.use, async (open, { ticket }) => {
      const outcome = await addTicketMessage(open, OPERATOR, ticket.account, id, text);
      if (outcome.kind === "closed") return refuse(terminal, values.json, "ticket_closed");
      if (outcome.kind === "not_found") return refuse(terminal, values.json, "ticket_not_found");
      await reportTicket(open, id, terminal, values.json);
      return EXIT.done;
    });
  },
};

function oneOf<const Known extends string>(
  option: string,
  known: readonly Known[],
  text: string | undefined,
): Known | null {
  if (text === undefined) return null;
  const found = known.find((each) => each === text);
  if (!found) throw new WrongUse(`${option} must be one of ${known.join(", ")}, not "${text.slice(0, 80)}".`);
  return found;
}
