import { endSessions, type Session, type WhoseSessions } from "../application/sessions.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import { isoOf } from "../domain/time.ts";
import { type Command, readArguments } from "./command.ts";
import { givenText } from "./given-text.ts";
import { OPERATOR } from "./operator.ts";
import { EXIT, table, WrongUse } from "./terminal.ts";

const LONGEST_NAME = 200;

export const sessionsListCommand: Command = {
  name: "sessions list",
  usage: "sessions list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ access, clock }) => {
      const lines = (await access.listSessions(clock.now())).map(sessionLine);
      if (values.json) for (const line of lines) terminal.out(`${JSON.stringify(line)}\n`);
      else
        terminal.out(
          table(
            lines.map(({ name, account, roles, source, openedAt, idleUntil, expiresAt }) => [
              ...[name, account ?? "-", roles.join("+"), source, openedAt],
              `ends ${expiresAt}, unused ${idleUntil}`,
            ]),
          ),
        );
      return EXIT.done;
    });
  },
};

export const sessionsEndCommand: Command = {
  name: "sessions end",
  usage: "sessions end (--name NAME | --account ID | --all) [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { name: { type: "string" }, account: { type: "string" }, all: { type: "boolean", default: false } },
      { least: 0, most: 0 },
    );
    const whose = givenWhose(values, this.usage);
    return installation.use(async (open) => {
      const ended = await endSessions(open, OPERATOR, whose);
      if (values.json) terminal.out(`${JSON.stringify({ ended: ended.map(sessionLine) })}\n`);
      else terminal.out(`${ended.length === 1 ? "1 session has" : `${ended.length} sessions have`} ended.\n`);
      return EXIT.done;
    });
  },
};

function givenWhose(
  { name, account, all }: { name?: string | undefined; account?: string | undefined; all: boolean },
  usage: string,
): WhoseSessions {
  if ([name !== undefined, account !== undefined, all].filter(Boolean).length !== 1) {
    throw new WrongUse(`Say whose sessions: one of --name, --account and --all. Usage: orderseal ${usage}`);
  }
  if (all) return { kind: "everybody" };
  if (name !== undefined) return { kind: "name", name: givenText("--name", name, LONGEST_NAME) };
  const parsed = parseAccountId(account ?? "");
  if (parsed === null) throw new WrongUse(`--account must be the id of an account, not "${account?.slice(0, 80)}".`);
  return { kind: "account", account: parsed };
}

function sessionLine({ holder, source, openedAt, idleUntil, expiresAt }: Session) {
  return {
    name: holder.name,
    account: holder.kind === "buyer" ? holder.account : null,
    roles: holder.kind === "buyer" ? [holder.role] : holder.roles,
    source,
    openedAt: isoOf(openedAt),
    idleUntil: isoOf(idleUntil),
    expiresAt: isoOf(expiresAt),
  };
}
