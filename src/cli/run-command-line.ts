import { BooksUnavailable } from "../application/books-unavailable.ts";
import { COMMANDS, type CommandName, SUMMARIES } from "./commands.ts";
import type { Installation } from "./installation.ts";
import { EXIT, type ExitCode, type Terminal, WrongUse } from "./terminal.ts";

const NAMES = Object.keys(SUMMARIES).filter(isCommandName);

function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(SUMMARIES, text);
}

/** Runs one command line and answers its exit code; failures are told in one sentence, never as a stack. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  installation: Installation,
): Promise<ExitCode> {
  const name = NAMES.find((words) => args.slice(0, words.split(" ").length).join(" ") === words);
  const command = name && (await COMMANDS[name]());
  const asksForHelp = args.includes("--help") || args.includes("-h");
  if (command && asksForHelp) {
    terminal.out(`orderseal ${command.usage}\n${SUMMARIES[name]}\n`);
    return EXIT.done;
  }
  if (!command) return withoutCommand(args, terminal, asksForHelp || args[0] === "help");
  try {
    return await command.run(args.slice(name.split(" ").length), terminal, installation);
  } catch (error) {
    terminal.err(`${sentenceOf(error, terminal)}\n`);
    return error instanceof WrongUse ? EXIT.wrongUse : EXIT.broken;
  }
}

function sentenceOf(error: unknown, { language }: Terminal): string {
  if (error instanceof BooksUnavailable) return error.said[language];
  return error instanceof Error ? error.message : String(error);
}

function withoutCommand(args: readonly string[], terminal: Terminal, asksForHelp: boolean): ExitCode {
  if (asksForHelp || args.length === 0) {
    terminal.out(help());
    return asksForHelp ? EXIT.done : EXIT.wrongUse;
  }
  const within = NAMES.filter((name) => name.startsWith(`${args[0]} `));
  const hint = within.length > 0 ? `did you mean ${within.join(" or ")}?` : "see orderseal --help.";
  terminal.err(`There is no command "${args.slice(0, 2).join(" ")}"; ${hint}\n`);
  return EXIT.wrongUse;
}

function help(): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  const lines = NAMES.map((name) => `  ${name.padEnd(width)}  ${SUMMARIES[name]}`);
  return `orderseal: one sealed, verifiable contract per order

${lines.join("\n")}

Every command takes --help, and --json for machines. Exit codes: 0 done, 1 refused or not valid, 2 wrong use, 3 broken.
`;
}
