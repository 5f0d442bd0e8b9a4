import { parseBillDocument } from "./application/bill-document.ts";
import { type OrderDocument, parseOrderDocument } from "./application/order-document.ts";
import { heldContract } from "./application/prepare-contract.ts";
import { directOrder, orderLine, paid } from "./demo-builders.ts";
import { type DemoBill, demoBills, demoOrders } from "./demo-orders.ts";
import { DEMO_ACCOUNTS, DEMO_MARKETPLACE_SELLER, DEMO_PARTNER, DEMO_SELLER } from "./demo-parties.ts";
import { billDraftOf } from "./domain/bill-snapshot.ts";
import { type BusinessChecklist, checklistOf } from "./domain/business-checklist.ts";
import { type ContractSnapshot, draftOf } from "./domain/contract-snapshot.ts";
import { decideBillIssuance } from "./domain/decide-bill-issuance.ts";
import { decideIssuance, type IssuanceFacts } from "./domain/decide-issuance.ts";
import type { AccountId, ProductCode } from "./domain/identifiers.ts";
import type { ContractLanguage } from "./domain/localized.ts";
import type { SalesChannel } from "./domain/order.ts";
import type { Account, Seller } from "./domain/parties.ts";
import { DEFAULT_POLICY, DEFAULT_PRODUCTS, type Product } from "./domain/policy.ts";
import { emptyDetails, type RequestDetails } from "./domain/snapshot-parties.ts";
import { type Instant, instantOf } from "./domain/time.ts";

/** What a sample order comes to by the rules: a contract with its preview, or a checklist. */
export type SampleDraft =
  | { readonly kind: "contract"; readonly name: string; readonly snapshot: ContractSnapshot }
  | { readonly kind: "checklist"; readonly name: string; readonly checklist: BusinessChecklist };

/** Fixed, so that a template's samples differ from the last ones by the template alone. */
const NOW: Instant = instantOf(Date.parse("2026-11-23T02:02:16Z"));
const LONG_ORDER_LINES = 120;
const PRODUCTS: ReadonlyMap<ProductCode, Product> = new Map(DEFAULT_PRODUCTS.map((product) => [product.code, product]));

/**
 * The demonstration's orders and bills, and one long order, as they would be contracted now: decided and frozen by the
 * same functions as real ones, without a database. Orders that come to no document are left out.
 */
export function sampleDrafts(language: ContractLanguage): readonly SampleDraft[] {
  const details = {
    ...emptyDetails(language),
    contact: "采购部 林一",
    phone: "021-5550 0188",
    email: "lin.yi@buyer.example",
    postalAddress: "上海市浦东新区张江路 88 号 3 幢 采购部",
    purchaseOrder: "PO-2026-0815",
  };
  return [
    ...[...demoOrders(NOW), longOrder()].flatMap((document) => orderDraft(document, details)),
    ...demoBills(NOW, DEMO_SELLER.timeZone).flatMap((bill) => billDraft(bill, details)),
  ];
}

function orderDraft(document: OrderDocument, details: RequestDetails): readonly SampleDraft[] {
  const order = parseOrderDocument(document, { seller: DEMO_SELLER.id });
  if (!order.ok) throw new Error(`a sample order is not valid: ${order.fault.message.en}`);
  const seller = sellerOf(order.value.channel);
  const facts: IssuanceFacts = {
    order: order.value,
    account: accountOf(order.value.account),
    seller,
    held: heldContract(null, order.value, NOW),
    policy: DEFAULT_POLICY,
    at: NOW,
  };
  const decision = decideIssuance(facts);
  const name = order.value.id;
  if (decision.kind === "issue" && seller) {
    const input = {
      facts: { ...facts, seller },
      products: PRODUCTS,
      issue: decision,
      details,
      platform: DEMO_SELLER.legalName,
      demo: true,
    };
    return [{ kind: "contract", name, snapshot: draftOf(input) }];
  }
  const unpaid = order.value.status.state === "unpaid" && order.value.life.cancelledAt === null;
  return unpaid
    ? [{ kind: "checklist", name, checklist: checklistOf({ facts, products: PRODUCTS, details, demo: true }) }]
    : [];
}

function billDraft({ account, cycle, document }: DemoBill, details: RequestDetails): readonly SampleDraft[] {
  const bill = parseBillDocument(document, { account, cycle, seller: DEMO_SELLER.id });
  if (!bill.ok) throw new Error(`a sample bill is not valid: ${bill.fault.message.en}`);
  const seller: Seller = { ...DEMO_SELLER, canSeal: true, quotaLeft: null, wording: null };
  const facts = { bill: bill.value, account: accountOf(account), seller, held: null, policy: DEFAULT_POLICY, at: NOW };
  const issue = decideBillIssuance(facts);
  if (issue.kind === "refuse") return [];
  const snapshot = billDraftOf({ facts, products: PRODUCTS, issue, details, demo: true });
  return [{ kind: "contract", name: `${account}-${cycle}`, snapshot }];
}

function longOrder(): OrderDocument {
  const placedAt = "2026-11-20T02:15:30Z";
  const term = { startsAt: placedAt, endsAt: "2027-11-20T16:00:00Z" };
  const lines = Array.from({ length: LONG_ORDER_LINES }, (_, index) =>
    orderLine(
      String(index + 1),
      index % 3 === 0 ? "rds" : "ecs",
      `InstanceType:ecs.g8i.${index + 2}xlarge;Region:cn-hangzhou;SystemDisk:cloud_essd`,
      String((index % 12) + 1),
      `${1200 + 37 * index}.50`,
      index % 2 === 0 ? "88.00" : "0.00",
      term,
    ),
  );
  const head = { account: "demo-enterprise", order: "D100000000120", placedAt, status: paid(placedAt) };
  return directOrder(head, lines);
}

function accountOf(id: AccountId): Account {
  const account = DEMO_ACCOUNTS.find((one) => one.id === id);
  if (!account) throw new Error(`no demonstration account ${id}`);
  return { ...account, servedBy: account.servedBy === null ? null : DEMO_PARTNER };
}

function sellerOf(channel: SalesChannel): Seller | null {
  const sealing = { canSeal: true, quotaLeft: null, wording: null };
  if (channel.kind === "direct") return { ...DEMO_SELLER, ...sealing };
  return channel.sellerName === DEMO_MARKETPLACE_SELLER.legalName["zh-CN"]
    ? { ...DEMO_MARKETPLACE_SELLER, ...sealing }
    : null;
}
