import {
  type Buyer,
  cameTooLate,
  type PromisedStanding,
  promisedBillRefusal,
  promisedHold,
  promisedRefusal,
  promisedStanding,
  type Report,
  type Terms,
} from "./promises.ts";
import type { Sample } from "./sample-orders.ts";

export interface ModelContract {
  requestedAt: number;
  holdUntil: number | null;
  voidedAt: number | null;
  state: "issuing" | "waiting" | "issued";
  policyVersion: number;
}

/** An order or a month's bill with everything that was promised about it; what one transaction changes, changes here at once. */
export interface Subject {
  readonly id: string;
  readonly kind: "order" | "bill";
  readonly flavour: Sample;
  readonly placedAt: number;
  /** Empty until the order is known. */
  reports: Report[];
  /** Null for an order; `total` is null until the bill is known. */
  bill: ModelBill | null;
  /** The chain: each stands in for the one before it. */
  contracts: ModelContract[];
  isHoldOpen: boolean;
  wasToldTooLate: boolean;
  /** What the outbox says of it in order, as "<place in the chain> <type> <standing>". */
  events: string[];
}

interface ModelBill {
  readonly total: string | null;
  readonly isFinal: boolean;
  readonly expectedAt: number;
}

export interface Moment {
  readonly at: number;
  readonly terms: Terms;
  readonly buyer: Buyer;
}

/** The transactions of the model: each gives the subject as it is afterwards, and leaves the given one alone. */
export const transactions = { report, billed, begin, issue, wait, voidByDesk, sweep };

/** How answers and failures name the contract at a place of the subject's chain, counted from 1. */
export function nameOf({ id }: Subject, place: number): string {
  return `${id}#${place}`;
}

export function newestOf(subject: Subject): ModelContract | null {
  return subject.contracts.at(-1) ?? null;
}

/** What the subject's newest contract is worth; null when it has none. */
export function standingNow(subject: Subject, at: number): PromisedStanding | null {
  const contract = newestOf(subject);
  return contract && standingOf(subject, contract, at);
}

export function isKnown({ bill, reports }: Subject): boolean {
  return bill ? bill.total !== null : reports.length > 0;
}

export function refusalNow(subject: Subject, { at, terms, buyer }: Moment): string | null {
  const contract = newestOf(subject);
  const held = contract && heldOf(contract);
  return subject.bill
    ? promisedBillRefusal(subject.bill, buyer, held, terms, at)
    : promisedRefusal(subject, buyer, held, terms, at);
}

function standingOf(subject: Subject, contract: ModelContract, at: number): PromisedStanding {
  return promisedStanding(heldOf(contract), subject.bill ? null : subject, at);
}

function heldOf({ holdUntil, voidedAt }: ModelContract) {
  return { holdUntil, voidedByDesk: voidedAt !== null };
}

function changed(subject: Subject, change: (copy: Subject) => void): Subject {
  const copy: Subject = {
    ...subject,
    reports: [...subject.reports],
    contracts: subject.contracts.map((contract) => ({ ...contract })),
    events: [...subject.events],
  };
  change(copy);
  return copy;
}

/** A contract is decided: one more in the chain, in the books and announced, without its file. */
function begin(subject: Subject, { at, terms }: Moment): Subject {
  return changed(subject, (copy) => {
    const holdUntil = subject.bill ? null : promisedHold(subject, terms, at);
    const policyVersion = terms.version;
    copy.contracts.push({ requestedAt: at, holdUntil, voidedAt: null, state: "issuing", policyVersion });
    tell(copy, "contract.requested");
    if (holdUntil === null) return;
    copy.isHoldOpen = true;
    tell(copy, "order.hold_started");
  });
}

function issue(subject: Subject): Subject {
  return changed(subject, (copy) => {
    const contract = newestOf(copy);
    if (!contract || contract.state === "issued") return;
    contract.state = "issued";
    tell(copy, "contract.issued");
  });
}

/** There is no timestamp to be had: said once, however often it is tried. */
function wait(subject: Subject): Subject {
  return changed(subject, (copy) => {
    const contract = newestOf(copy);
    if (contract?.state !== "issuing") return;
    contract.state = "waiting";
    tell(copy, "contract.timestamp_pending");
  });
}

/** R22. */
function voidByDesk(subject: Subject, at: number): Subject {
  return changed(subject, (copy) => {
    const contract = newestOf(copy);
    if (!contract) return;
    contract.voidedAt = at;
    tell(copy, "contract.voided", "void");
    endHold(copy, "void");
  });
}

/** The end of the hold has come by the clock alone (R10). */
function sweep(subject: Subject, at: number): Subject {
  const contract = newestOf(subject);
  if (!contract || !subject.isHoldOpen || contract.holdUntil === null || contract.holdUntil > at) return subject;
  return changed(subject, (copy) => {
    const standing = standingOf(copy, contract, at);
    if (standing === "lapsed") tell(copy, "contract.lapsed", standing);
    endHold(copy, standing);
  });
}

/** A source has said something new of the order: whoever subscribes is told what that does to the contract. */
function report(subject: Subject, said: Report, at: number): Subject {
  return changed(subject, (copy) => {
    copy.reports.push(said);
    const contract = newestOf(copy);
    if (!contract) return;
    const [was, is] = [standingOf(subject, contract, at), standingOf(copy, contract, at)];
    const news = NEWS[is];
    if (news !== null && news !== NEWS[was]) tell(copy, news, is);
    if (is === "pending_payment" && !copy.isHoldOpen) {
      copy.isHoldOpen = true;
      tell(copy, "order.hold_started");
    }
    // A hold that ran out unnoticed is the sweep's to announce.
    if (is !== "pending_payment" && !(was === "lapsed" && is === "lapsed")) endHold(copy, is);
    if (is === "lapsed" && cameTooLate(heldOf(contract), copy) && !copy.wasToldTooLate) {
      copy.wasToldTooLate = true;
      tell(copy, "ticket.opened");
    }
  });
}

/** A month's bill as it now is; of a final one nothing changes any more. */
function billed(subject: Subject, content: Pick<ModelBill, "total" | "isFinal">): Subject {
  return changed(subject, (copy) => {
    if (copy.bill) copy.bill = { ...copy.bill, ...content };
  });
}

const NEWS = {
  pending_payment: null,
  in_force: "contract.in_force",
  not_started: "contract.in_force",
  ended: "contract.in_force",
  lapsed: "contract.lapsed",
  void: "contract.voided",
} as const satisfies Record<PromisedStanding, string | null>;

function endHold(subject: Subject, standing: PromisedStanding): void {
  if (!subject.isHoldOpen) return;
  subject.isHoldOpen = false;
  tell(subject, "order.hold_ended", standing);
}

function tell(subject: Subject, type: string, standing: PromisedStanding | null = null): void {
  subject.events.push([subject.contracts.length, type, standing].filter((part) => part !== null).join(" "));
}
