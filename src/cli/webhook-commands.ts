import { changeWebhookEndpoint, createWebhookEndpoint, deleteWebhookEndpoint } from "../application/change-webhooks.ts";
import { EVENT_TYPES, type EventType, parseEventType } from "../domain/event-type.ts";
import { type AccountId, parseAccountId } from "../domain/identifiers.ts";
import { webhookUrlFaultText } from "../domain/webhook-url-text.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenText } from "./given-text.ts";
import type { Installation } from "./installation.ts";
import { OPERATOR } from "./operator.ts";
import { refuse, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";
import { endpointId, endpointLine, endpointRow, withWebhookEndpoint } from "./webhook-line.ts";

const LONGEST_DESCRIPTION = 200;

export const webhooksListCommand: Command = {
  name: "webhooks list",
  usage: "webhooks list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ webhooks }) => {
      const endpoints = await webhooks.listEndpoints();
      if (values.json) for (const each of endpoints) terminal.out(`${JSON.stringify(endpointLine(each))}\n`);
      else terminal.out(endpoints.length === 0 ? "No webhook endpoints.\n" : table(endpoints.map(endpointRow)));
      return EXIT.done;
    });
  },
};

export const webhooksShowCommand: Command = {
  name: "webhooks show",
  usage: "webhooks show <id> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const id = endpointId(positional(positionals, 0));
    return withWebhookEndpoint(id, terminal, values.json, installation.use, async (_open, shown) => {
      const line = endpointLine(shown);
      const rows = Object.entries(line).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(" ") : `${value ?? ""}`,
      ]);
      terminal.out(values.json ? `${JSON.stringify(line)}\n` : table(rows));
      return EXIT.done;
    });
  },
};

export const webhooksCreateCommand: Command = {
  name: "webhooks create",
  usage: "webhooks create <url> [--description TEXT] [--events TYPE,TYPE] [--account ID] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { description: { type: "string" }, events: { type: "string" }, account: { type: "string" } },
      { least: 1, most: 1 },
    );
    const { description, events, account } = values;
    const settings = {
      url: positional(positionals, 0),
      description: description === undefined ? "" : givenText("--description", description, LONGEST_DESCRIPTION),
      eventTypes: events === undefined ? [] : events.split(",").map(eventType),
      account: account === undefined ? null : accountId(account),
    };
    return installation.use(async (open) => {
      const created = await createWebhookEndpoint(open, OPERATOR, settings);
      if (created.kind === "too_many_endpoints") return refuse(terminal, values.json, "too_many_webhook_endpoints");
      if (created.kind === "url_refused") {
        return refuseInput(terminal, values.json, { field: "url", message: webhookUrlFaultText(created.fault) });
      }
      const { id, secret } = created;
      if (values.json) terminal.out(`${JSON.stringify({ endpoint: id, secret })}\n`);
      else
        terminal.out(
          `${id}\n${secret}\nThe secret verifies the signatures (Standard Webhooks); it is not shown again.\n`,
        );
      return EXIT.done;
    });
  },
};

export const webhooksEnableCommand: Command = {
  name: "webhooks enable",
  usage: "webhooks enable <id> [--json]",
  run(args, terminal, installation) {
    return switchEndpoint(this, args, terminal, installation, true);
  },
};

export const webhooksDisableCommand: Command = {
  name: "webhooks disable",
  usage: "webhooks disable <id> [--json]",
  run(args, terminal, installation) {
    return switchEndpoint(this, args, terminal, installation, false);
  },
};

async function switchEndpoint(
  { usage }: Command,
  args: readonly string[],
  terminal: Terminal,
  installation: Installation,
  active: boolean,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(usage, args, {}, { least: 1, most: 1 });
  const id = endpointId(positional(positionals, 0));
  return withWebhookEndpoint(id, terminal, values.json, installation.use, async (open) => {
    await changeWebhookEndpoint(open, OPERATOR, id, { active });
    const state = active ? "active" : "disabled";
    terminal.out(values.json ? `${JSON.stringify({ endpoint: id, state })}\n` : `Endpoint ${id} is ${state}.\n`);
    return EXIT.done;
  });
}

export const webhooksDeleteCommand: Command = {
  name: "webhooks delete",
  usage: "webhooks delete <id> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const id = endpointId(positional(positionals, 0));
    return withWebhookEndpoint(id, terminal, values.json, installation.use, async (open) => {
      const { ok: deleted } = await deleteWebhookEndpoint(open, OPERATOR, id);
      if (!deleted) return refuse(terminal, values.json, "webhook_endpoint_not_found");
      terminal.out(values.json ? `${JSON.stringify({ endpoint: id, deleted })}\n` : `Endpoint ${id} is deleted.\n`);
      return EXIT.done;
    });
  },
};

export function eventType(text: string): EventType {
  const type = parseEventType(text.trim());
  if (!type) throw new WrongUse(`"${text.slice(0, 80)}" is no type of event; there are ${EVENT_TYPES.join(", ")}.`);
  return type;
}

export function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  if (!account) throw new WrongUse(`"${text.slice(0, 80)}" cannot be the id of an account.`);
  return account;
}
