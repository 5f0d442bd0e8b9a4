import { writeFile } from "node:fs/promises";
import { downloadContract } from "../application/download-contract.ts";
import { type RequestOutcome, requestContract } from "../application/request-contract.ts";
import { listContracts, type ShownContract, showContract } from "../application/show-contract.ts";
import type { IssuedContract } from "../domain/contract.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import { CONTRACT_LANGUAGES, type ContractLanguage } from "../domain/localized.ts";
import { nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { nextStepText, refusalText, standingText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";
import { type Command, positional, readArguments } from "./command.ts";
import type { OpenInstallation } from "./installation.ts";
import { OPERATOR } from "./operator.ts";
import { orderId } from "./orders-commands.ts";
import { EXIT, type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";

const PAGE = 200;

/** `orderseal request <order>`: the sealed contract, or why not and what to do. */
export const requestCommand: Command = {
  name: "request",
  usage: "request <order> [-o FILE] [--language zh-CN+en|zh-CN|en] [--contact TEXT] [--json]",
  summary: "request the contract of an order",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      {
        output: { type: "string", short: "o" },
        language: { type: "string", default: "zh-CN+en" },
        contact: { type: "string", default: "" },
      },
      { least: 1, most: 1 },
    );
    const order = orderId(positional(positionals, 0));
    const details = { language: contractLanguage(values.language), contact: values.contact.trim().normalize("NFC") };
    return installation.use(async (open) => {
      const account = await open.ledger.accountOfOrder(order);
      const outcome: RequestOutcome = account
        ? await requestContract(await open.issuing(), OPERATOR, { account, order, details, idempotencyKey: null })
        : { kind: "order_not_found" };
      return reportRequest(open, outcome, terminal, values.json, values.output ?? null);
    });
  },
};

export const contractsListCommand: Command = {
  name: "contracts list",
  usage: "contracts list [--json]",
  summary: "every contract with its standing",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async (open) => {
      const rows: string[][] = [];
      for (let cursor: string | null = null; ; ) {
        const page = await listContracts(open, null, { limit: PAGE, cursor });
        for (const shown of page.items) {
          if (values.json) terminal.out(`${JSON.stringify(contractLine(shown))}\n`);
          else rows.push(contractRow(shown, terminal));
        }
        cursor = page.next;
        if (cursor === null) break;
      }
      if (!values.json) terminal.out(rows.length === 0 ? "No contracts yet.\n" : table(rows));
      return EXIT.done;
    });
  },
};

export const contractsShowCommand: Command = {
  name: "contracts show",
  usage: "contracts show <number> [--json]",
  summary: "one contract with its standing",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    return withContract(positional(positionals, 0), terminal, installation.use, async (_open, shown) => {
      if (values.json) terminal.out(`${JSON.stringify(contractLine(shown))}\n`);
      else terminal.out(table(Object.entries(contractLine(shown)).map(([name, value]) => [name, String(value ?? "")])));
      return EXIT.done;
    });
  },
};

export const contractsDownloadCommand: Command = {
  name: "contracts download",
  usage: "contracts download <number> [-o FILE] [--json]",
  summary: "the sealed PDF, byte for byte as issued",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { output: { type: "string", short: "o" } },
      { least: 1, most: 1 },
    );
    return withContract(positional(positionals, 0), terminal, installation.use, async (open, shown) => {
      const { contract } = shown;
      if (contract.state === "issuing") {
        terminal.err(`Contract ${contract.number} is being sealed; try again in a moment.\n`);
        return EXIT.refused;
      }
      const path = await save(open, contract, values.output ?? `${contract.number}.pdf`);
      terminal.out(values.json ? `${JSON.stringify({ ...contractLine(shown), file: path })}\n` : `${path}\n`);
      return EXIT.done;
    });
  },
};

function contractLanguage(text: string): ContractLanguage {
  const language = CONTRACT_LANGUAGES.find((known) => known === text);
  if (!language) throw new WrongUse(`--language must be one of ${CONTRACT_LANGUAGES.join(", ")}, not "${text}".`);
  return language;
}

async function reportRequest(
  open: OpenInstallation,
  outcome: RequestOutcome,
  terminal: Terminal,
  json: boolean,
  output: string | null,
): Promise<ExitCode> {
  const { language } = terminal;
  switch (outcome.kind) {
    case "issued": {
      const { contract } = outcome;
      const shown = await showContract(open, contract.number, null);
      const file = output === null ? null : await saved(open, contract, output, terminal);
      if (file === undefined) return EXIT.broken;
      if (json) terminal.out(`${JSON.stringify({ ...(shown && contractLine(shown)), file })}\n`);
      else terminal.out(`${contract.number}${file === null ? "" : ` → ${file}`}\n`);
      return EXIT.done;
    }
    case "issuing": {
      terminal.err(
        `Contract ${outcome.contract.number} is decided but not sealed yet; it will be finished by the server.\n`,
      );
      return EXIT.broken;
    }
    case "refused": {
      const { refusal, policyVersion } = outcome.refuse;
      const { code } = refusal;
      const nextStep = nextStepOf(refusal);
      const sentence = refusalText(refusal)[language];
      if (json) terminal.out(`${JSON.stringify({ code, rule: RULE_OF[code], policyVersion, sentence, nextStep })}\n`);
      else terminal.err(`${code} (${RULE_OF[code]}): ${sentence}\n${nextStepText(nextStep).sentence[language]}\n`);
      return EXIT.refused;
    }
    case "invalid":
      terminal.err(`${outcome.fault.message[language]}\n`);
      return EXIT.refused;
    case "order_not_found":
    case "idempotency_key_reused":
      terminal.err("There is no such order; orderseal orders list shows the orders.\n");
      return EXIT.refused;
  }
}

async function withContract(
  text: string,
  terminal: Terminal,
  use: <Value>(work: (open: OpenInstallation) => Promise<Value>) => Promise<Value>,
  work: (open: OpenInstallation, shown: ShownContract) => Promise<ExitCode>,
): Promise<ExitCode> {
  const number = parseContractNumber(text);
  if (!number) throw new WrongUse(`"${text.slice(0, 80)}" is not a contract number; check it for a slip of the pen.`);
  return use(async (open) => {
    const shown = await showContract(open, number, null);
    if (shown) return work(open, shown);
    terminal.err(`There is no contract ${number}.\n`);
    return EXIT.refused;
  });
}

/** The path, or undefined with a word on what is wrong: the contract is issued all the same. */
async function saved(
  open: OpenInstallation,
  contract: IssuedContract,
  path: string,
  terminal: Terminal,
): Promise<string | undefined> {
  try {
    return await save(open, contract, path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const way = `get it with: orderseal contracts download ${contract.number} -o FILE`;
    terminal.err(`Contract ${contract.number} is issued, but its file was not written (${reason}); ${way}\n`);
    return undefined;
  }
}

async function save(open: OpenInstallation, contract: IssuedContract, path: string): Promise<string> {
  await writeFile(path, await downloadContract(open, contract));
  return path;
}

function contractLine({ contract, standing }: ShownContract) {
  const issued = contract.state === "issued" ? contract : null;
  return {
    number: contract.number,
    order: contract.order,
    account: contract.account,
    state: contract.state,
    standing,
    requestedAt: isoOf(contract.requestedAt),
    issuedAt: issued && isoOf(issued.issuedAt),
    holdUntil: contract.holdUntil === null ? null : isoOf(contract.holdUntil),
    policyVersion: contract.policyVersion,
    sha256: issued?.document ?? null,
  };
}

function contractRow({ contract, standing }: ShownContract, { language }: Terminal): string[] {
  return [
    contract.number,
    contract.order,
    contract.account,
    standingText(standing)[language],
    isoOf(contract.requestedAt),
  ];
}
