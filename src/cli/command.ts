import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Installation } from "./installation.ts";
import { type ExitCode, type Terminal, WrongUse } from "./terminal.ts";

export interface Command {
  /** Words after `orderseal`: "orders list". */
  readonly name: string;
  /** As --help shows it: "request <order> [-o FILE]". */
  readonly usage: string;
  run(args: readonly string[], terminal: Terminal, installation: Installation): Promise<ExitCode>;
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads options and positionals strictly; the fault is one sentence with the command's usage behind it. */
export function readArguments<const Wanted extends Options>(
  usage: string,
  args: readonly string[],
  options: Wanted,
  positionals: { readonly least: number; readonly most: number },
) {
  try {
    const read = parseArgs({
      args: [...args],
      options: { ...options, json: { type: "boolean", default: false } },
      allowPositionals: true,
      strict: true,
    });
    const given = read.positionals.length;
    if (given < positionals.least) throw new WrongUse(`Something is missing. Usage: orderseal ${usage}`);
    if (given > positionals.most) {
      throw new WrongUse(`"${read.positionals[positionals.most]}" is one too many. Usage: orderseal ${usage}`);
    }
    return read;
  } catch (error) {
    if (error instanceof WrongUse) throw error;
    const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new WrongUse(`${message} Usage: orderseal ${usage}`);
  }
}

/** The n-th positional; `readArguments` has checked that it is there. */
export function positional(positionals: readonly string[], index: number): string {
  const value = positionals[index];
  if (value === undefined) throw new Error(`positional ${index} was not checked`);
  return value;
}
