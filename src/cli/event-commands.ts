import { listEvents } from "../application/list-events.ts";
import { cloudEventOf, type NumberedEvent } from "../domain/cloud-event.ts";
import { isoOf } from "../domain/time.ts";
import { type Command, readArguments } from "./command.ts";
import { EXIT, table } from "./terminal.ts";
import { accountId, eventType } from "./webhook-commands.ts";
import { sequence } from "./webhook-delivery-commands.ts";

const READ_AT_ONCE = 200;

/** `orderseal events list`: what was announced, oldest first; --json prints CloudEvents, as webhooks carry them. */
export const eventsListCommand: Command = {
  name: "events list",
  usage: "events list [--after SEQUENCE] [--type TYPE] [--account ID] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { after: { type: "string" }, type: { type: "string" }, account: { type: "string" } },
      { least: 0, most: 0 },
    );
    const filter = {
      after: values.after === undefined ? 0 : sequence("--after", values.after),
      type: values.type === undefined ? null : eventType(values.type),
      account: values.account === undefined ? null : accountId(values.account),
    };
    return installation.use(async (open) => {
      const rows: (readonly string[])[] = [];
      for (let after: number | null = filter.after; after !== null; ) {
        const { items, next } = await listEvents(open, { ...filter, after }, READ_AT_ONCE);
        for (const event of items) {
          if (values.json) terminal.out(`${JSON.stringify(cloudEventOf(event))}\n`);
          else rows.push(row(event));
        }
        after = next;
      }
      if (!values.json) terminal.out(rows.length === 0 ? "No events.\n" : table(rows));
      return EXIT.done;
    });
  },
};

function row({ position, at, type, account, subject }: NumberedEvent): readonly string[] {
  return [String(position), isoOf(at), type, account, subject];
}
