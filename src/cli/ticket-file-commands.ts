import { basename } from "node:path";
import { type AttachmentFault, attachToTicket, LARGEST_ATTACHMENT } from "../application/answer-ticket.ts";
import { type CloseOutcome, rejectTicket, resolveTicket } from "../application/close-ticket.ts";
import type { TicketId } from "../domain/ticket.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenFileUpTo } from "./given-file.ts";
import { givenText } from "./given-text.ts";
import type { OpenInstallation } from "./installation.ts";
import { OPERATOR } from "./operator.ts";
import { refuse, refuseDecision } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal } from "./terminal.ts";
import { reportTicket, ticketId, withTicket } from "./ticket-line.ts";

const LONGEST_REASON = 1000;
const LONGEST_FILE_NAME = 120;

const REFUSED_FILES = {
  not_a_pdf: "not_a_pdf",
  too_large: "too_large",
  too_many: "too_many_attachments",
  too_busy: "too_many_requests",
} as const satisfies Record<AttachmentFault, string>;

const NOT_CLOSED = {
  other_contract: "file_is_another_contract",
  seller_unknown: "seller_not_known",
  pdf_needed: "pdf_needed",
  no_pdf_wanted: "no_pdf_wanted",
  closed: "ticket_closed",
  not_found: "ticket_not_found",
} as const satisfies Record<Exclude<CloseOutcome["kind"], "resolved" | "rejected" | "refused" | "faulty">, string>;

export const ticketsAttachCommand: Command = {
  name: "tickets attach",
  usage: "tickets attach <id> <file.pdf> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 2, most: 2 });
    const id = ticketId(positional(positionals, 0));
    const path = positional(positionals, 1);
    const pdf = await givenFileUpTo(LARGEST_ATTACHMENT, path);
    if (pdf === null) return refuse(terminal, values.json, "too_large");
    return withTicket(id, terminal, values.json, installation.use, async (open, { ticket }) => {
      const outcome = await attachToTicket(open, OPERATOR, ticket.account, id, { name: nameOf(path), pdf });
      switch (outcome.kind) {
        case "attached":
          await reportTicket(open, id, terminal, values.json);
          return EXIT.done;
        case "faulty":
          return refuse(terminal, values.json, REFUSED_FILES[outcome.fault]);
        case "closed":
          return refuse(terminal, values.json, "ticket_closed");
        case "not_found":
          return refuse(terminal, values.json, "ticket_not_found");
      }
    });
  },
};

/** `orderseal tickets resolve`: the signed PDF becomes the order's one contract, kind offline (R20). */
export const ticketsResolveCommand: Command = {
  name: "tickets resolve",
  usage: "tickets resolve <id> [<signed.pdf>] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 2 });
    const id = ticketId(positional(positionals, 0));
    const [, path] = positionals;
    const pdf = path === undefined ? undefined : await givenFileUpTo(LARGEST_ATTACHMENT, path);
    if (pdf === null) return refuse(terminal, values.json, "too_large");
    return withTicket(id, terminal, values.json, installation.use, async (open, { ticket }) => {
      const outcome = await resolveTicket(open, OPERATOR, ticket.account, id, pdf ?? null);
      return report(open, id, outcome, terminal, values.json);
    });
  },
};

export const ticketsRejectCommand: Command = {
  name: "tickets reject",
  usage: "tickets reject <id> --reason TEXT [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { reason: { type: "string" } },
      { least: 1, most: 1 },
    );
    const id = ticketId(positional(positionals, 0));
    const reason = givenText("--reason", values.reason, LONGEST_REASON);
    return withTicket(id, terminal, values.json, installation.use, async (open, { ticket }) => {
      const outcome = await rejectTicket(open, OPERATOR, ticket.account, id, reason);
      return report(open, id, outcome, terminal, values.json);
    });
  },
};

async function report(
  open: OpenInstallation,
  id: TicketId,
  outcome: CloseOutcome,
  terminal: Terminal,
  json: boolean,
): Promise<ExitCode> {
  switch (outcome.kind) {
    case "resolved":
      await reportTicket(open, id, terminal, json);
      if (!json && outcome.contract) terminal.out(`${outcome.contract.number}\n`);
      return EXIT.done;
    case "rejected":
      await reportTicket(open, id, terminal, json);
      return EXIT.done;
    case "refused":
      return refuseDecision(terminal, json, outcome.refuse);
    case "faulty":
      return refuse(terminal, json, REFUSED_FILES[outcome.fault]);
    default:
      return refuse(terminal, json, NOT_CLOSED[outcome.kind]);
  }
}

/** The file's own name without its path, and without what no file name of ours has. */
function nameOf(path: string): string {
  return basename(path)
    .replaceAll(/[\p{Cc}\\"]/gu, "_")
    .slice(-LONGEST_FILE_NAME);
}
