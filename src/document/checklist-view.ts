import type { BusinessChecklist } from "../domain/business-checklist.ts";
import { momentFigures, stampOf, zoneText } from "../domain/local-time.ts";
import type { ContractLanguage, Localized } from "../domain/localized.ts";
import { type TotalTexts, totalTexts } from "./amount-text.ts";
import { breakable } from "./breakable-text.ts";
import { checklistWarning, type DomainWarning } from "./domain-warning.ts";
import { type LineView, lineViews } from "./line-view.ts";
import { type OrderView, orderView, type TermView, termView } from "./order-view.ts";
import { currencyText } from "./order-wording.ts";
import { type PartyView, partyView } from "./party-view.ts";

/** A business checklist as its template prints it. It has no number, no address to verify at and no hold (R15). */
interface ChecklistView {
  readonly language: ContractLanguage;
  /** Year, month, day, hour, minute, second in UTC: the document's own date. */
  readonly stamp: readonly number[];
  readonly printedAt: string;
  readonly printedZone: Localized;
  readonly zone: string;
  readonly seller: PartyView;
  readonly buyer: PartyView;
  readonly account: string;
  /** The buyer's own number of the purchase; empty for none. */
  readonly purchaseOrder: string;
  readonly order: OrderView;
  readonly term: TermView | null;
  readonly currency: Localized;
  readonly currencyCode: string;
  readonly lines: readonly LineView[];
  readonly totals: TotalTexts | null;
  readonly domainWarning: DomainWarning | null;
}

/** Turns a checklist into the texts of its document. Pure; all times are wall-clock times of the seller's zone. */
export function checklistViewOf(checklist: BusinessChecklist): ChecklistView {
  const { order, timeZone, printedAt } = checklist;
  return {
    language: checklist.language,
    stamp: stampOf(printedAt),
    printedAt: momentFigures(printedAt, timeZone),
    printedZone: zoneText(printedAt, timeZone),
    zone: timeZone,
    seller: partyView(checklist.seller),
    buyer: partyView(checklist.buyer),
    account: breakable(checklist.buyerAccount),
    purchaseOrder: breakable(checklist.purchaseOrder),
    order: orderView(order, timeZone),
    term: termView(checklist.term, timeZone),
    currency: currencyText(checklist.currency),
    currencyCode: checklist.currency,
    lines: lineViews(checklist.lines, timeZone),
    totals: checklist.amounts === null ? null : totalTexts(checklist.amounts, checklist.currency),
    domainWarning: isUnpaidDomain(order) ? checklistWarning(order.domainService) : null,
  };
}

function isUnpaidDomain({ paidAt, domainName, domainService }: BusinessChecklist["order"]): boolean {
  return paidAt === null && (domainName !== null || domainService !== null);
}
