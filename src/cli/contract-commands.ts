import { downloadArchive } from "../application/download-archive.ts";
import { downloadContract } from "../application/download-contract.ts";
import { EVERY_CONTRACT } from "../application/listed.ts";
import { listContracts, type ShownContract, showContract } from "../application/show-contract.ts";
import { type VoidOutcome, voidContract } from "../application/void-contract.ts";
import { cycleOf, orderOf, waitingOf } from "../domain/contract.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import type { Localized } from "../domain/localized.ts";
import { standingText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";
import { AS_PERSON, personOf } from "./acting-person.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { contractLine } from "./contract-line.ts";
import { everyItem } from "./every-item.ts";
import { givenText } from "./given-text.ts";
import type { Installation, OpenInstallation } from "./installation.ts";
import { writeOutput } from "./output-file.ts";
import { proposed } from "./proposal-commands.ts";
import { refuse } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";

const LONGEST_REASON = 500;

export const contractsListCommand: Command = {
  name: "contracts list",
  usage: "contracts list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async (open) => {
      const rows: string[][] = [];
      for await (const shown of everyItem((page) => listContracts(open, EVERY_CONTRACT, page))) {
        if (values.json) terminal.out(`${JSON.stringify(contractLine(shown))}\n`);
        else rows.push(contractRow(shown, terminal));
      }
      if (!values.json) terminal.out(rows.length === 0 ? "No contracts yet.\n" : table(rows));
      return EXIT.done;
    });
  },
};

export const contractsShowCommand: Command = {
  name: "contracts show",
  usage: "contracts show <number> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const number = positional(positionals, 0);
    return withContract(number, terminal, values.json, installation.use, async (_open, shown) => {
      terminal.out(values.json ? `${JSON.stringify(contractLine(shown))}\n` : contractTable(shown));
      return EXIT.done;
    });
  },
};

export const contractsDownloadCommand: Command = {
  name: "contracts download",
  usage: "contracts download <number> [--archive] [-o FILE] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { output: { type: "string", short: "o" }, archive: { type: "boolean", default: false } },
      { least: 1, most: 1 },
    );
    const number = positional(positionals, 0);
    return withContract(number, terminal, values.json, installation.use, async (open, shown) => {
      const { contract } = shown;
      if (contract.state === "issuing") return refuse(terminal, values.json, "contract_being_sealed");
      const { archive } = shown;
      if (values.archive && !archive) return refuse(terminal, values.json, "contract_not_archived");
      const isArchive = values.archive && archive !== null;
      const path = values.output ?? `${contract.number}${isArchive ? "-archive" : ""}.pdf`;
      await writeOutput(
        path,
        isArchive ? await downloadArchive(open, contract, archive) : await downloadContract(open, contract),
      );
      terminal.out(values.json ? `${JSON.stringify({ ...contractLine(shown), file: path })}\n` : `${path}\n`);
      return EXIT.done;
    });
  },
};

const VOID_REFUSED = {
  already_void: "contract_already_void",
  being_sealed: "contract_being_sealed",
  not_found: "contract_not_found",
} as const satisfies Record<Exclude<VoidOutcome, "voided" | object>, string>;

/** `orderseal contracts void`: recorded, announced, and seen by whoever verifies the file (R22). */
export const contractsVoidCommand: Command = {
  name: "contracts void",
  usage: "contracts void <number> --reason TEXT [--as NAME] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { reason: { type: "string" }, ...AS_PERSON },
      { least: 1, most: 1 },
    );
    const reason = givenText("--reason", values.reason, LONGEST_REASON);
    const given = positional(positionals, 0);
    return withContract(given, terminal, values.json, installation.use, async (open, { contract: { number } }) => {
      const outcome = await voidContract(open, personOf(values.as), number, reason);
      if (typeof outcome === "object") return proposed(outcome.proposal, terminal, values.json);
      if (outcome !== "voided") return refuse(terminal, values.json, VOID_REFUSED[outcome]);
      const shown = await showContract(open, number, null);
      if (!shown) throw new Error(`contract ${number} is not in the books`);
      terminal.out(values.json ? `${JSON.stringify(contractLine(shown))}\n` : contractTable(shown));
      return EXIT.done;
    });
  },
};

async function withContract(
  text: string,
  terminal: Terminal,
  json: boolean,
  use: Installation["use"],
  work: (open: OpenInstallation, shown: ShownContract) => Promise<ExitCode>,
): Promise<ExitCode> {
  const number = parseContractNumber(text);
  if (!number) throw new WrongUse(`"${text.slice(0, 80)}" is not a contract number; check it for a slip of the pen.`);
  return use(async (open) => {
    const shown = await showContract(open, number, null);
    return shown ? work(open, shown) : refuse(terminal, json, "contract_not_found");
  });
}

const TIMESTAMP_PENDING = { "zh-CN": "（等待时间戳）", en: " (timestamp pending)" } as const satisfies Localized;

function contractTable(shown: ShownContract): string {
  const { voided, waitingFor, archive, ...line } = contractLine(shown);
  const all = {
    ...line,
    waitingFor: waitingFor && `${waitingFor.what}, since ${waitingFor.since} (${waitingFor.reason})`,
    archive: archive && `${archive.level} of ${archive.madeAt}`,
    voidedAt: voided?.at,
    voidReason: voided?.reason,
  };
  return table(Object.entries(all).map(([name, value]) => [name, String(value ?? "")]));
}

function contractRow({ contract, standing }: ShownContract, { language }: Terminal): string[] {
  return [
    contract.number,
    orderOf(contract) ?? cycleOf(contract) ?? "",
    contract.account,
    standingText(standing)[language] + (waitingOf(contract) ? TIMESTAMP_PENDING[language] : ""),
    isoOf(contract.requestedAt),
  ];
}
