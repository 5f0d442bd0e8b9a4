/** Every address of the console, in the router's notation; nothing else spells one out. */
export const PATHS = {
  home: "/",
  signIn: "/sign-in",
  orders: "/orders",
  order: "/orders/$order",
  /** `order` as a child of `orders`: the list stays behind the drawer. */
  orderBelowOrders: "$order",
  contracts: "/contracts",
  verify: "/verify",
  verifyNumber: "/verify/$number",
} as const;

/** The sealed file itself: the browser opens or saves it, no script in between. */
export function contractPdfUrl(number: string): string {
  return `/v1/contracts/${encodeURIComponent(number)}/document.pdf`;
}
