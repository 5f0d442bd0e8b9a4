import { createApiKey, KEY_ROLES, type KeyRole } from "../application/access.ts";
import { isoOf } from "../domain/time.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenText } from "./given-text.ts";
import { EXIT, table, WrongUse } from "./terminal.ts";

const LONGEST_NAME = 100;

export const apiKeysCreateCommand: Command = {
  name: "api-keys create",
  usage: "api-keys create [NAME] [--role machine|contract_desk|marketplace_desk] [--json]",
  summary: "make a key of a machine, or of a person at a desk; its secret is shown once",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { name: { type: "string" }, role: { type: "string", default: "machine" } },
      { least: 0, most: 1 },
    );
    const role = keyRole(values.role);
    const name = keyName(role, values.name ?? positionals[0]);
    return installation.use(async (open) => {
      const { key, secret } = await createApiKey(open, name, role);
      if (values.json) terminal.out(`${JSON.stringify({ id: key.id, name: key.name, role: key.role, key: secret })}\n`);
      else
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
  summary: "every key with its role, without its secret",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ access }) => {
      const keys = (await access.listApiKeys()).map(({ id, name, role, createdAt, revokedAt }) => ({
        id,
        name,
        role,
        createdAt: isoOf(createdAt),
        revokedAt: revokedAt === null ? null : isoOf(revokedAt),
      }));
      if (values.json) for (const key of keys) terminal.out(`${JSON.stringify(key)}\n`);
      else
        terminal.out(
          table(keys.map((key) => [key.id, key.name, key.role, key.createdAt, key.revokedAt ? "revoked" : "active"])),
        );
      return EXIT.done;
    });
  },
};

export const apiKeysRevokeCommand: Command = {
  name: "api-keys revoke",
  usage: "api-keys revoke <id> [--json]",
  summary: "end a key at once",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const id = positional(positionals, 0);
    if (!/^[0-9a-f-]{36}$/.test(id))
      throw new WrongUse(`"${id.slice(0, 80)}" is not the id of a key; see orderseal api-keys list.`);
    return installation.use(async ({ access, clock }) => {
      const revoked = await access.revokeApiKey(id, clock.now());
      if (values.json) terminal.out(`${JSON.stringify({ id, revoked })}\n`);
      else if (revoked) terminal.out(`Key ${id} is revoked.\n`);
      else terminal.err(`There is no active key ${id}; see orderseal api-keys list.\n`);
      return revoked ? EXIT.done : EXIT.refused;
    });
  },
};

function keyRole(text: string): KeyRole {
  const role = KEY_ROLES.find((known) => known === text);
  if (!role) throw new WrongUse(`--role must be one of ${KEY_ROLES.join(", ")}, not "${text.slice(0, 80)}".`);
  return role;
}

/** A desk's key acts for the person it is named after, which the audit then names. */
function keyName(role: KeyRole, text: string | undefined): string {
  if (text !== undefined) return givenText("NAME", text, LONGEST_NAME);
  if (role === "machine") return "machine";
  throw new WrongUse(`A key of the ${role} acts for the person it is named after; give NAME.`);
}
