import type { Policy } from "../domain/policy.ts";
import type { OrderFilter } from "./listed.ts";
import type { DecidedOrder } from "./order-facts.ts";
import { decided } from "./order-facts.ts";
import type { Clock, Ledger, Page, PageRequest } from "./ports.ts";

export type OrderView = "all" | "contractable" | "unpaid";

/** How often the books are asked at most to fill one page of a view that only decisions can tell. */
const ASKED_AT_MOST = 10;

/**
 * A page of orders, newest first, each with its decision (R1). Where few of very many match, it may have fewer than asked
 * for, or none: the next one goes on looking.
 * `contractable` is what the Contracts page lists: self-service orders that may have a contract now, or have one
 * already; marketplace orders are requested from the Orders page and are left out (R18).
 */
export async function listOrders(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  view: OrderView,
  filter: Omit<OrderFilter, "contractable">,
  page: PageRequest,
): Promise<Page<DecidedOrder>> {
  const policy = await ledger.currentPolicy();
  const at = clock.now();
  const wanted = narrowed(filter, view, policy);
  const items: DecidedOrder[] = [];
  let cursor = page.cursor;
  for (let asked = 0; asked < ASKED_AT_MOST; asked++) {
    const limit = page.limit - items.length;
    const part = await ledger.listOrders(wanted, { limit, cursor });
    const orders = part.items.map((item) => decided(item, policy, at));
    items.push(...(view === "contractable" ? orders.filter(isOnContractsPage) : orders));
    cursor = part.next;
    // A part that is not full has looked through as much as one page may.
    if (cursor === null || items.length >= page.limit || part.items.length < limit) break;
  }
  return { items, next: cursor };
}

/** The filter that the books apply; what they let through for `contractable` is still decided. */
function narrowed(filter: Omit<OrderFilter, "contractable">, view: OrderView, policy: Policy): OrderFilter {
  if (view === "unpaid") return { ...filter, state: "unpaid", contractable: null };
  if (view === "all") return { ...filter, contractable: null };
  const products = Object.keys(policy.selfServiceProducts);
  return { ...filter, contractable: { products, identityRequired: policy.identityRequired } };
}

function isOnContractsPage({ order, contract, decision }: DecidedOrder): boolean {
  return order.channel.kind === "direct" && (contract !== null || decision.kind === "issue");
}
