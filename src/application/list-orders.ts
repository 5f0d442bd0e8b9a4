import type { OrderFilter } from "./listed.ts";
import type { DecidedOrder } from "./order-facts.ts";
import { decided } from "./order-facts.ts";
import type { Clock, Ledger, Page, PageRequest } from "./ports.ts";

export type OrderView = "all" | "contractable" | "unpaid";

/** How many pages are read at most to fill one page of a view that the database cannot filter. */
const PAGES_READ_AT_MOST = 20;

/**
 * A page of orders, newest first, each with its decision (R1).
 * `contractable` is what the Contracts page lists: self-service orders that may have a contract now, or have one
 * already; marketplace orders are requested from the Orders page and are left out (R18).
 */
export async function listOrders(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  view: OrderView,
  filter: OrderFilter,
  page: PageRequest,
): Promise<Page<DecidedOrder>> {
  const policy = await ledger.currentPolicy();
  const at = clock.now();
  const wanted = view === "unpaid" ? { ...filter, state: "unpaid" as const } : filter;
  const items: DecidedOrder[] = [];
  let cursor = page.cursor;
  for (let read = 0; read < PAGES_READ_AT_MOST; read++) {
    const part = await ledger.listOrders(wanted, { limit: page.limit - items.length, cursor });
    const orders = part.items.map((item) => decided(item, policy, at));
    items.push(...(view === "contractable" ? orders.filter(isOnContractsPage) : orders));
    cursor = part.next;
    if (cursor === null || items.length >= page.limit) break;
  }
  return { items, next: cursor };
}

function isOnContractsPage({ order, contract, decision }: DecidedOrder): boolean {
  return order.channel.kind === "direct" && (contract !== null || decision.kind === "issue");
}
