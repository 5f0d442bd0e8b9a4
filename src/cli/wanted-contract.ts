import { parseBuyerDetails } from "../application/buyer-details.ts";
import type { Wanted } from "../application/prepare-contract.ts";
import { type BillCycle, parseBillCycle } from "../domain/bill.ts";
import { type AccountId, type OrderId, parseAccountId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { CONTRACT_LANGUAGES, type ContractLanguage } from "../domain/localized.ts";
import type { Result } from "../domain/result.ts";
import type { RequestDetails } from "../domain/snapshot-parties.ts";
import type { OpenInstallation } from "./installation.ts";
import { orderId } from "./orders-commands.ts";
import { WrongUse } from "./terminal.ts";

/** What a contract is wanted on, as the command line names it. */
export type NamedSubject =
  | { readonly kind: "order"; readonly order: OrderId }
  | { readonly kind: "bill"; readonly account: AccountId; readonly cycle: BillCycle };

/** Options of every command that draws a document. */
export const DETAIL_OPTIONS = {
  output: { type: "string", short: "o" },
  language: { type: "string", default: "zh-CN+en" },
  contact: { type: "string" },
  "postal-address": { type: "string" },
  phone: { type: "string" },
  email: { type: "string" },
  "po-number": { type: "string" },
} as const;

/** The same options as --help shows them. */
export const DETAIL_USAGE =
  "[-o FILE] [--language zh-CN+en|zh-CN|en] [--contact TEXT] [--postal-address TEXT] [--phone NUMBER] [--email ADDRESS] [--po-number TEXT]";

type GivenDetails = { readonly language: string } & {
  readonly [Option in Exclude<keyof typeof DETAIL_OPTIONS, "output" | "language">]?: string | undefined;
};

/** An order's number, or --bill; never both. */
export function namedSubject(
  positionals: readonly string[],
  bill: string | undefined,
  command: { readonly usage: string },
): NamedSubject {
  const [order] = positionals;
  if (order !== undefined && bill !== undefined) {
    throw new WrongUse(`Name an order or a bill, not both. Usage: orderseal ${command.usage}`);
  }
  if (bill !== undefined) return { kind: "bill", ...billReference(bill) };
  if (order === undefined) throw new WrongUse(`Something is missing. Usage: orderseal ${command.usage}`);
  return { kind: "order", order: orderId(order) };
}

/** Reads "acct-1/2026-10". */
export function billReference(text: string): { readonly account: AccountId; readonly cycle: BillCycle } {
  const [name = "", month = "", ...more] = text.split("/");
  const [account, cycle] = [parseAccountId(name), parseBillCycle(month)];
  if (account && cycle && more.length === 0) return { account, cycle };
  throw new WrongUse(`"${text.slice(0, 80)}" names no bill; write it as <account>/<YYYY-MM>, such as acct-1/2026-10.`);
}

/** What the buyer chooses and fills in (R6), checked as the API checks it. */
export function givenDetails(values: GivenDetails): Result<RequestDetails, InputFault> {
  const { language, contact, phone, email, "postal-address": postalAddress, "po-number": purchaseOrder } = values;
  return parseBuyerDetails(contractLanguage(language), { contact, postalAddress, phone, email, purchaseOrder });
}

/** Null when nobody has the order. */
export async function findWanted(
  { ledger }: OpenInstallation,
  subject: NamedSubject,
  details: RequestDetails,
): Promise<Wanted | null> {
  if (subject.kind === "bill") {
    const { account, cycle } = subject;
    return { account, subject: { kind: "bill", cycle }, details };
  }
  const account = await ledger.accountOfOrder(subject.order);
  return account && { account, subject, details };
}

/** Reads --language of a document. */
export function contractLanguage(text: string): ContractLanguage {
  const language = CONTRACT_LANGUAGES.find((known) => known === text);
  if (!language) throw new WrongUse(`--language must be one of ${CONTRACT_LANGUAGES.join(", ")}, not "${text}".`);
  return language;
}
