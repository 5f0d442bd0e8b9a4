import { ORDER_VIEWS } from "./api/order-search.ts";
import { PATHS } from "./paths.ts";

/** Where the seller's people find what a buyer's page shows; null for pages that are theirs, too. */
export function deskPlaceOf(pathname: string, search: Readonly<Record<string, unknown>>) {
  const [page, id] = pathname.split("/").filter((part) => part !== "");
  switch (`/${page}`) {
    case PATHS.orders: {
      if (id !== undefined) return { to: PATHS.deskOrder, params: { order: id } };
      const view = ORDER_VIEWS.find((each) => each === search.view);
      const q = typeof search.q === "string" && search.q !== "" && search.q;
      return { to: PATHS.deskOrders, search: { ...(view && { view }), ...(q && { q }) } };
    }
    case PATHS.contracts:
      if (id !== undefined) return { to: PATHS.deskContract, params: { number: id } };
      return { to: PATHS.deskContracts };
    case PATHS.tickets:
      if (id !== undefined) return { to: PATHS.deskTicket, params: { ticket: id } };
      return { to: PATHS.deskTickets };
    case PATHS.unpaid:
      return { to: PATHS.deskOrders, search: { view: "unpaid" as const } };
    // Each account's bills are on its page.
    case PATHS.bills:
      return { to: PATHS.accounts };
    default:
      return null;
  }
}
