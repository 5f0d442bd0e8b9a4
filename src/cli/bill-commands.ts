import { type DecidedBill, listBills, showBill } from "../application/show-bills.ts";
import { totalOfBill } from "../domain/bill.ts";
import { decimalOf } from "../domain/money.ts";
import { nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { nextStepText, refusalText, standingText } from "../domain/refusal-text.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { decisionLine, decisionWord } from "./decision-line.ts";
import { everyItem } from "./every-item.ts";
import { refuse } from "./refused.ts";
import { EXIT, type Terminal, table } from "./terminal.ts";
import { billReference } from "./wanted-contract.ts";

/** `orderseal bills list`: one month's bill a line, newest month first; as NDJSON for machines. */
export const billsListCommand: Command = {
  name: "bills list",
  usage: "bills list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async (open) => {
      const rows: string[][] = [];
      for await (const bill of everyItem((page) => listBills(open, null, page))) {
        if (values.json) terminal.out(`${JSON.stringify(billLine(bill))}\n`);
        else rows.push(billRow(bill, terminal));
      }
      if (!values.json) terminal.out(rows.length === 0 ? "No bills yet.\n" : table(rows));
      return EXIT.done;
    });
  },
};

/** `orderseal bills show`. */
export const billsShowCommand: Command = {
  name: "bills show",
  usage: "bills show <account>/<YYYY-MM> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const { account, cycle } = billReference(positional(positionals, 0));
    return installation.use(async (open) => {
      const shown = await showBill(open, account, cycle);
      if (!shown) return refuse(terminal, values.json, "bill_not_found");
      if (values.json) terminal.out(`${JSON.stringify({ ...billLine(shown), lines: linesOf(shown) })}\n`);
      else terminal.out(table([billRow(shown, terminal)]) + lineTable(shown) + wayOut(shown, terminal));
      return EXIT.done;
    });
  },
};

function billLine({ bill, decision, contract, standing }: DecidedBill) {
  return {
    account: bill.account,
    cycle: bill.cycle,
    state: bill.state,
    currency: bill.currency,
    total: decimalOf(totalOfBill(bill)),
    decision: decisionLine(decision),
    contract: contract?.number ?? null,
    standing,
  };
}

function linesOf({ bill }: DecidedBill) {
  return bill.lines.map(({ line, product, name, description, list, discount, tax, total }) => {
    const amounts = { list: decimalOf(list), discount: decimalOf(discount), tax: decimalOf(tax) };
    return { line, product, name, description, ...amounts, total: decimalOf(total) };
  });
}

function billRow({ bill, decision, contract, standing }: DecidedBill, { language }: Terminal): string[] {
  const worth = contract && standing ? `${contract.number} (${standingText(standing)[language]})` : null;
  const total = `${decimalOf(totalOfBill(bill))} ${bill.currency}`;
  return [bill.account, bill.cycle, bill.state, total, worth ?? decisionWord(decision)];
}

function lineTable({ bill }: DecidedBill): string {
  return table(
    bill.lines.map(({ line, product, total, description }) => ["", line, product, decimalOf(total), description]),
  );
}

/** Why there is no contract to request, and what to do (R24); empty where there is one. */
function wayOut({ decision }: DecidedBill, { language }: Terminal): string {
  if (decision.kind === "issue") return "";
  const { refusal } = decision;
  const step = nextStepText(nextStepOf(refusal)).sentence[language];
  return `→ refuse ${refusal.code} (${RULE_OF[refusal.code]}): ${refusalText(refusal)[language]}\n  ${step}\n`;
}
