/** What the desk's orders can be asked for besides their view, in the order of the form; the names are the API's. */
const ORDER_FILTERS = ["q", "state", "product", "account"] as const;
export type OrderFilter = (typeof ORDER_FILTERS)[number];

/** Only what is asked for is there. */
export type OrderFilters = { readonly [Filter in OrderFilter]?: string };

export const ORDER_STATES = ["unpaid", "paid", "cancelled", "expired", "refunded"] as const;

/** Reads them from an address; what is no filter, or no text, is left out. */
export function orderFiltersOf(search: Readonly<Record<string, unknown>>): OrderFilters {
  return Object.fromEntries(ORDER_FILTERS.flatMap((filter) => askedFor(filter, search[filter])));
}

const LONGEST = 64;

function askedFor(filter: OrderFilter, value: unknown): [OrderFilter, string][] {
  if (typeof value !== "string" || value.trim() === "") return [];
  if (filter === "state" && !ORDER_STATES.some((state) => state === value)) return [];
  return [[filter, value.trim().slice(0, LONGEST)]];
}
