import type { SnapshotClause } from "../domain/contract-clauses.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { TemplateName } from "../domain/contract-template.ts";
import { dayText, deadlineText, monthText, stampOf, zoneText } from "../domain/local-time.ts";
import type { ContractLanguage, Localized } from "../domain/localized.ts";
import { type TotalTexts, totalTexts } from "./amount-text.ts";
import { breakable, breakableIn, breakableTitle } from "./breakable-text.ts";
import { contractWarning, type DomainWarning } from "./domain-warning.ts";
import { type LineView, lineViews } from "./line-view.ts";
import { type OrderView, orderView, type TermView, termView } from "./order-view.ts";
import { currencyText } from "./order-wording.ts";
import { type PartyView, partyView } from "./party-view.ts";

interface BillView {
  readonly month: Localized;
}

interface ClauseView {
  readonly title: Localized;
  readonly text: Localized;
}

/** What the contract is about: `template` and the frozen part that it draws agree. */
type ContractSubject =
  | { readonly template: Exclude<TemplateName, "bill/1">; readonly order: OrderView; readonly bill: null }
  | { readonly template: "bill/1"; readonly order: null; readonly bill: BillView };

/** A contract as its template prints it: every date, amount and name is already text in each language. */
export type ContractView = ContractTexts & ContractSubject;

interface ContractTexts {
  readonly language: ContractLanguage;
  /** Empty in a preview: the number is given at the request (R21). */
  readonly number: string;
  /** Year, month, day, hour, minute, second in UTC: the document's own date. */
  readonly stamp: readonly number[];
  readonly requestedOn: Localized;
  readonly zone: string;
  readonly seller: PartyView;
  readonly buyer: PartyView;
  readonly account: string;
  /** False where no identity stands behind the account: then nothing may say that one does. */
  readonly buyerVerified: boolean;
  /** The buyer's own number of the purchase; empty for none. */
  readonly purchaseOrder: string;
  /** Who runs the marketplace; never a party. */
  readonly platform: Localized | null;
  readonly term: TermView | null;
  readonly currency: Localized;
  readonly currencyCode: string;
  readonly lines: readonly LineView[];
  readonly totals: TotalTexts | null;
  readonly hold: { readonly until: Localized; readonly zone: Localized } | null;
  readonly clauses: readonly ClauseView[];
  readonly domainWarning: DomainWarning | null;
  /** Number of the voided contract that this one stands in for. */
  readonly replaces: string | null;
  /** Empty in a preview, as is the code. */
  readonly verificationUrl: string;
  /** What the verification page asks for beside the number, in fours: "V4JG EB1A 0Q7K M2XS". */
  readonly verificationCode: string;
  readonly demo: boolean;
}

/**
 * Turns a frozen snapshot into the texts of its document. Pure; all times are wall-clock times of the seller's zone.
 * Throws where the snapshot lacks the part that its template draws: such a snapshot is a bug.
 */
export function contractViewOf(snapshot: ContractSnapshot): ContractView {
  const { timeZone } = snapshot;
  return {
    ...subjectOf(snapshot),
    language: snapshot.language,
    number: snapshot.number,
    stamp: stampOf(snapshot.requestedAt),
    requestedOn: dayText(snapshot.requestedAt, timeZone),
    zone: timeZone,
    seller: partyView(snapshot.seller),
    buyer: partyView(snapshot.buyer),
    account: breakable(snapshot.buyerAccount),
    buyerVerified: snapshot.buyerVerified,
    purchaseOrder: breakable(snapshot.purchaseOrder),
    platform: platformView(snapshot),
    term: termView(snapshot.term, timeZone),
    currency: currencyText(snapshot.currency),
    currencyCode: snapshot.currency,
    lines: lineViews(snapshot.lines, timeZone),
    totals: snapshot.amounts === null ? null : totalTexts(snapshot.amounts, snapshot.currency),
    hold: holdView(snapshot),
    clauses: snapshot.clauses.map(clauseView),
    domainWarning: warningView(snapshot),
    replaces: snapshot.replaces,
    verificationUrl: breakable(snapshot.verificationUrl),
    verificationCode: codeIn(snapshot.verificationUrl),
    demo: snapshot.demo,
  };
}

function subjectOf({ template, order, bill, timeZone }: ContractSnapshot): ContractSubject {
  if (template !== "bill/1" && order !== null) return { template, order: orderView(order, timeZone), bill: null };
  if (template === "bill/1" && bill !== null) return { template, order: null, bill: { month: monthText(bill.cycle) } };
  throw new Error(`the snapshot has nothing that template ${template} could draw`);
}

function clauseView({ titleZh, titleEn, textZh, textEn }: SnapshotClause): ClauseView {
  return {
    title: breakableTitle({ "zh-CN": titleZh, en: titleEn }),
    text: breakableIn({ "zh-CN": textZh, en: textEn }),
  };
}

function holdView({ holdUntil, timeZone }: ContractSnapshot): ContractView["hold"] {
  if (holdUntil === null) return null;
  return { until: deadlineText(holdUntil, timeZone), zone: zoneText(holdUntil, timeZone) };
}

function platformView({ platform }: ContractSnapshot): Localized | null {
  return platform && breakableIn({ "zh-CN": platform.nameZh, en: platform.nameEn });
}

function warningView({ warnings, order }: ContractSnapshot): DomainWarning | null {
  const warned = warnings.includes("domain_can_be_lost_until_paid");
  return warned ? contractWarning(order?.domainService ?? null) : null;
}

/** The code of the address in groups of four; empty for an address without one. */
function codeIn(url: string): string {
  const code = URL.canParse(url) ? (new URL(url).searchParams.get("code") ?? "") : "";
  return (code.match(/.{1,4}/g) ?? []).join(" ");
}
