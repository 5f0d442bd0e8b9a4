import type { SnapshotOrder, SnapshotTerm } from "../domain/contract-snapshot.ts";
import { dayText, endFigures, endText, momentFigures, momentText } from "../domain/local-time.ts";
import type { Localized } from "../domain/localized.ts";
import { breakable, breakableIn } from "./breakable-text.ts";
import { domainServiceName, orderKindText } from "./order-wording.ts";

/** The facts of an order, as a contract and a checklist print them. */
export interface OrderView {
  readonly id: string;
  readonly kind: Localized;
  readonly placedOn: Localized;
  readonly placedAt: string;
  readonly paidAt: string | null;
  readonly paidMoment: Localized | null;
  readonly domainName: string | null;
  readonly domainService: Localized | null;
  readonly payAsYouGo: boolean;
}

export interface TermView {
  readonly from: Localized;
  readonly to: Localized | null;
  readonly fromFigures: string;
  readonly toFigures: string | null;
}

export function orderView(order: SnapshotOrder, zone: string): OrderView {
  return {
    id: breakable(order.id),
    kind: orderKindText(order.type, order.billing),
    placedOn: dayText(order.placedAt, zone),
    placedAt: momentFigures(order.placedAt, zone),
    paidAt: order.paidAt === null ? null : momentFigures(order.paidAt, zone),
    paidMoment: order.paidAt === null ? null : momentText(order.paidAt, zone),
    domainName: order.domainName === null ? null : breakable(order.domainName),
    domainService: order.domainService === null ? null : breakableIn(domainServiceName(order.domainService)),
    payAsYouGo: order.billing === "pay_as_you_go",
  };
}

export function termView(term: SnapshotTerm | null, zone: string): TermView | null {
  if (term === null) return null;
  const { startsAt, endsAt } = term;
  return {
    from: momentText(startsAt, zone),
    to: endsAt === null ? null : endText(endsAt, zone),
    fromFigures: momentFigures(startsAt, zone),
    toFigures: endsAt === null ? null : endFigures(endsAt, zone),
  };
}
