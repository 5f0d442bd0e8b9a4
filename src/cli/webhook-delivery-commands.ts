import {
  DEFAULT_OVERLAP_HOURS,
  LONGEST_OVERLAP_HOURS,
  replayWebhooks,
  rotateWebhookSecret,
} from "../application/change-webhooks.ts";
import type { ReplayRange } from "../application/webhook-books.ts";
import { parseSequence } from "../domain/cloud-event.ts";
import { DELIVERY_STATES, type DeliveryState } from "../domain/webhook.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { everyItem } from "./every-item.ts";
import { OPERATOR } from "./operator.ts";
import { refuse } from "./refused.ts";
import { EXIT, table, WrongUse } from "./terminal.ts";
import { deliveryLine, deliveryRow, endpointId, withWebhookEndpoint } from "./webhook-line.ts";

export const webhooksRotateCommand: Command = {
  name: "webhooks rotate",
  usage: "webhooks rotate <id> [--overlap HOURS] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { overlap: { type: "string", default: String(DEFAULT_OVERLAP_HOURS) } },
      { least: 1, most: 1 },
    );
    const id = endpointId(positional(positionals, 0));
    const overlapHours = Number(values.overlap);
    if (!/^\d{1,3}$/.test(values.overlap) || overlapHours > LONGEST_OVERLAP_HOURS)
      throw new WrongUse(
        `--overlap must be hours from 0 to ${LONGEST_OVERLAP_HOURS}, not "${values.overlap.slice(0, 80)}".`,
      );
    return withWebhookEndpoint(id, terminal, values.json, installation.use, async (open) => {
      const rotated = await rotateWebhookSecret(open, OPERATOR, id, overlapHours);
      if (!rotated.ok) return refuse(terminal, values.json, "webhook_endpoint_not_found");
      const secret = rotated.value;
      if (values.json) terminal.out(`${JSON.stringify({ endpoint: id, secret, overlapHours })}\n`);
      else terminal.out(`${secret}\nIt is not shown again. The one before signs, too, for ${overlapHours} hours.\n`);
      return EXIT.done;
    });
  },
};

export const webhooksDeliveriesCommand: Command = {
  name: "webhooks deliveries",
  usage: "webhooks deliveries <id> [--state pending|delivered|dead] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { state: { type: "string" } },
      { least: 1, most: 1 },
    );
    const id = endpointId(positional(positionals, 0));
    const state = values.state === undefined ? null : deliveryState(values.state);
    return withWebhookEndpoint(id, terminal, values.json, installation.use, async ({ webhooks }) => {
      const rows: (readonly string[])[] = [];
      for await (const delivery of everyItem((page) => webhooks.listDeliveries(id, state, page))) {
        if (values.json) terminal.out(`${JSON.stringify(deliveryLine(delivery))}\n`);
        else rows.push(deliveryRow(delivery));
      }
      if (!values.json) terminal.out(rows.length === 0 ? "No deliveries.\n" : table(rows));
      return EXIT.done;
    });
  },
};

export const webhooksReplayCommand: Command = {
  name: "webhooks replay",
  usage: "webhooks replay <id> (--dead | --event SEQUENCE | --from SEQUENCE [--to SEQUENCE]) [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      {
        dead: { type: "boolean", default: false },
        event: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
      },
      { least: 1, most: 1 },
    );
    const id = endpointId(positional(positionals, 0));
    const range = rangeOf(values, this.usage);
    return withWebhookEndpoint(id, terminal, values.json, installation.use, async (open) => {
      const replayed = await replayWebhooks(open, OPERATOR, id, range);
      if (!replayed.ok) return refuse(terminal, values.json, "webhook_endpoint_not_found");
      if (replayed.value === 0) return refuse(terminal, values.json, "nothing_to_replay");
      if (values.json) terminal.out(`${JSON.stringify({ endpoint: id, events: replayed.value })}\n`);
      else terminal.out(`Events to be sent once more: ${replayed.value}.\n`);
      return EXIT.done;
    });
  },
};

interface Wanted {
  readonly dead: boolean;
  readonly event?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function rangeOf({ dead, event, from, to }: Wanted, usage: string): ReplayRange {
  const ways = [dead, event !== undefined, from !== undefined].filter(Boolean).length;
  if (ways !== 1 || (to !== undefined && from === undefined)) {
    throw new WrongUse(`Say which events, in one way. Usage: orderseal ${usage}`);
  }
  const all = { from: 1, to: Number.MAX_SAFE_INTEGER, onlyDead: dead };
  if (event !== undefined) return { ...all, from: sequence("--event", event), to: sequence("--event", event) };
  if (from === undefined) return all;
  return { ...all, from: sequence("--from", from), to: to === undefined ? all.to : sequence("--to", to) };
}

/** The number of an event, with or without its leading zeros. */
export function sequence(option: string, text: string): number {
  const position = parseSequence(text);
  if (position === null) throw new WrongUse(`${option} must be the sequence of an event, not "${text.slice(0, 80)}".`);
  return position;
}

function deliveryState(text: string): DeliveryState {
  const state = DELIVERY_STATES.find((known) => known === text);
  if (!state) throw new WrongUse(`--state must be one of ${DELIVERY_STATES.join(", ")}, not "${text.slice(0, 80)}".`);
  return state;
}
