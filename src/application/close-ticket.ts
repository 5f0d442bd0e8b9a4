import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { IssuedContract } from "../domain/contract.ts";
import { contractNumber } from "../domain/contract-number.ts";
import type { IssuanceFacts, Issue, Refuse } from "../domain/decide-issuance.ts";
import { decideOfflineContract } from "../domain/decide-offline-contract.ts";
import type { AccountId, ContractId, ContractNumber, Sha256 } from "../domain/identifiers.ts";
import { offlineSnapshotOf } from "../domain/offline-snapshot.ts";
import type { Seller } from "../domain/parties.ts";
import type { Ticket, TicketId } from "../domain/ticket.ts";
import { type Instant, yearMonthOf } from "../domain/time.ts";
import { type AttachmentFault, type AttachPorts, findFault } from "./answer-ticket.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";
import { readOrderFacts } from "./prepare-contract.ts";
import { announceRequest } from "./request-announcement.ts";
import { auditTicket } from "./ticket-audit.ts";

export type CloseOutcome =
  | { readonly kind: "resolved"; readonly contract: IssuedContract | null }
  | { readonly kind: "rejected" }
  /** The order cannot have this contract, whatever the desk wants (R4). */
  | { readonly kind: "refused"; readonly refuse: Refuse }
  | { readonly kind: "faulty"; readonly fault: AttachmentFault }
  /** The file is a contract that this system has sealed, and so that of another order or bill. */
  | { readonly kind: "other_contract"; readonly number: ContractNumber }
  /** No seller in the books could be party to it. */
  | { readonly kind: "seller_unknown" }
  /** A ticket on an offline contract is resolved with its signed PDF, and only that. */
  | { readonly kind: "pdf_needed" }
  | { readonly kind: "no_pdf_wanted" }
  | { readonly kind: "closed" }
  | { readonly kind: "not_found" };

/**
 * Resolves a ticket with the signed PDF, which becomes the order's one contract, kind offline (R20): it occupies the
 * order by R4 and downloads like any other. A ticket about a late payment is resolved without a file.
 */
export async function resolveTicket(
  ports: AttachPorts,
  actor: Actor,
  account: AccountId,
  id: TicketId,
  pdf: Uint8Array | null,
): Promise<CloseOutcome> {
  const thread = await ports.ledger.ticket(id);
  if (thread?.ticket.account !== account) return { kind: "not_found" };
  if (thread.ticket.status.state !== "open") return { kind: "closed" };
  const wantsPdf = thread.ticket.topic !== "paid_after_hold";
  if (wantsPdf !== (pdf !== null)) return { kind: wantsPdf ? "pdf_needed" : "no_pdf_wanted" };
  const fault = pdf && (await findFault(ports, pdf));
  if (fault) return { kind: "faulty", fault };
  const other = pdf && (await ports.ledger.contractByDocument(sha256Of(pdf)));
  // What we sealed says of which order it is. A signed paper may be about several orders.
  if (other?.form === "sealed") return { kind: "other_contract", number: other.number };
  const document = pdf && (await ports.objects.put(pdf));
  return ports.ledger.transaction(async (transaction): Promise<CloseOutcome> => {
    const at = ports.clock.now();
    // The order first, as everybody else does who locks both.
    const order = await transaction.lockOrder(account, thread.ticket.order);
    const read = order && (await readOrderFacts(transaction, order, at));
    const ticket = await transaction.lockTicket(account, id);
    if (!ticket || !read) return { kind: "not_found" };
    if (ticket.status.state !== "open") return { kind: "closed" };
    if (!document) return finish(transaction, actor, ticket, null, at);
    const { seller } = read.facts;
    if (!seller) return { kind: "seller_unknown" };
    const facts = { ...read.facts, seller };
    const decision = decideOfflineContract(facts);
    if (decision.kind === "refuse") return { kind: "refused", refuse: decision };
    const contract = await enter(ports, transaction, facts, decision, ticket, document);
    await announceRequest(transaction, actor, contract);
    return finish(transaction, actor, ticket, contract, at);
  });
}

/** Closes a ticket without a contract; the reason is the buyer's to read. */
export async function rejectTicket(
  { ledger, clock }: AttachPorts,
  actor: Actor,
  account: AccountId,
  id: TicketId,
  reason: string,
): Promise<CloseOutcome> {
  return ledger.transaction(async (transaction): Promise<CloseOutcome> => {
    const ticket = await transaction.lockTicket(account, id);
    if (!ticket) return { kind: "not_found" };
    if (ticket.status.state !== "open") return { kind: "closed" };
    const at = clock.now();
    await transaction.closeTicket(ticket, { state: "rejected", reason }, at, actor);
    await announce(transaction, actor, ticket, "ticket.rejected", at, { order: ticket.order, reason });
    return { kind: "rejected" };
  });
}

async function enter(
  { identifiers }: AttachPorts,
  transaction: LedgerTransaction,
  facts: IssuanceFacts & { readonly seller: Seller },
  issue: Issue,
  ticket: Ticket,
  document: Sha256,
): Promise<IssuedContract> {
  const { seller, at, order } = facts;
  const yearMonth = yearMonthOf(at, seller.timeZone);
  const running = await transaction.nextRunningNumber(seller.id, yearMonth);
  const number = contractNumber(seller.numberPrefix, yearMonth, running);
  const snapshotJson = canonicalJson(offlineSnapshotOf({ facts, issue, number, ticket: ticket.id, document }));
  const contract: IssuedContract = {
    id: identifiers.newId() as ContractId,
    account: order.account,
    subject: { kind: "order", order: order.id },
    seller: seller.id,
    number,
    requestedAt: at,
    policyVersion: issue.policyVersion,
    holdUntil: issue.holdUntil,
    snapshot: sha256Of(snapshotJson),
    replaces: issue.replaces,
    state: "issued",
    form: "offline",
    issuedAt: at,
    document,
    voided: null,
  };
  await transaction.insertOfflineContract(contract, snapshotJson, identifiers.newCode());
  return contract;
}

async function finish(
  transaction: LedgerTransaction,
  actor: Actor,
  ticket: Ticket,
  contract: IssuedContract | null,
  at: Instant,
): Promise<CloseOutcome> {
  await transaction.closeTicket(ticket, { state: "resolved", contract: contract?.id ?? null }, at, actor);
  const detail = { order: ticket.order, contract: contract?.number ?? null, document: contract?.document ?? null };
  if (contract) await announceIssued(transaction, actor, contract, detail);
  await announce(transaction, actor, ticket, "ticket.resolved", at, detail);
  return { kind: "resolved", contract };
}

type Detail = Readonly<Record<string, string | null>>;

async function announceIssued(
  transaction: LedgerTransaction,
  actor: Actor,
  { account, number, policyVersion, issuedAt: at }: IssuedContract,
  detail: Detail,
): Promise<void> {
  const data = { ...detail, form: "offline" };
  const action = "contract.issued";
  await transaction.audit({
    at,
    actor,
    action,
    account,
    objectKind: "contract",
    objectId: number,
    policyVersion,
    detail: data,
  });
  await transaction.publish({ type: action, at, account, subject: number, data });
}

async function announce(
  transaction: LedgerTransaction,
  actor: Actor,
  ticket: Ticket,
  action: "ticket.resolved" | "ticket.rejected",
  at: Instant,
  detail: Detail,
): Promise<void> {
  await auditTicket(transaction, actor, action, ticket, at, detail);
  await transaction.publish({ type: action, at, account: ticket.account, subject: ticket.id, data: detail });
}

function sha256Of(content: string | Uint8Array): Sha256 {
  return createHash("sha256").update(content).digest("hex") as Sha256;
}
