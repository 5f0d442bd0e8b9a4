export const ORDER_VIEWS = ["all", "contractable", "unpaid"] as const;
type OrderView = (typeof ORDER_VIEWS)[number];

/** What the orders page is filtered by; lives in the address. */
export interface OrderSearch {
  readonly view: OrderView;
  /** Part of an order number or domain name; empty for all. */
  readonly q: string;
}
