import { type Bill, type BillLine, termOfCycle } from "./bill.ts";
import { clausesOf, type SnapshotClause } from "./contract-clauses.ts";
import {
  amountsPart,
  type ContractSnapshot,
  type SnapshotAmounts,
  type SnapshotLine,
  type SnapshotTerm,
} from "./contract-snapshot.ts";
import { pickClauses } from "./contract-template.ts";
import type { BillIssuanceFacts } from "./decide-bill-issuance.ts";
import type { Issue } from "./decide-issuance.ts";
import type { ProductCode } from "./identifiers.ts";
import { monthText } from "./local-time.ts";
import { type Money, sum } from "./money.ts";
import { termFillings } from "./order-clauses.ts";
import type { Product } from "./policy.ts";
import { buyerParty, partyFillings, type RequestDetails, sellerParty } from "./snapshot-parties.ts";
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
  const term = { startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) };
  return {
    schema: "orderseal.contract/1",
    number: "",
    language: details.language,
    template: "bill/1",
    policyVersion: policy.version,
    wordingVersion: seller.wording?.version ?? 0,
    requestedAt: isoOf(at),
    timeZone: seller.timeZone,
    seller: sellerParty(seller),
    buyer: buyerParty(account, details),
    buyerAccount: bill.account,
    buyerVerified: account.identity.state === "verified",
    purchaseOrder: details.purchaseOrder,
    platform: null,
    order: null,
    bill: { cycle: bill.cycle },
    term,
    currency: bill.currency,
    lines: bill.lines.map((line) => linePart(line, products)),
    amounts: totals(bill),
    holdUntil: null,
    warnings: [],
    clauses: billClauses(facts, details, term),
    seal: seller.seal,
    replaces: issue.replaces,
    verificationUrl: "",
    demo,
  };
}

function billClauses(
  { bill, seller, account }: BillIssuanceFacts,
  details: RequestDetails,
  term: SnapshotTerm,
): readonly SnapshotClause[] {
  const picked = pickClauses({
    template: "bill/1",
    language: details.language,
    payAsYouGo: false,
    paid: false,
    platformKnown: false,
    domainKnown: false,
    term: "fixed",
  });
  return clausesOf(picked, seller.wording, {
    ...partyFillings(account, seller, details),
    ...termFillings(term, seller.timeZone),
    month: monthText(bill.cycle),
  });
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
