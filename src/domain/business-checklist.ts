import type { CanonicalValue } from "./canonical-json.ts";
import {
  type ContractSnapshot,
  linePart,
  orderPart,
  type SnapshotOrder,
  termPart,
  totalsPart,
} from "./contract-snapshot.ts";
import type { IssuanceFacts } from "./decide-issuance.ts";
import type { ProductCode } from "./identifiers.ts";
import { type Order, termOf } from "./order.ts";
import type { Product } from "./policy.ts";
import {
  buyerParty,
  NOTHING_FILLED_IN,
  type RequestDetails,
  type SnapshotParty,
  sellerParty,
} from "./snapshot-parties.ts";
import { isoOf, ZONE_OF_UNKNOWN_SELLERS } from "./time.ts";

/**
 * What an unpaid order's business checklist lists (R15): the business that was ordered, from and for whom. It is not a
 * contract: it has no number, no seal, no hold, nobody can verify it, and it says so.
 */
export interface BusinessChecklist {
  readonly [key: string]: CanonicalValue;
  readonly schema: "orderseal.checklist/1";
  readonly language: ContractSnapshot["language"];
  /** ISO 8601 in UTC, as all instants here. */
  readonly printedAt: string;
  readonly timeZone: string;
  readonly seller: SnapshotParty;
  readonly buyer: SnapshotParty;
  readonly buyerAccount: string;
  /** The buyer's own number of the purchase; empty for none (R6). */
  readonly purchaseOrder: string;
  readonly order: SnapshotOrder;
  readonly term: ContractSnapshot["term"];
  readonly currency: string;
  readonly lines: ContractSnapshot["lines"];
  readonly amounts: ContractSnapshot["amounts"];
  readonly demo: boolean;
}

export interface ChecklistInput {
  readonly facts: IssuanceFacts;
  readonly products: ReadonlyMap<ProductCode, Product>;
  readonly details: RequestDetails;
  readonly demo: boolean;
}

/** The checklist of an order: the same lines and parties as a contract would show, and nothing that binds. */
export function checklistOf({ facts, products, details, demo }: ChecklistInput): BusinessChecklist {
  const { order, account, seller, at } = facts;
  const amountShown = order.billing === "subscription";
  return {
    schema: "orderseal.checklist/1",
    language: details.language,
    printedAt: isoOf(at),
    timeZone: seller?.timeZone ?? ZONE_OF_UNKNOWN_SELLERS,
    seller: seller ? sellerParty(seller) : unknownSeller(order),
    buyer: buyerParty(account, details),
    buyerAccount: order.account,
    purchaseOrder: details.purchaseOrder,
    order: orderPart(order),
    term: termPart(termOf(order), order),
    currency: order.currency,
    lines: order.lines.map((line) => linePart(line, order, products, amountShown)),
    amounts: amountShown ? totalsPart(order) : null,
    demo,
  };
}

/** A marketplace seller of whom the order's source knows the name only. */
function unknownSeller({ channel }: Order): SnapshotParty {
  const name = channel.kind === "marketplace" ? channel.sellerName : channel.seller;
  return { nameZh: name, nameEn: name, registrationNumber: "", addressZh: "", addressEn: "", ...NOTHING_FILLED_IN };
}
