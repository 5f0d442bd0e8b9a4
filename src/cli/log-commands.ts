import { proveLogged } from "../application/prove-logged.ts";
import { showContract } from "../application/show-contract.ts";
import { signStatus } from "../application/sign-status.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import type { ContractNumber } from "../domain/identifiers.ts";
import { type Command, positional, readArguments } from "./command.ts";
import type { OpenInstallation } from "./installation.ts";
import { writeOutput } from "./output-file.ts";
import { refuse } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, WrongUse } from "./terminal.ts";

/** `orderseal log show`: what an auditor writes down, and what whoever verifies without a connection is given. */
export const logShowCommand: Command = {
  name: "log show",
  usage: "log show [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ transparencyLog, logKeys }) => {
      const checkpoint = await transparencyLog.checkpoint();
      if (!checkpoint) return refuse(terminal, values.json, "not_logged_yet");
      const { origin, size, root, note } = checkpoint;
      const keys = logKeys.verifierKeys(origin);
      const hex = Buffer.from(root).toString("hex");
      if (values.json) terminal.out(`${JSON.stringify({ origin, keys, size, root: hex, checkpoint: note })}\n`);
      else terminal.out(`${keys.map((key) => `key ${key}\n`).join("")}\n${note}`);
      return EXIT.done;
    });
  },
};

/** `orderseal contracts proof`: that a contract was issued, or voided, checked by anybody with the log's key alone. */
export const contractsProofCommand: Command = {
  name: "contracts proof",
  usage: "contracts proof <number> [--voided] [-o FILE] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { output: { type: "string", short: "o" }, voided: { type: "boolean", default: false } },
      { least: 1, most: 1 },
    );
    const kind = values.voided ? "voided" : "issued";
    const number = numberIn(positional(positionals, 0));
    return installation.use((open) =>
      writeText(open, terminal, {
        number,
        json: values.json,
        path: values.output ?? `${number}-${kind}.tlog-proof`,
        read: () => proveLogged(open.transparencyLog, number, kind),
      }),
    );
  },
};

/** `orderseal contracts status`: what it is worth, for whoever has no connection, until its next update. */
export const contractsStatusCommand: Command = {
  name: "contracts status",
  usage: "contracts status <number> [-o FILE] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { output: { type: "string", short: "o" } },
      { least: 1, most: 1 },
    );
    const number = numberIn(positional(positionals, 0));
    return installation.use((open) =>
      writeText(open, terminal, {
        number,
        json: values.json,
        path: values.output ?? `${number}.status`,
        read: () => signStatus(open, number),
      }),
    );
  },
};

interface Wanted {
  readonly number: ContractNumber;
  readonly json: boolean;
  readonly path: string;
  readonly read: () => Promise<string | null>;
}

async function writeText(
  open: OpenInstallation,
  terminal: Terminal,
  { number, json, path, read }: Wanted,
): Promise<ExitCode> {
  if (!(await showContract(open, number, null))) return refuse(terminal, json, "contract_not_found");
  const text = await read();
  if (text === null) return refuse(terminal, json, "not_logged_yet");
  await writeOutput(path, text);
  terminal.out(json ? `${JSON.stringify({ number, file: path })}\n` : `${path}\n`);
  return EXIT.done;
}

function numberIn(text: string): ContractNumber {
  const number = parseContractNumber(text);
  if (!number) throw new WrongUse(`"${text.slice(0, 80)}" is not a contract number; check it for a slip of the pen.`);
  return number;
}
