import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { givenFileUpTo } from "./given-file.ts";
import { WrongUse } from "./terminal.ts";

interface Expected {
  readonly mostBytes: number;
  /** What it would be, in plain English: "rules". */
  readonly what: string;
  /** Said where the file is no JSON: the way out. */
  readonly notJson: Localized;
  /** Members that the command which shows the document prints around it. */
  readonly around: ReadonlySet<string>;
  /** The member that holds the document then. */
  readonly within: string;
}

/** Reads a document from a file, or from standard input ("-"): bare, or as the command that shows it prints it. */
export async function readGivenJson(path: string, expected: Expected): Promise<Result<unknown, InputFault>> {
  const { mostBytes, what, notJson, around, within } = expected;
  const bytes = path === "-" ? await standardInput() : await givenFileUpTo(mostBytes, path);
  if (bytes === null) throw new WrongUse(`"${path}" is larger than ${what} can be.`);
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return succeed(unwrapped(value, around, within));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return fail({ field: "", message: notJson });
    throw error;
  }
}

function unwrapped(value: unknown, around: ReadonlySet<string>, within: string): unknown {
  if (typeof value !== "object" || value === null || !(within in value)) return value;
  const members = Object.entries(value);
  if (!members.every(([key]) => around.has(key))) return value;
  return members.find(([key]) => key === within)?.[1];
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
