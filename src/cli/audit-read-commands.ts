import { type AuditFilter, WHOLE_AUDIT } from "../application/audit-shelf.ts";
import { AUDIT_FORMATS, auditLineJson, exportAudit } from "../application/export-audit.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import { isoOf, parseInstant } from "../domain/time.ts";
import { type Command, readArguments } from "./command.ts";
import { OPERATOR } from "./operator.ts";
import { writeOutput } from "./output-file.ts";
import { EXIT, table, WrongUse } from "./terminal.ts";

const FILTER = {
  account: { type: "string" },
  object: { type: "string" },
  kind: { type: "string" },
  action: { type: "string" },
  actor: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
} as const;
const FILTER_USAGE =
  "[--account ID] [--object ID] [--kind KIND] [--action NAME] [--actor NAME] [--from INSTANT] [--to INSTANT]";
const MOST_SHOWN = 1_000;

export const auditListCommand: Command = {
  name: "audit list",
  usage: `audit list ${FILTER_USAGE} [--limit N] [--json]`,
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, { ...FILTER, limit: { type: "string" } }, { least: 0, most: 0 });
    const limit = values.limit === undefined ? 50 : Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_SHOWN) {
      throw new WrongUse(`--limit must be 1 to ${MOST_SHOWN}; orderseal audit export has all.`);
    }
    const filter = filterOf(values);
    return installation.use(async ({ ledger }) => {
      const { items } = await ledger.listAudit(filter, { limit, cursor: null });
      if (values.json) for (const line of items) terminal.out(`${JSON.stringify(auditLineJson(line))}\n`);
      else
        terminal.out(
          table(
            items.map(({ position, at, actor, from, action, object }) => [
              ...[`${position}`, isoOf(at), action, `${object.kind} ${object.id}`],
              `${actor.kind} ${actor.id}${from === null ? "" : ` @ ${from}`}`,
            ]),
          ),
        );
      return EXIT.done;
    });
  },
};

export const auditExportCommand: Command = {
  name: "audit export",
  usage: `audit export [--format csv|ndjson] ${FILTER_USAGE} [-o FILE]`,
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { ...FILTER, format: { type: "string", default: "csv" }, output: { type: "string", short: "o" } },
      { least: 0, most: 0 },
    );
    const format = AUDIT_FORMATS.find((known) => known === values.format);
    if (!format) throw new WrongUse(`--format must be one of ${AUDIT_FORMATS.join(", ")}.`);
    const filter = filterOf(values);
    return installation.use(async (open) => {
      const pieces = exportAudit(open, OPERATOR, filter, format);
      if (values.output === undefined) for await (const piece of pieces) terminal.out(piece);
      else {
        const kept: string[] = [];
        for await (const piece of pieces) kept.push(piece);
        await writeOutput(values.output, kept.join(""));
        terminal.out(values.json ? `${JSON.stringify({ file: values.output })}\n` : `${values.output}\n`);
      }
      return EXIT.done;
    });
  },
};

export const auditHeadCommand: Command = {
  name: "audit head",
  usage: "audit head [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ chain }) => {
      const head = await chain.head();
      if (values.json) terminal.out(`${JSON.stringify(head)}\n`);
      else if (head) terminal.out(`${head.batch}:${head.sha256}\n`);
      else terminal.err("Nothing is chained yet; the service does that while it runs.\n");
      return head ? EXIT.done : EXIT.refused;
    });
  },
};

function filterOf(values: Readonly<Partial<Record<keyof typeof FILTER, string>>>): AuditFilter {
  const instant = (option: string, text: string | undefined) => {
    const read = text === undefined ? null : parseInstant(text);
    if (text !== undefined && read === null)
      throw new WrongUse(`${option} must be an instant, such as 2026-11-29T00:00:00Z.`);
    return read;
  };
  const account = values.account === undefined ? null : parseAccountId(values.account);
  if (values.account !== undefined && account === null) throw new WrongUse("--account needs the id of an account.");
  return {
    ...WHOLE_AUDIT,
    account,
    object: values.object ?? null,
    objectKind: values.kind ?? null,
    action: values.action ?? null,
    actor: values.actor ?? null,
    from: instant("--from", values.from),
    to: instant("--to", values.to),
  };
}
