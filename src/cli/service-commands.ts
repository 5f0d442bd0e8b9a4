import { type Command, readArguments } from "./command.ts";
import { EXIT } from "./terminal.ts";

export const serveCommand: Command = {
  name: "serve",
  usage: "serve",
  async run(args, terminal, installation) {
    readArguments(this.usage, args, {}, { least: 0, most: 0 });
    await installation.serve((line) => terminal.out(`${line}\n`));
    return EXIT.done;
  },
};

export const migrateCommand: Command = {
  name: "migrate",
  usage: "migrate [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ migrated }) => {
      if (values.json) terminal.out(`${JSON.stringify({ applied: migrated })}\n`);
      else terminal.out(migrated.length === 0 ? "The database is up to date.\n" : `Applied ${migrated.join(", ")}.\n`);
      return EXIT.done;
    });
  },
};

export const doctorCommand: Command = {
  name: "doctor",
  usage: "doctor [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    const checks = await installation.diagnose(terminal.language);
    if (values.json) terminal.out(`${JSON.stringify({ checks })}\n`);
    else for (const { name, ok, detail } of checks) terminal.out(`${ok ? "✓" : "✗"} ${name}: ${detail}\n`);
    return checks.every(({ ok }) => ok) ? EXIT.done : EXIT.broken;
  },
};
