import type { ContractSnapshot, SnapshotLine, SnapshotParty, SnapshotTerm } from "../domain/contract-snapshot.ts";
import type { ContractLanguage, Localized } from "../domain/localized.ts";
import { type AmountTexts, amountTexts, grouped, type TotalTexts, totalTexts } from "./amount-text.ts";
import { breakable } from "./breakable-text.ts";
import { dayText, deadlineText, endFigures, endText, momentFigures, momentText, zoneText } from "./local-time.ts";
import { currencyText, domainServiceText, orderKindText } from "./order-wording.ts";

interface PartyView {
  readonly name: Localized;
  /** "credit_code" for a Chinese organisation, "other" for persons and foreign firms: decides the label. */
  readonly registrationKind: "credit_code" | "other";
  readonly registration: string;
  readonly address: Localized;
  readonly contact: string;
}

interface LineView {
  readonly position: string;
  readonly name: Localized;
  readonly description: string;
  readonly quantity: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly amounts: AmountTexts | null;
}

/** A contract as the template prints it: every date, amount and name is already text in each language. */
export interface ContractView {
  readonly language: ContractLanguage;
  readonly number: string;
  /** Year, month, day, hour, minute, second in UTC: the document's own date. */
  readonly stamp: readonly number[];
  readonly requestedOn: Localized;
  readonly orderedOn: Localized;
  readonly zone: string;
  readonly seller: PartyView;
  readonly buyer: PartyView;
  readonly account: string;
  readonly order: {
    readonly id: string;
    readonly kind: Localized;
    readonly placedAt: string;
    readonly paidAt: string | null;
    readonly paidMoment: Localized | null;
    readonly domainName: string | null;
    readonly domainService: Localized | null;
    readonly payAsYouGo: boolean;
  };
  readonly term: {
    readonly from: Localized;
    readonly to: Localized | null;
    readonly fromFigures: string;
    readonly toFigures: string | null;
  } | null;
  readonly currency: Localized;
  readonly currencyCode: string;
  readonly lines: readonly LineView[];
  readonly totals: TotalTexts | null;
  readonly hold: { readonly until: Localized; readonly zone: Localized } | null;
  readonly domainWarning: boolean;
  readonly verificationUrl: string;
  /** What the verification page asks for beside the number, in fours: "V4JG EB1A 0Q7K M2XS". */
  readonly verificationCode: string;
  readonly demo: boolean;
}

/** Turns a frozen snapshot into the texts of its document. Pure; all times are wall-clock times of the seller's zone. */
export function contractViewOf(snapshot: ContractSnapshot): ContractView {
  const { order, timeZone } = snapshot;
  return {
    language: snapshot.language,
    number: snapshot.number,
    stamp: stampOf(snapshot.requestedAt),
    requestedOn: dayText(snapshot.requestedAt, timeZone),
    orderedOn: dayText(order.placedAt, timeZone),
    zone: timeZone,
    seller: partyView(snapshot.seller),
    buyer: partyView(snapshot.buyer),
    account: breakable(snapshot.buyerAccount),
    order: {
      id: breakable(order.id),
      kind: orderKindText(order.type, order.billing),
      placedAt: momentFigures(order.placedAt, timeZone),
      paidAt: order.paidAt === null ? null : momentFigures(order.paidAt, timeZone),
      paidMoment: order.paidAt === null ? null : momentText(order.paidAt, timeZone),
      domainName: order.domainName === null ? null : breakable(order.domainName),
      domainService: order.domainService === null ? null : domainServiceText(order.domainService),
      payAsYouGo: order.billing === "pay_as_you_go",
    },
    term: termView(snapshot.term, timeZone),
    currency: currencyText(snapshot.currency),
    currencyCode: snapshot.currency,
    lines: snapshot.lines.map((line, index) => lineView(line, index, timeZone)),
    totals: snapshot.amounts === null ? null : totalTexts(snapshot.amounts, snapshot.currency),
    hold: holdView(snapshot),
    domainWarning: snapshot.warnings.includes("domain_can_be_lost_until_paid"),
    verificationUrl: breakable(snapshot.verificationUrl),
    verificationCode: codeIn(snapshot.verificationUrl),
    demo: snapshot.demo,
  };
}

function holdView({ holdUntil, timeZone }: ContractSnapshot): ContractView["hold"] {
  if (holdUntil === null) return null;
  return { until: deadlineText(holdUntil, timeZone), zone: zoneText(holdUntil, timeZone) };
}

function termView(term: SnapshotTerm | null, zone: string): ContractView["term"] {
  if (term === null) return null;
  const { startsAt, endsAt } = term;
  return {
    from: momentText(startsAt, zone),
    to: endsAt === null ? null : endText(endsAt, zone),
    fromFigures: momentFigures(startsAt, zone),
    toFigures: endsAt === null ? null : endFigures(endsAt, zone),
  };
}

function lineView(line: SnapshotLine, index: number, zone: string): LineView {
  const { term, amounts } = line;
  return {
    position: String(index + 1),
    name: breakableIn({ "zh-CN": line.nameZh, en: line.nameEn }),
    description: breakable(line.description),
    quantity: grouped(line.quantity),
    from: term === null ? null : momentFigures(term.startsAt, zone),
    to: term === null || term.endsAt === null ? null : endFigures(term.endsAt, zone),
    amounts: amounts === null ? null : amountTexts(amounts),
  };
}

function partyView(party: SnapshotParty): PartyView {
  return {
    name: breakableIn({ "zh-CN": party.nameZh, en: party.nameEn }),
    registrationKind: isCreditCode(party.registrationNumber) ? "credit_code" : "other",
    registration: breakable(party.registrationNumber),
    address: breakableIn({ "zh-CN": party.addressZh, en: party.addressEn }),
    contact: breakable(party.contact),
  };
}

/** GB 32100 form, as opposed to an identity card number (GB 11643), which has a birthday in its middle. */
function isCreditCode(text: string): boolean {
  const identityCard = /^[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
  return /^[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text) && !identityCard.test(text);
}

function breakableIn(text: Localized): Localized {
  return { "zh-CN": breakable(text["zh-CN"]), en: breakable(text.en) };
}

function stampOf(iso: string): readonly number[] {
  const at = new Date(iso);
  return [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ];
}

/** The code of the address in groups of four; empty for an address without one. */
function codeIn(url: string): string {
  const code = URL.canParse(url) ? (new URL(url).searchParams.get("code") ?? "") : "";
  return (code.match(/.{1,4}/g) ?? []).join(" ");
}
