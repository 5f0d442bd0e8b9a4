import type { CommandLine, Run } from "./command-line.ts";

export interface Refused {
  readonly code: string;
  readonly rule?: string;
  readonly sentence: string;
  readonly nextStep?: { readonly action: string };
}

/** What a command that is refused says to machines; throws unless it ended with 1 and one line. */
export async function refusalOf(orderseal: CommandLine, args: readonly string[]): Promise<Refused> {
  const { exitCode, out, err } = await orderseal.run([...args, "--json"]);
  if (exitCode !== 1 || err !== "") throw new Error(`orderseal ${args.join(" ")} ended with ${exitCode}: ${err}${out}`);
  return JSON.parse(out) as Refused;
}

/** The same for people: exit code, and what was said on standard error alone. */
export async function saidOf(orderseal: CommandLine, args: readonly string[], language = "en_US.UTF-8"): Promise<Run> {
  return orderseal.run(args, { settings: { LANG: language } });
}
