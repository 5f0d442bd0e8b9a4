import { downloadContract } from "../../src/application/download-contract.ts";
import { showBill } from "../../src/application/show-bills.ts";
import { showOrder } from "../../src/application/show-order.ts";
import type { BillCycle } from "../../src/domain/bill.ts";
import { parseContractNumber } from "../../src/domain/contract-number.ts";
import type { OrderId } from "../../src/domain/identifiers.ts";
import type { Observed, ObservedContract } from "./observed-shop.ts";
import { momentAt, type Shop } from "./shop.ts";
import { isKnown, nameOf, refusalNow, type Subject, standingNow } from "./shop-model.ts";
import type { Expected } from "./trial.ts";

/**
 * Holds the books against the model, which becomes what they are; throws where they are nothing that was to be expected.
 * After a fault each order may be as any whole number of transactions has left it; without one, only as all have.
 */
export async function compareBooks(shop: Shop, expected: readonly Expected[], isFaulty: boolean): Promise<void> {
  const observed = await shop.reader.look();
  for (const [place, subject] of shop.subjects.entries()) {
    const foreseen = expected.find((one) => one.place === place);
    const candidates = foreseen ? [...foreseen.whole, ...(isFaulty ? foreseen.partial : [])] : [subject];
    const books = observed.get(subject.id) ?? NOTHING;
    const seen = textOfBooks(books);
    const found = candidates.find((candidate) => textOfModel(candidate, books.contracts) === seen);
    if (!found) throw new Error(differenceText(subject, candidates, books));
    const early = books.contracts.find(({ requestedAt, issuedAt }) => issuedAt !== null && issuedAt < requestedAt);
    if (early) throw new Error(`${early.number} was issued before it was requested`);
    shop.subjects[place] = found;
    note(shop, found, books.contracts);
  }
  compareNumbers(shop);
}

/** What a reader is told of the subject: the decision, and what its contract is worth now. */
export async function compareShown(shop: Shop, place: number): Promise<void> {
  const subject = shop.subjects[place];
  if (!subject || !isKnown(subject)) return;
  const { ports } = shop.desk;
  const [account] = shop.accounts;
  const shown = subject.bill
    ? await showBill(ports, account, subject.id.replace(/^.*:/, "") as BillCycle)
    : await showOrder(ports, subject.id as OrderId, account);
  const moment = momentAt(shop, 0);
  const refusal = shown?.decision.kind === "refuse" ? shown.decision.refusal.code : null;
  const told = JSON.stringify([refusal, shown?.standing ?? null]);
  const promised = JSON.stringify([refusalNow(subject, moment), standingNow(subject, moment.at)]);
  if (told !== promised) throw new Error(`${subject.id} is shown as ${told}, and was promised as ${promised}`);
}

/** R5: every issued contract downloads, byte for byte as the first time. */
export async function compareFiles(shop: Shop): Promise<void> {
  for (const [number, first] of shop.files) {
    const contract = await shop.desk.ports.ledger.contractByNumber(number);
    if (contract?.state !== "issued") throw new Error(`${number} was issued, and is ${contract?.state ?? "gone"}`);
    const bytes = await downloadContract(shop.desk.ports, contract);
    if (first.bytes !== null && !Buffer.from(first.bytes).equals(bytes)) throw new Error(`${number} has another file`);
    shop.files.set(number, { ...first, bytes });
  }
}

const NOTHING: Observed = { contracts: [], isHoldOpen: false, events: [], revisions: [], bill: null };

function note(shop: Shop, subject: Subject, contracts: readonly ObservedContract[]): void {
  for (const [index, { number, document }] of contracts.entries()) {
    const name = nameOf(subject, index + 1);
    const known = shop.numbers.get(name);
    if (known !== undefined && known !== number) throw new Error(`${name} was ${known} and is ${number}`);
    const parsed = parseContractNumber(number);
    if (!parsed) throw new Error(`${number} is no contract number`);
    shop.numbers.set(name, parsed);
    shop.names.set(number, name);
    const first = shop.files.get(parsed);
    if (first && first.document !== document)
      throw new Error(`${number} had the file ${first.document}, not ${document}`);
    if (document !== null && !first) shop.files.set(parsed, { document, bytes: null });
  }
}

/** The numbers of each seller's month follow each other without a gap, and none is there twice. */
function compareNumbers(shop: Shop): void {
  const months = new Map<string, number[]>();
  for (const number of shop.names.keys()) {
    const [, month = "", running] = /^(.*-\d{6})-(\d+)-.$/.exec(number) ?? [];
    months.set(month, [...(months.get(month) ?? []), Number(running)]);
  }
  for (const [month, taken] of months) {
    const first = (shop.lastNumbers.get(month) ?? 0) + 1;
    const sorted = taken.toSorted((left, right) => left - right);
    if (sorted.some((running, index) => running !== first + index)) {
      throw new Error(`the numbers ${sorted.join(", ")} of ${month} do not follow ${first - 1} without a gap`);
    }
  }
}

function textOfBooks({ contracts, isHoldOpen, events, revisions, bill }: Observed): string {
  const chain = contracts.map(({ state, requestedAt, holdUntil, voidedAt, policyVersion, replaces }, index) =>
    JSON.stringify([
      state,
      requestedAt,
      holdUntil,
      voidedAt,
      policyVersion,
      replaces === (contracts[index - 1]?.id ?? null),
    ]),
  );
  return [...chain, isHoldOpen, ...events, ...revisions, bill].join("\n");
}

/** Nodes' clocks differ: what one of them voids was issued before that, whatever the clock says of it that issued it. */
function textOfModel(
  { contracts, isHoldOpen, events, reports, bill }: Subject,
  inBooks: readonly ObservedContract[],
): string {
  const chain = contracts.map(({ state, requestedAt, holdUntil, voidedAt, policyVersion }, index) => {
    const voided = voidedAt === null ? null : Math.max(voidedAt, inBooks[index]?.issuedAt ?? 0);
    return JSON.stringify([state, requestedAt, holdUntil, voided, policyVersion, true]);
  });
  const revisions = reports.map(({ revision }) => revision).sort((left, right) => left - right);
  const billed = bill?.total ? `${bill.isFinal ? "final" : "open"} ${bill.total.replace(".", "")}` : null;
  return [...chain, isHoldOpen, ...events, ...revisions, billed].join("\n");
}

function differenceText(before: Subject, candidates: readonly Subject[], books: Observed): string {
  const texts = [...new Set(candidates.map((candidate) => textOfModel(candidate, books.contracts)))];
  return [
    `${before.id} (${before.flavour.name}) is nothing that was promised. It was:`,
    textOfModel(before, books.contracts),
    "the books have:",
    textOfBooks(books),
    ...texts.flatMap((text) => ["promised:", text]),
  ].join("\n");
}
