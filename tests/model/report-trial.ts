import { parseBillDocument } from "../../src/application/bill-document.ts";
import { parseOrderDocument } from "../../src/application/order-document.ts";
import { recordBill } from "../../src/application/record-bill.ts";
import { recordOrder } from "../../src/application/record-order.ts";
import type { BillCycle } from "../../src/domain/bill.ts";
import type { OrderId, SellerId } from "../../src/domain/identifiers.ts";
import type { Report } from "./promises.ts";
import { billDocumentOf, documentOf } from "./sample-orders.ts";
import { DESK, momentAt, type Shop, START } from "./shop.ts";
import { isKnown, newestOf, type Subject, transactions } from "./shop-model.ts";
import type { Step } from "./step.ts";
import { sayingExactly, type Trial } from "./trial.ts";

const SELLER = "demo-cloud" as SellerId;
const TOTALS = ["106.00", "212.00"] as const;

/** A source reports an order; null where there is nothing of the kind to report. */
export function reportTrial(shop: Shop, step: Extract<Step, { do: "report" }>, node: 0 | 1): Trial | null {
  const subject = shop.subjects[step.order];
  const { at } = momentAt(shop, node);
  const report = subject && reportOf(shop, subject, step);
  if (!subject || !report) return null;
  const isForeign = step.as === "of another account";
  const { answer, whole } = isForeign ? { answer: "refused order", whole: subject } : taken(subject, report, at);
  const call = async () => {
    const account = shop.accounts[isForeign ? 1 : 0];
    const order = subject.id as OrderId;
    const document = documentOf(subject.flavour, subject.placedAt, report);
    const parsed = parseOrderDocument(document, { account, order, seller: SELLER });
    if (!parsed.ok) throw new Error(`the model sends no valid order: ${parsed.fault.message.en}`);
    const recorded = await recordOrder(shop.nodes[node].ports, DESK, parsed.value);
    return recorded.ok ? recorded.value : `refused ${recorded.fault.field}`;
  };
  return {
    calls: [{ node: shop.nodes[node], call }],
    expected: [{ place: step.order, whole: [whole], partial: [subject] }],
    judge: sayingExactly(answer),
  };
}

/** The month's bill is reported, open or final. */
export function billTrial(shop: Shop, step: Extract<Step, { do: "bill" }>, node: 0 | 1, place: number): Trial | null {
  const subject = shop.subjects[place];
  if (!subject?.bill) return null;
  const content = { total: TOTALS[step.total] ?? TOTALS[0], isFinal: step.isFinal };
  const { bill } = subject;
  const isSame = bill.total === content.total && bill.isFinal === content.isFinal;
  const late = content.isFinal ? "refused state" : "stale";
  const answer = bill.total === null ? "created" : isSame ? "unchanged" : bill.isFinal ? late : "updated";
  const isTaken = answer === "created" || answer === "updated";
  const call = async () => {
    const [account, cycle] = [shop.accounts[0], subject.id.replace(/^.*:/, "") as BillCycle];
    const document = billDocumentOf(content.isFinal, content.total);
    const parsed = parseBillDocument(document, { account, cycle, seller: SELLER });
    if (!parsed.ok) throw new Error(`the model sends no valid bill: ${parsed.fault.message.en}`);
    const recorded = await recordBill(shop.nodes[node].ports, DESK, parsed.value);
    return recorded.ok ? recorded.value : `refused ${recorded.fault.field}`;
  };
  const whole = isTaken ? transactions.billed(subject, content) : subject;
  return {
    calls: [{ node: shop.nodes[node], call }],
    expected: [{ place, whole: [whole], partial: [subject] }],
    judge: sayingExactly(answer),
  };
}

/** What the books make of a report: new, old news, known already, or a contradiction. */
function taken(subject: Subject, report: Report, at: number): { readonly answer: string; readonly whole: Subject } {
  const known = subject.reports.find(({ revision }) => revision === report.revision);
  if (known) return { answer: same(known, report) ? "unchanged" : "refused revision", whole: subject };
  const newest = Math.max(...subject.reports.map(({ revision }) => revision));
  const answer = !isKnown(subject) ? "created" : report.revision < newest ? "stale" : "updated";
  return { answer, whole: transactions.report(subject, report, at) };
}

function same(one: Report, other: Report): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function reportOf(shop: Shop, subject: Subject, step: Extract<Step, { do: "report" }>): Report | null {
  const revisions = subject.reports.map(({ revision }) => revision);
  const newest = Math.max(0, ...revisions);
  const happenedAt = happenedAtOf(shop, subject, step);
  const paidAt = step.state === "refunded" && step.knowsPayment ? Math.max(START, happenedAt - 3_600_000) : null;
  const fresh = (revision: number): Report => {
    const isDated = step.state !== "unpaid";
    return { revision, state: step.state, happenedAt: isDated ? happenedAt : 0, paidAt, total: TOTALS[0] };
  };
  const repeated = subject.reports[step.pick % Math.max(1, subject.reports.length)];
  const gaps = [...Array(newest).keys()].map((index) => index + 1).filter((one) => !revisions.includes(one));
  switch (step.as) {
    case "next":
      return fresh(newest + 1);
    case "next but one":
      return fresh(newest + 2);
    case "late": {
      const gap = gaps[step.pick % Math.max(1, gaps.length)];
      return gap === undefined ? null : fresh(gap);
    }
    case "again":
      return repeated ?? null;
    case "altered":
      return repeated ? { ...repeated, total: TOTALS[1] } : null;
    case "of another account":
      return isKnown(subject) ? fresh(newest + 1) : null;
  }
}

function happenedAtOf(shop: Shop, subject: Subject, { when }: Extract<Step, { do: "report" }>): number {
  if ("agoMs" in when) return Math.max(START, shop.clock.now - when.agoMs);
  return (newestOf(subject)?.holdUntil ?? shop.clock.now) + when.besideHoldMs;
}
