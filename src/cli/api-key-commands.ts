import { type ApiKey, createApiKey, type KeyHolder, revokeApiKey, stateOfKey } from "../application/api-keys.ts";
import { MACHINE_SCOPES, PERMISSIONS, STAFF_ROLES } from "../domain/roles.ts";
import { type Instant, instantOf, isoOf, parseInstant } from "../domain/time.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenText } from "./given-text.ts";
import { OPERATOR } from "./operator.ts";
import { EXIT, table, WrongUse } from "./terminal.ts";

const LONGEST_NAME = 100;
const DAY_MS = 86_400_000;

export const apiKeysCreateCommand: Command = {
  name: "api-keys create",
  usage: "api-keys create [NAME] [--role machine|ROLE]… [--scope SCOPE]… [--expires DAYSd|INSTANT] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      {
        name: { type: "string" },
        role: { type: "string", multiple: true },
        scope: { type: "string", multiple: true },
        expires: { type: "string" },
      },
      { least: 0, most: 1 },
    );
    const holder = keyHolder(values.role ?? ["machine"], values.scope ?? null);
    const name = keyName(holder, values.name ?? positionals[0]);
    return installation.use(async (open) => {
      const expiresAt = values.expires === undefined ? null : keyEnd(values.expires, open.clock.now());
      const { key, secret } = await createApiKey(open, OPERATOR, { name, holder, expiresAt });
      if (values.json) {
        const { state: _, ...shown } = keyLine(key, open.clock.now());
        terminal.out(`${JSON.stringify({ ...shown, key: secret })}\n`);
      } else
        terminal.out(
          `${secret}\nSend it as "Authorization: Bearer …"; it is not shown again. Revoke it with: orderseal api-keys revoke ${key.id}\n`,
        );
      return EXIT.done;
    });
  },
};

export const apiKeysListCommand: Command = {
  name: "api-keys list",
  usage: "api-keys list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ access, clock }) => {
      const keys = (await access.listApiKeys()).map((key) => keyLine(key, clock.now()));
      if (values.json) for (const key of keys) terminal.out(`${JSON.stringify(key)}\n`);
      else
        terminal.out(
          table(
            keys.map(({ id, name, role, scopes, createdAt, expiresAt, lastUsedAt, state }) => [
              ...[id, name, role, scopes === null ? "all of the role" : scopesText(scopes), createdAt],
              ...[`used ${lastUsedAt ?? "never"}`, expiresAt === null ? "no end" : `ends ${expiresAt}`, state],
            ]),
          ),
        );
      return EXIT.done;
    });
  },
};

export const apiKeysRevokeCommand: Command = {
  name: "api-keys revoke",
  usage: "api-keys revoke <id> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const id = positional(positionals, 0);
    if (!/^[0-9a-f-]{36}$/.test(id))
      throw new WrongUse(`"${id.slice(0, 80)}" is not the id of a key; see orderseal api-keys list.`);
    return installation.use(async (open) => {
      const revoked = await revokeApiKey(open, OPERATOR, id);
      if (values.json) terminal.out(`${JSON.stringify({ id, revoked })}\n`);
      else if (revoked) terminal.out(`Key ${id} is revoked.\n`);
      else terminal.err(`There is no active key ${id}; see orderseal api-keys list.\n`);
      return revoked ? EXIT.done : EXIT.refused;
    });
  },
};

function keyLine(key: ApiKey, at: Instant) {
  const { id, name, holder, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = key;
  return {
    id,
    name,
    role: holder.kind === "machine" ? "machine" : holder.roles.join("+"),
    scopes: holder.scopes,
    createdAt: isoOf(createdAt),
    createdBy,
    expiresAt: expiresAt && isoOf(expiresAt),
    revokedAt: revokedAt && isoOf(revokedAt),
    lastUsedAt: lastUsedAt && isoOf(lastUsedAt),
    state: stateOfKey(key, at),
  };
}

function scopesText(scopes: readonly string[]): string {
  return scopes.length === MACHINE_SCOPES.length ? "all scopes" : scopes.join(" ");
}

function keyHolder(roles: readonly string[], scopes: readonly string[] | null): KeyHolder {
  const isMachine = roles.includes("machine");
  if (isMachine && roles.length > 1) throw new WrongUse("A key is a machine's, or it has roles of a person; not both.");
  if (!isMachine)
    return { kind: "staff", roles: known("--role", STAFF_ROLES, roles), scopes: given(PERMISSIONS, scopes) };
  return { kind: "machine", scopes: given(MACHINE_SCOPES, scopes) ?? MACHINE_SCOPES };
}

function given<const Scope extends string>(scopes: readonly Scope[], asked: readonly string[] | null) {
  return asked === null ? null : known("--scope", scopes, asked);
}

function known<const Word extends string>(option: string, words: readonly Word[], asked: readonly string[]): Word[] {
  return [...new Set(asked.flatMap((text) => text.split(",")))].map((text) => {
    const word = words.find((each) => each === text);
    if (word) return word;
    const also = option === "--role" ? "machine, " : "";
    throw new WrongUse(`${option} must be one of ${also}${words.join(", ")}, not "${text.slice(0, 80)}".`);
  });
}

/** A person's key acts for the person it is named after, which the audit then names. */
function keyName(holder: KeyHolder, text: string | undefined): string {
  if (text !== undefined) return givenText("NAME", text, LONGEST_NAME);
  if (holder.kind === "machine") return "machine";
  throw new WrongUse(`A key of the ${holder.roles.join("+")} acts for the person it is named after; give NAME.`);
}

/** "90d", or an instant. */
function keyEnd(text: string, at: Instant): Instant {
  const days = /^([1-9]\d{0,4})d$/.exec(text)?.[1];
  const end = days === undefined ? parseInstant(text) : instantOf(at + Number(days) * DAY_MS);
  if (end !== null && end > at) return end;
  throw new WrongUse(`--expires must be days from now ("90d") or an instant to come, not "${text.slice(0, 80)}".`);
}
