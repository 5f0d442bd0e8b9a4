import { createRoute, createRouter, lazyRouteComponent, redirect, stringifySearchWith } from "@tanstack/react-router";
import { ORDER_VIEWS, type OrderSearch } from "./api/order-search.ts";
import { ordersQuery } from "./api/orders.ts";
import { queryClient } from "./api/query-client.ts";
import { sessionQuery } from "./api/session.ts";
import { deskPlaceOf } from "./desk-place.ts";
import { deskRoutes } from "./desk-routes.ts";
import { homeOf, PATHS } from "./paths.ts";
import { root } from "./root-route.ts";
import { type PageSearch, pageSearchOf } from "./shell/page-search.ts";
import { type SignInProblemCode, signInProblemOf } from "./shell/sign-in-problem.tsx";
import { UnreachablePage } from "./shell/unreachable-page.tsx";
import { signedInSession } from "./signed-in-session.ts";

const home = createRoute({
  getParentRoute: () => root,
  path: PATHS.home,
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    throw redirect({ to: session.signedIn ? homeOf(session) : PATHS.signIn });
  },
  errorComponent: UnreachablePage,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: PATHS.signIn,
  validateSearch: ({ next, problem }): { next?: string; problem?: SignInProblemCode } => {
    const code = signInProblemOf(problem);
    return { ...(isOwnPath(next) && { next }), ...(code && { problem: code }) };
  },
  component: lazyRouteComponent(() => import("./buyer/sign-in-page.tsx"), "SignInPage"),
});

/** Everything behind the sign-in; who is not signed in goes there first. The verification pages load none of it. */
const buyer = createRoute({
  getParentRoute: () => root,
  id: "buyer",
  beforeLoad: async ({ location }) => {
    const { staff } = await signedInSession(location.href);
    const place = staff && deskPlaceOf(location.pathname, location.search);
    if (place) throw redirect(place);
  },
  errorComponent: UnreachablePage,
  component: lazyRouteComponent(() => import("./buyer/buyer-frame.tsx"), "BuyerFrame"),
});

const orders = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.orders,
  validateSearch: ({ view, q, ...others }): Partial<OrderSearch> & PageSearch => {
    const known = ORDER_VIEWS.find((each) => each === view);
    return { ...(known && known !== "all" && { view: known }), ...(isText(q) && { q }), ...pageSearchOf(others) };
  },
  loaderDeps: ({ search: { view = "all", q = "", after = "" } }) => ({ search: { view, q }, after }),
  // While the code of the page is on its way; what goes wrong is told by the page, which asks again.
  loader: ({ deps: { search, after } }) => void queryClient.prefetchQuery(ordersQuery(search, after)),
  component: lazyRouteComponent(() => import("./buyer/orders-page.tsx"), "OrdersPage"),
});

const order = createRoute({
  getParentRoute: () => orders,
  path: PATHS.orderBelowOrders,
  component: lazyRouteComponent(() => import("./buyer/order-drawer.tsx"), "OrderDrawer"),
});

const unpaid = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.unpaid,
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./buyer/unpaid-page.tsx"), "UnpaidPage"),
});

const bills = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.bills,
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./buyer/bills-page.tsx"), "BillsPage"),
});

const contracts = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.contracts,
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./buyer/contracts-page.tsx"), "ContractsPage"),
});

const contract = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.contract,
  component: lazyRouteComponent(() => import("./buyer/contract-page.tsx"), "ContractPage"),
});

const tickets = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.tickets,
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./buyer/tickets-page.tsx"), "TicketsPage"),
});

const ticket = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.ticket,
  component: lazyRouteComponent(() => import("./buyer/ticket-page.tsx"), "TicketPage"),
});

/** For anybody, also without signing in. */
const help = createRoute({
  getParentRoute: () => root,
  id: "about",
  component: lazyRouteComponent(() => import("./help/help-frame.tsx"), "HelpFrame"),
});

const helpHome = createRoute({
  getParentRoute: () => help,
  path: PATHS.help,
  component: lazyRouteComponent(() => import("./help/help-page.tsx"), "HelpPage"),
});

const helpTopic = createRoute({
  getParentRoute: () => help,
  path: PATHS.helpTopic,
  component: lazyRouteComponent(() => import("./help/help-topic-page.tsx"), "HelpTopicPage"),
});

const problem = createRoute({
  getParentRoute: () => help,
  path: PATHS.problem,
  component: lazyRouteComponent(() => import("./help/problem-page.tsx"), "ProblemPage"),
});

/** Of the account that has signed in; the seller's people have none. */
const company = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.company,
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session.account) throw redirect({ to: homeOf(session) });
  },
  component: lazyRouteComponent(() => import("./buyer/company-page.tsx"), "CompanyPage"),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: PATHS.verify,
  component: lazyRouteComponent(() => import("./verify/verify-page.tsx"), "VerifyPage"),
});

const verifyNumber = createRoute({
  getParentRoute: () => root,
  path: PATHS.verifyNumber,
  validateSearch: ({ code }): { code?: string } => (isText(code) ? { code } : {}),
  component: lazyRouteComponent(() => import("./verify/verify-number-page.tsx"), "VerifyNumberPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signIn,
    buyer.addChildren([orders.addChildren([order]), unpaid, bills, contracts, contract, tickets, ticket, company]),
    deskRoutes,
    help.addChildren([helpHome, helpTopic, problem]),
    verify,
    verifyNumber,
  ]),
  // Everything stays text: the router's own way makes a number of an order number, which then is no text to look for.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Only a path of this site: "//elsewhere" would lead away. */
function isOwnPath(value: unknown): value is string {
  return typeof value === "string" && /^\/(?![/\\])/.test(value);
}
