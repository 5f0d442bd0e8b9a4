import type { ListedPartner, ListedSeller } from "../application/catalogue-shelf.ts";
import { BILLING_MODES } from "../domain/order.ts";
import { isSelfService, type Policy, type Product } from "../domain/policy.ts";
import { type Command, readArguments } from "./command.ts";
import { everyItem } from "./every-item.ts";
import { EXIT, type Terminal, table } from "./terminal.ts";

/** `orderseal products list`: the catalogue, with what is self-service by the policy in force. */
export const productsListCommand: Command = {
  name: "products list",
  usage: "products list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ ledger }) => {
      const policy = await ledger.currentPolicy();
      const lines = await all(
        everyItem((page) => ledger.listProducts(null, page)),
        (item) => productLine(item, policy),
      );
      const row = ({ code, name, selfService }: (typeof lines)[number]) => [
        code,
        name[terminal.language],
        selfService.length === 0 ? "offline contracts only" : selfService.join(", "),
      ];
      return print(lines, row, values.json, "No products yet.\n", terminal);
    });
  },
};

/** `orderseal sellers list`. */
export const sellersListCommand: Command = {
  name: "sellers list",
  usage: "sellers list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ ledger }) => {
      const listed = await all(
        everyItem((page) => ledger.listSellers(null, page)),
        (item) => item,
      );
      const lines = await Promise.all(
        // Read one by one, a seller knows of its key, too.
        listed.map(async (item) => sellerLine(item, (await ledger.seller(item.seller.id))?.canSeal ?? false)),
      );
      const row = ({
        seller,
        legalName,
        numberPrefix,
        timeZone,
        active,
        canSeal,
        quotaLeft,
      }: (typeof lines)[number]) => [
        ...[seller, legalName[terminal.language], numberPrefix, timeZone],
        active ? (canSeal ? "can seal" : "no seal key") : "suspended",
        quotaLeft === null ? "" : `${quotaLeft} contracts left`,
      ];
      return print(lines, row, values.json, "No sellers yet.\n", terminal);
    });
  },
};

/** `orderseal partners list`. */
export const partnersListCommand: Command = {
  name: "partners list",
  usage: "partners list [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, {}, { least: 0, most: 0 });
    return installation.use(async ({ ledger }) => {
      const lines = await all(
        everyItem((page) => ledger.listPartners(null, page)),
        partnerLine,
      );
      const row = ({ partner, kind, name, contact, accounts }: (typeof lines)[number]) => [
        ...[partner, kind, name, contact],
        accounts === 1 ? "1 account" : `${accounts} accounts`,
      ];
      return print(lines, row, values.json, "No partners yet.\n", terminal);
    });
  },
};

function productLine({ code, name }: Product, policy: Policy) {
  return { code, name, selfService: BILLING_MODES.filter((mode) => isSelfService(policy, code, mode)) };
}

function sellerLine({ seller, wordingVersion, isDefault }: ListedSeller, canSeal: boolean) {
  const { id, canSeal: active, legalName, numberPrefix, timeZone, quotaLeft } = seller;
  return { seller: id, legalName, numberPrefix, timeZone, active, canSeal, quotaLeft, wordingVersion, isDefault };
}

function partnerLine({ partner: { id, kind, name, contact }, accounts }: ListedPartner) {
  return { partner: id, kind, name, contact, accounts };
}

async function all<Item, Line>(items: AsyncIterable<Item>, lineOf: (item: Item) => Line): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const item of items) lines.push(lineOf(item));
  return lines;
}

function print<Line>(
  lines: readonly Line[],
  rowOf: (line: Line) => readonly string[],
  json: boolean,
  none: string,
  terminal: Terminal,
) {
  if (json) for (const line of lines) terminal.out(`${JSON.stringify(line)}\n`);
  else terminal.out(lines.length === 0 ? none : table(lines.map(rowOf)));
  return EXIT.done;
}
