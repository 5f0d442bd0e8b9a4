import { assignTicket } from "../application/assign-ticket.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenText } from "./given-text.ts";
import { OPERATOR } from "./operator.ts";
import { refuse } from "./refused.ts";
import { EXIT } from "./terminal.ts";
import { reportTicket, ticketId, withTicket } from "./ticket-line.ts";

const LONGEST_NAME = 200;

/** `orderseal tickets assign`: to a person as the audit names them; from somebody else only where that one is named. */
export const ticketsAssignCommand: Command = {
  name: "tickets assign",
  usage: "tickets assign <id> <person>|nobody [--from PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { from: { type: "string" } },
      { least: 2, most: 2 },
    );
    const id = ticketId(positional(positionals, 0));
    const person = givenText("<person>", positional(positionals, 1), LONGEST_NAME);
    const to = person === "nobody" ? null : person;
    const from = values.from === undefined ? null : givenText("--from", values.from, LONGEST_NAME);
    return withTicket(id, terminal, values.json, installation.use, async (open, { ticket }) => {
      const outcome = await assignTicket(open, OPERATOR, ticket.account, id, { to, from });
      switch (outcome.kind) {
        case "assigned":
          await reportTicket(open, id, terminal, values.json);
          return EXIT.done;
        case "of_somebody_else":
          return refuse(terminal, values.json, "ticket_assigned_to_other", outcome.assignee);
        case "closed":
          return refuse(terminal, values.json, "ticket_closed");
        case "not_found":
          return refuse(terminal, values.json, "ticket_not_found");
      }
    });
  },
};
