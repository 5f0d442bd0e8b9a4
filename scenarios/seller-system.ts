import { expect } from "vitest";
import type { BillDocument } from "../src/application/bill-document.ts";
import type { OrderDocument } from "../src/application/order-document.ts";
import {
  directOrder,
  domainOrder,
  enterprise,
  marketplaceOrder,
  type OrderHead,
  type OrderStatus,
  orderLine,
  paid,
  payAsYouGoOrder,
  UNPAID,
} from "../src/demo-builders.ts";
import { isoOf } from "../src/domain/time.ts";
import type { Caller } from "../tests/http/caller.ts";
import { iso, type StoryClock } from "./story-clock.ts";

type Placed = "paid" | "unpaid";
type Term = { readonly startsAt: string; readonly endsAt?: string };

interface Purchase {
  readonly status?: Placed;
  readonly account?: string;
  readonly total?: string;
  readonly term?: Term;
  /** Anything else that the source says of the order. */
  readonly changes?: Partial<OrderDocument>;
}

/** When it happened, where that is not when it is reported. */
type Happened = { readonly at?: string };

/** The seller's order and billing systems, which tell Orderseal what happens; each answers the number of the order. */
export interface SellerSystem extends Caller {
  /** A verified enterprise, unless told otherwise. */
  opensAccount(account: string, body?: object): Promise<void>;
  sells(product: string, purchase?: Purchase): Promise<string>;
  sellsByUse(product: string, term?: Term): Promise<string>;
  sellsDomain(service: string, status: Placed): Promise<string>;
  sellsForOther(sellerName: string, purchase?: Purchase): Promise<string>;
  isPaid(order: string, happened?: Happened): Promise<void>;
  cancels(order: string, happened?: Happened): Promise<void>;
  refunds(order: string, happened?: Happened): Promise<void>;
  /** The next revision, with these changes. */
  changes(order: string, changes: Partial<OrderDocument>): Promise<void>;
  /** A report as it stands, whatever was reported before; answers what became of it. */
  reports(order: string, document: OrderDocument): Promise<string>;
  /** The newest revision that was reported. */
  newestOf(order: string): OrderDocument;
  bills(cycle: string, bill: BillDocument): Promise<void>;
}

export const COMPANY = enterprise("苏州示例精密制造有限公司", "Suzhou Example Precision Manufacturing Co., Ltd.");

export function openSellerSystem(own: Caller, clock: StoryClock, account: string): SellerSystem {
  const newest = new Map<string, OrderDocument>();
  const now = (): string => isoOf(clock.now());
  const momentOf = ({ at }: Happened = {}): string => (at === undefined ? now() : iso(at));
  let count = 0;

  const reports = async (order: string, document: OrderDocument): Promise<string> => {
    const response = await own.put(`/v1/orders/${order}`, document);
    if (response.status !== 200)
      throw new Error(`the report was answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { outcome: string }).outcome;
  };
  const place = async (build: (head: OrderHead) => OrderDocument, purchase: Purchase = {}): Promise<string> => {
    count += 1;
    const status = purchase.status === "unpaid" ? UNPAID : paid(now());
    const order = `${account}-order-${count}`;
    const head = { account: purchase.account ?? account, order, placedAt: now(), status };
    const document = { ...build(head), ...purchase.changes };
    newest.set(order, document);
    expect(await reports(order, document)).toBe("created");
    return order;
  };
  const newestOf = (order: string): OrderDocument => {
    const document = newest.get(order);
    if (!document) throw new Error(`order ${order} was never placed`);
    return document;
  };
  const changes = async (order: string, changed: Partial<OrderDocument>): Promise<void> => {
    const before = newestOf(order);
    const document = { ...before, revision: before.revision + 1, occurredAt: now(), ...changed };
    newest.set(order, document);
    expect(await reports(order, document)).toBe("updated");
  };
  const becomes = (order: string, status: OrderStatus, occurredAt: string) => changes(order, { status, occurredAt });

  return {
    ...own,
    reports,
    newestOf,
    changes,
    opensAccount: async (id, body = { identity: COMPANY }) => {
      expect((await own.put(`/v1/accounts/${id}`, body)).status).toBe(204);
    },
    sells: (product, purchase = {}) => {
      const line = orderLine("1", product, `${product} · standard`, "1", purchase.total ?? "106.00", "0.00", null);
      return place((head) => directOrder(head, [{ ...line, ...(purchase.term ?? yearFrom(now())) }]), purchase);
    },
    sellsByUse: (product, term = { startsAt: now() }) =>
      place((head) => payAsYouGoOrder(head, product, `${product} · by use`, term)),
    sellsDomain: (service, status) =>
      place((head) => domainOrder(head, service, `${head.order}.cn`, yearFrom(now())), { status }),
    sellsForOther: (sellerName, purchase = {}) =>
      place((head) => marketplaceOrder(head, sellerName, purchase.total ?? "3000.00", yearFrom(now())), purchase),
    isPaid: (order, happened) => becomes(order, paid(momentOf(happened)), momentOf(happened)),
    cancels: (order, happened) =>
      becomes(order, { state: "cancelled", cancelledAt: momentOf(happened) }, momentOf(happened)),
    refunds: (order, happened) =>
      becomes(order, { state: "refunded", refundedAt: momentOf(happened) }, momentOf(happened)),
    bills: async (cycle, bill) => {
      const response = await own.put(`/v1/bills/${account}/${cycle}`, bill);
      if (response.status !== 200)
        throw new Error(`the bill was answered ${response.status}: ${await response.text()}`);
    },
  };
}

function yearFrom(startsAt: string): Term {
  return { startsAt, endsAt: new Date(Date.parse(startsAt) + 365 * 86_400_000).toISOString() };
}
