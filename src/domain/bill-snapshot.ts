import { type Bill, type BillLine, termOfCycle } from "./bill.ts";
import {
  amountsPart,
  buyerParty,
  type ContractSnapshot,
  type RequestDetails,
  type SnapshotAmounts,
  type SnapshotLine,
  sellerParty,
} from "./contract-snapshot.ts";
import type { BillIssuanceFacts } from "./decide-bill-issuance.ts";
import type { Issue } from "./decide-issuance.ts";
import type { ProductCode } from "./identifiers.ts";
import { type Money, sum } from "./money.ts";
import type { Product } from "./policy.ts";
import { isoOf } from "./time.ts";

export interface BillSnapshotInput {
  readonly facts: BillIssuanceFacts;
  readonly products: ReadonlyMap<ProductCode, Product>;
  readonly issue: Issue;
  readonly details: RequestDetails;
  readonly demo: boolean;
}

/** What the contract on a month's bill says for ever, before it has a number: that month's lines and total (R7, R13). */
export function billDraftOf({ facts, products, issue, details, demo }: BillSnapshotInput): ContractSnapshot {
  const { bill, seller, account, policy, at } = facts;
  const { startsAt, endsAt } = termOfCycle(bill.cycle, seller.timeZone);
  return {
    schema: "orderseal.contract/1",
    number: "",
    language: details.language,
    template: "bill/1",
    policyVersion: policy.version,
    requestedAt: isoOf(at),
    timeZone: seller.timeZone,
    seller: sellerParty(seller),
    buyer: buyerParty(account, details),
    buyerAccount: bill.account,
    order: null,
    bill: { cycle: bill.cycle },
    term: { startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) },
    currency: bill.currency,
    lines: bill.lines.map((line) => linePart(line, products)),
    amounts: totals(bill),
    holdUntil: null,
    warnings: [],
    replaces: issue.replaces,
    verificationUrl: "",
    demo,
  };
}

function linePart(line: BillLine, products: ReadonlyMap<ProductCode, Product>): SnapshotLine {
  const name = line.name ?? products.get(line.product)?.name;
  return {
    line: line.line,
    product: line.product,
    nameZh: name?.["zh-CN"] ?? line.product,
    nameEn: name?.en ?? line.product,
    description: line.description,
    quantity: "1",
    term: null,
    amounts: amountsPart(line.list, line.discount, line.tax, line.total),
  };
}

function totals(bill: Bill): SnapshotAmounts {
  const of = (pick: (line: BillLine) => Money): Money => sum(bill.lines.map(pick), bill.currency);
  return amountsPart(
    of((line) => line.list),
    of((line) => line.discount),
    of((line) => line.tax),
    of((line) => line.total),
  );
}
