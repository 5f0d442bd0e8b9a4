import { listOrders } from "../application/list-orders.ts";
import type { DecidedOrder } from "../application/order-facts.ts";
import { type ShownOrder, showOrder } from "../application/show-order.ts";
import { type OrderId, parseOrderId } from "../domain/identifiers.ts";
import { endText } from "../domain/instant-text.ts";
import { decimalOf } from "../domain/money.ts";
import { totalOf } from "../domain/order.ts";
import { nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { nextStepText, refusalText, standingText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { decisionLine, decisionWord } from "./decision-line.ts";
import { everyItem } from "./every-item.ts";
import type { OpenInstallation } from "./installation.ts";
import { EXIT, type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";

const EVERYTHING = { account: null, state: null, product: null, text: null, contractable: null };

/** `orderseal orders list`: one order a line; as NDJSON for machines. */
export const ordersListCommand: Command = {
  name: "orders list",
  usage: "orders list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async (open) => {
      const rows: string[][] = [];
      for await (const order of everyItem((page) => listOrders(open, "all", EVERYTHING, page))) {
        if (values.json) terminal.out(`${JSON.stringify(orderLine(order))}\n`);
        else rows.push(orderRow(order, terminal));
      }
      if (!values.json) terminal.out(rows.length === 0 ? "No orders yet.\n" : table(rows));
      return EXIT.done;
    });
  },
};

/** `orderseal orders show <order>`. */
export const ordersShowCommand: Command = {
  name: "orders show",
  usage: "orders show <order> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    return withOrder(positional(positionals, 0), terminal, installation.use, (shown) => {
      if (values.json) terminal.out(`${JSON.stringify(orderLine(shown))}\n`);
      else terminal.out(table([orderRow(shown, terminal)]) + linesOf(shown));
      return EXIT.done;
    });
  },
};

/** `orderseal explain <order>`: the decision with every rung of the ladder. */
export const explainCommand: Command = {
  name: "explain",
  usage: "explain <order> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    return withOrder(positional(positionals, 0), terminal, installation.use, (shown) => {
      if (values.json) terminal.out(`${JSON.stringify({ ...orderLine(shown), rungs: rungLines(shown, terminal) })}\n`);
      else terminal.out(explanation(shown, terminal));
      return EXIT.done;
    });
  },
};

async function withOrder(
  text: string,
  terminal: Terminal,
  use: <Value>(work: (open: OpenInstallation) => Promise<Value>) => Promise<Value>,
  print: (shown: ShownOrder) => ExitCode,
): Promise<ExitCode> {
  const order = orderId(text);
  return use(async (open) => {
    const shown = await showOrder(open, order, null);
    if (shown) return print(shown);
    terminal.err(`There is no order ${order}; orderseal orders list shows the orders.\n`);
    return EXIT.refused;
  });
}

/** Reads an order number from the command line. */
export function orderId(text: string): OrderId {
  const order = parseOrderId(text);
  if (!order) throw new WrongUse(`"${text.slice(0, 80)}" is not an order number.`);
  return order;
}

function orderLine({ order, contract, decision, standing }: DecidedOrder) {
  return {
    order: order.id,
    account: order.account,
    type: order.type,
    billing: order.billing,
    state: order.status.state,
    placedAt: isoOf(order.placedAt),
    currency: order.currency,
    total: decimalOf(totalOf(order)),
    decision: decisionLine(decision),
    contract: contract?.number ?? null,
    standing,
  };
}

function orderRow({ order, contract, decision, standing }: DecidedOrder, { language }: Terminal): string[] {
  const worth = contract && standing ? `${contract.number} (${standingText(standing)[language]})` : null;
  const amount = order.billing === "pay_as_you_go" ? "pay-as-you-go" : `${decimalOf(totalOf(order))} ${order.currency}`;
  return [order.id, order.account, order.type, order.status.state, amount, worth ?? decisionWord(decision)];
}

function linesOf({ order }: ShownOrder): string {
  return table(
    order.lines.map((line) => ["", line.line, line.product, line.quantity, decimalOf(line.total), line.description]),
  );
}

function rungLines({ rungs }: ShownOrder, { language }: Terminal) {
  return rungs.map(({ rung, outcome, refusal }) => ({
    rung,
    outcome,
    sentence: refusal && refusalText(refusal)[language],
  }));
}

const MARKS = { passed: "passed", refused: "REFUSED", would_refuse: "would refuse" } as const;

function explanation(shown: ShownOrder, terminal: Terminal): string {
  const { language } = terminal;
  const { order, seller, decision } = shown;
  const rungs = rungLines(shown, terminal).map(({ rung, outcome, sentence }) => [MARKS[outcome], rung, sentence ?? ""]);
  const head = `Order ${order.id} of account ${order.account}, policy version ${decision.policyVersion}\n`;
  if (decision.kind === "refuse") {
    const { refusal } = decision;
    const step = nextStepText(nextStepOf(refusal)).sentence[language];
    return `${head}${table(rungs)}→ refuse ${refusal.code} (${RULE_OF[refusal.code]}): ${refusalText(refusal)[language]}\n  ${step}\n`;
  }
  const hold =
    decision.holdUntil !== null && seller
      ? `, valid until paid or ${endText(decision.holdUntil, seller.timeZone)[language]}`
      : "";
  const warnings = decision.warnings.length > 0 ? `, warnings: ${decision.warnings.join(", ")}` : "";
  return `${head}${table(rungs)}→ issue${decision.amountShown ? "" : ", without amount (R12)"}${hold}${warnings}\n`;
}
