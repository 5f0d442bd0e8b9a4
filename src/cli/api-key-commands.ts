import { createApiKey } from "../application/access.ts";
import { isoOf } from "../domain/time.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { EXIT, table, WrongUse } from "./terminal.ts";

export const apiKeysCreateCommand: Command = {
  name: "api-keys create",
  usage: "api-keys create [NAME] [--json]",
  summary: "make a machine's key; its secret is shown once",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { name: { type: "string" } },
      { least: 0, most: 1 },
    );
    const name = values.name ?? positionals[0] ?? "machine";
    if (name.length > 100) throw new WrongUse("NAME must not be longer than 100 characters.");
    return installation.use(async (open) => {
      const { key, secret } = await createApiKey(open, name);
      if (values.json) terminal.out(`${JSON.stringify({ id: key.id, name: key.name, key: secret })}\n`);
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
  summary: "machines' keys, without their secrets",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ access }) => {
      const keys = (await access.listApiKeys()).map(({ id, name, createdAt, revokedAt }) => ({
        id,
        name,
        createdAt: isoOf(createdAt),
        revokedAt: revokedAt === null ? null : isoOf(revokedAt),
      }));
      if (values.json) for (const key of keys) terminal.out(`${JSON.stringify(key)}\n`);
      else
        terminal.out(table(keys.map((key) => [key.id, key.name, key.createdAt, key.revokedAt ? "revoked" : "active"])));
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
