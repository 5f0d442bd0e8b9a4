import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { type ImportOutcome, importOrders, type SourceFormat } from "../application/import-orders.ts";
import { putAccount } from "../application/put-parties.ts";
import { type AccountId, parseAccountId } from "../domain/identifiers.ts";
import type { Identity } from "../domain/parties.ts";
import { importBillFile } from "./bill-import.ts";
import { recogniseInput } from "./bill-input.ts";
import { type Command, positional, readArguments } from "./command.ts";
import type { OpenInstallation, Sources } from "./installation.ts";
import { OPERATOR } from "./operator.ts";
import { EXIT, type ExitCode, type Terminal, WrongUse } from "./terminal.ts";

const USAGE = "import <file|-> [--format orderseal|csv|billing-api] [--account ID [--legal-name NAME]] [--json]";

/**
 * `orderseal import`: each order on its own; what is refused is named by its line, the others go in. From the billing API
 * a file may hold one month's bill instead.
 */
export const importCommand: Command = {
  name: "import",
  usage: USAGE,
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      USAGE,
      args,
      {
        format: { type: "string", default: "orderseal" },
        account: { type: "string" },
        "legal-name": { type: "string" },
      },
      { least: 1, most: 1 },
    );
    const { formats, bills } = await installation.sources();
    const format = formatOf(formats, values.format);
    const account = values.account === undefined ? null : accountOf(values.account);
    const legalName = values["legal-name"]?.trim().normalize("NFC") ?? null;
    if (legalName !== null && account === null)
      throw new WrongUse(`--legal-name needs --account. Usage: orderseal ${USAGE}`);
    const file = await openInput(positional(positionals, 0));
    const found =
      values.format === "billing-api" ? await recogniseInput(file, bills) : ({ kind: "orders", input: file } as const);
    if (found.kind === "bill" && account === null) {
      throw new WrongUse(`A bill does not say whose it is; name the account with --account. Usage: orderseal ${USAGE}`);
    }
    return installation.use(async (open) => {
      const seller = await open.ledger.defaultSeller();
      if (!seller) {
        terminal.err("There is no seller yet: create one with PUT /v1/sellers/{seller} first.\n");
        return EXIT.broken;
      }
      if (account && !(await ensureAccount(open, account, legalName, terminal))) return EXIT.refused;
      if (found.kind === "bill" && account) {
        return importBillFile(open, bills, found.bytes, { account, seller }, terminal, values.json);
      }
      const input = found.kind === "orders" ? found.input : file;
      const entries = format(input, { account, seller: seller.id });
      return report(importOrders(open, OPERATOR, entries), terminal, values.json);
    });
  },
};

function formatOf(formats: Sources["formats"], name: string): SourceFormat {
  const format = Object.entries(formats).find(([known]) => known === name)?.[1];
  if (!format) {
    throw new WrongUse(`--format must be one of ${Object.keys(formats).join(", ")}, not "${name}".`);
  }
  return format;
}

function accountOf(text: string): AccountId {
  const account = parseAccountId(text);
  if (!account) {
    throw new WrongUse(
      `--account must be up to 64 letters, digits, dots, dashes or underscores, not "${text.slice(0, 80)}".`,
    );
  }
  return account;
}

async function openInput(path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === "-") return process.stdin;
  const found = await stat(path).catch(() => null);
  if (!found?.isFile())
    throw new WrongUse(`There is no file "${path}"; name an existing file, or - for standard input.`);
  return createReadStream(path);
}

/** An unknown account is created: verified as an enterprise when a legal name is given. A known one stays as it is. */
async function ensureAccount(
  open: OpenInstallation,
  id: AccountId,
  legalName: string | null,
  terminal: Terminal,
): Promise<boolean> {
  const known = await open.ledger.transaction((transaction) => transaction.account(id));
  if (known) {
    const name = known.identity.state === "verified" ? known.identity.legalName : null;
    if (legalName !== null && name !== legalName) {
      terminal.err(`Account ${id} is already known${name ? ` as ${name}` : ""}; --legal-name changes nothing.\n`);
    }
    return true;
  }
  const put = await putAccount(open, OPERATOR, { id, identity: identityOf(legalName), servedBy: null });
  if (!put.ok) terminal.err(`${put.fault.message[terminal.language]}\n`);
  return put.ok;
}

function identityOf(legalName: string | null): Identity {
  if (legalName === null || legalName === "") return { state: "unverified" };
  const unknown = { legalNameEn: null, registrationNumber: null, address: null };
  return { state: "verified", kind: "enterprise", legalName, ...unknown };
}

async function report(outcomes: AsyncIterable<ImportOutcome>, terminal: Terminal, json: boolean): Promise<ExitCode> {
  const counts = { created: 0, updated: 0, unchanged: 0, stale: 0, refused: 0 };
  for await (const outcome of outcomes) {
    counts[outcome.outcome]++;
    if (json) terminal.out(`${JSON.stringify(lineOf(outcome, terminal))}\n`);
    else if (outcome.outcome === "refused") {
      const order = outcome.order === null ? "" : ` (${outcome.order})`;
      terminal.err(`line ${outcome.line}${order}: ${outcome.fault.message[terminal.language]}\n`);
    }
  }
  const summary = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
  if (!json) terminal.out(`${summary.join(", ")}\n`);
  return counts.refused > 0 ? EXIT.refused : EXIT.done;
}

function lineOf(outcome: ImportOutcome, { language }: Terminal) {
  if (outcome.outcome !== "refused") return outcome;
  const { line, order, fault } = outcome;
  return { line, order, outcome: "refused", field: fault.field, detail: fault.message[language] };
}
