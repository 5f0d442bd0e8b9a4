import { writeFile } from "node:fs/promises";
import { downloadContract } from "../application/download-contract.ts";
import { type RequestOutcome, requestContract } from "../application/request-contract.ts";
import { showContract } from "../application/show-contract.ts";
import type { IssuedContract, UnissuedContract } from "../domain/contract.ts";
import { timestampPendingText } from "../domain/timestamp-fault.ts";
import { type Command, readArguments } from "./command.ts";
import { contractLine } from "./contract-line.ts";
import type { OpenInstallation } from "./installation.ts";
import { OPERATOR } from "./operator.ts";
import { refuse, refuseDecision, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal } from "./terminal.ts";
import {
  DETAIL_OPTIONS,
  DETAIL_USAGE,
  findWanted,
  givenDetails,
  type NamedSubject,
  namedSubject,
} from "./wanted-contract.ts";

/** `orderseal request`: the sealed contract, or why not and what to do. */
export const requestCommand: Command = {
  name: "request",
  usage: `request <order> | --bill <account>/<YYYY-MM> ${DETAIL_USAGE} [--json]`,
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { ...DETAIL_OPTIONS, bill: { type: "string" } },
      { least: 0, most: 1 },
    );
    const subject = namedSubject(positionals, values.bill, this);
    const details = givenDetails(values);
    if (!details.ok) return refuseInput(terminal, values.json, details.fault);
    return installation.use(async (open) => {
      const wanted = await findWanted(open, subject, details.value);
      const outcome: RequestOutcome = wanted
        ? await requestContract(await open.issuing(), OPERATOR, { ...wanted, idempotencyKey: null })
        : { kind: "not_found" };
      if (outcome.kind !== "issued") return reportUnissued(outcome, subject, terminal, values.json);
      return reportIssued(open, outcome.contract, terminal, values.json, values.output ?? null);
    });
  },
};

async function reportIssued(
  open: OpenInstallation,
  contract: IssuedContract,
  terminal: Terminal,
  json: boolean,
  output: string | null,
): Promise<ExitCode> {
  const shown = await showContract(open, contract.number, null);
  const file = output === null ? null : await saved(open, contract, output, terminal);
  if (file === undefined) return EXIT.broken;
  if (json) terminal.out(`${JSON.stringify({ ...(shown && contractLine(shown)), file })}\n`);
  else terminal.out(`${contract.number}${file === null ? "" : ` → ${file}`}\n`);
  return EXIT.done;
}

function reportUnissued(
  outcome: Exclude<RequestOutcome, { kind: "issued" }>,
  subject: NamedSubject,
  terminal: Terminal,
  json: boolean,
): ExitCode {
  switch (outcome.kind) {
    case "issuing":
      terminal.err(unissuedText(outcome.contract, terminal));
      return EXIT.broken;
    case "refused":
      return refuseDecision(terminal, json, outcome.refuse);
    case "invalid":
      return refuseInput(terminal, json, outcome.fault);
    case "not_found":
    // A command has no key, so that neither of these comes about.
    case "idempotency_key_reused":
    case "request_still_running":
      return refuse(terminal, json, subject.kind === "bill" ? "bill_not_found" : "order_not_found");
  }
}

function unissuedText({ number, waitingFor }: UnissuedContract, { language }: Terminal): string {
  return waitingFor
    ? `${number}: ${timestampPendingText(waitingFor.reason)[language]}\n`
    : `Contract ${number} is decided but not sealed yet; it will be finished by the server.\n`;
}

/** The path, or undefined with a word on what is wrong: the contract is issued all the same. */
async function saved(
  open: OpenInstallation,
  contract: IssuedContract,
  path: string,
  terminal: Terminal,
): Promise<string | undefined> {
  try {
    await writeFile(path, await downloadContract(open, contract));
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const way = `get it with: orderseal contracts download ${contract.number} -o FILE`;
    terminal.err(`Contract ${contract.number} is issued, but its file was not written (${reason}); ${way}\n`);
    return undefined;
  }
}
