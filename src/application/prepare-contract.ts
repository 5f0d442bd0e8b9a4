import { billDraftOf } from "../domain/bill-snapshot.ts";
import type { Contract, ContractSubject } from "../domain/contract.ts";
import { type ContractSnapshot, draftOf } from "../domain/contract-snapshot.ts";
import { type BillIssuanceFacts, decideBillIssuance } from "../domain/decide-bill-issuance.ts";
import { decideIssuance, type IssuanceFacts, type Issue, type Refuse } from "../domain/decide-issuance.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { HeldContract } from "../domain/issuance-rungs.ts";
import type { Order } from "../domain/order.ts";
import type { Seller } from "../domain/parties.ts";
import type { Policy } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { RequestDetails } from "../domain/snapshot-parties.ts";
import { standingOf } from "../domain/standing.ts";
import type { Instant } from "../domain/time.ts";
import type { LedgerTransaction } from "./ports.ts";

/** Whose contract on what is wanted, and what the buyer chooses in it. */
export interface Wanted {
  readonly account: AccountId;
  readonly subject: ContractSubject;
  readonly details: RequestDetails;
}

/** What a contract would say if it were issued at this instant, or why there is none. */
export type Prepared =
  | { readonly kind: "not_found" }
  | { readonly kind: "refused"; readonly refuse: Refuse }
  | ReadyContract;

export interface ReadyContract {
  readonly kind: "ready";
  readonly issue: Issue;
  readonly seller: Seller;
  /** Without number and address of verification: these come with the request. */
  readonly draft: ContractSnapshot;
  /** The voided contract that it stands in for (R4). */
  readonly replaced: Contract | null;
  /** What to say when somebody else takes the last contract of the seller's quota meanwhile (R18). */
  readonly outOfQuota: Refusal;
  /** What the rules say of a request while no timestamp can be had. */
  readonly withoutTimestamp: Policy["withoutTimestamp"];
}

interface Moment {
  readonly at: Instant;
  readonly demo: boolean;
}

/** Decides on the order or bill, which stays locked until the transaction ends, and drafts what the contract says. */
export async function prepareContract(
  transaction: LedgerTransaction,
  { account, subject, details }: Wanted,
  moment: Moment,
): Promise<Prepared> {
  return subject.kind === "order"
    ? prepareForOrder(transaction, account, subject, details, moment)
    : prepareForBill(transaction, account, subject, details, moment);
}

async function prepareForOrder(
  transaction: LedgerTransaction,
  accountId: AccountId,
  subject: Extract<ContractSubject, { kind: "order" }>,
  details: RequestDetails,
  moment: Moment,
): Promise<Prepared> {
  const order = await transaction.lockOrder(accountId, subject.order);
  const read = order && (await readOrderFacts(transaction, order, moment.at));
  if (!read) return { kind: "not_found" };
  const decision = decideIssuance(read.facts);
  if (decision.kind === "refuse") return { kind: "refused", refuse: decision };
  const { seller } = read.facts;
  if (!seller) throw new Error("the ladder let an order without a seller pass");
  const products = await transaction.products(read.facts.order.lines.map(({ product }) => product));
  const facts = { ...read.facts, seller };
  const platform = facts.order.channel.kind === "marketplace" ? await transaction.platformName() : null;
  const draft = draftOf({ facts, products, issue: decision, details, platform, demo: moment.demo });
  const outOfQuota: Refusal = {
    code: "seller_cannot_seal",
    sellerName: seller.legalName,
    marketplace: facts.order.channel.kind === "marketplace",
  };
  const replaced = decision.replaces ? read.held : null;
  const { withoutTimestamp } = read.facts.policy;
  return { kind: "ready", issue: decision, seller, draft, replaced, outOfQuota, withoutTimestamp };
}

/** The facts about a locked order, and the contract that holds it. */
export async function readOrderFacts(
  transaction: LedgerTransaction,
  order: Order,
  at: Instant,
): Promise<{ readonly facts: IssuanceFacts; readonly held: Contract | null } | null> {
  const account = await transaction.account(order.account);
  if (!account) return null;
  const held = await transaction.contractOn(order.account, { kind: "order", order: order.id });
  const seller = await transaction.sellerOf(order.channel);
  const policy = await transaction.currentPolicy();
  return { facts: { order, account, seller, held: heldContract(held, order, at), policy, at }, held };
}

async function prepareForBill(
  transaction: LedgerTransaction,
  accountId: AccountId,
  subject: Extract<ContractSubject, { kind: "bill" }>,
  details: RequestDetails,
  { at, demo }: Moment,
): Promise<Prepared> {
  const bill = await transaction.lockBill(accountId, subject.cycle);
  const account = bill && (await transaction.account(accountId));
  const seller = bill && (await transaction.seller(bill.seller));
  if (!bill || !account || !seller) return { kind: "not_found" };
  const held = await transaction.contractOn(accountId, subject);
  const policy = await transaction.currentPolicy();
  const facts: BillIssuanceFacts = { bill, account, seller, held: heldContract(held, null, at), policy, at };
  const decision = decideBillIssuance(facts);
  if (decision.kind === "refuse") return { kind: "refused", refuse: decision };
  const products = await transaction.products(bill.lines.map(({ product }) => product));
  const draft = billDraftOf({ facts, products, issue: decision, details, demo });
  const { legalName: sellerName, contact } = seller;
  const outOfQuota: Refusal = { code: "seller_cannot_seal", sellerName, marketplace: false, contact };
  const replaced = decision.replaces ? held : null;
  return {
    kind: "ready",
    issue: decision,
    seller,
    draft,
    replaced,
    outOfQuota,
    withoutTimestamp: policy.withoutTimestamp,
  };
}

/** The contract as the ladder sees it: its number and what it is worth. */
export function heldContract(contract: Contract | null, order: Order | null, at: Instant): HeldContract | null {
  return contract && { number: contract.number, standing: standingOf(contract, order, at) };
}
