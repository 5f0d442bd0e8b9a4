import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from "@tanstack/react-router";
import { auditFiltersOf } from "./api/audit-filters.ts";
import { ORDER_VIEWS, type OrderSearch } from "./api/order-search.ts";
import { PROPOSAL_STATES, type ProposalState } from "./api/proposals.ts";
import { queryClient } from "./api/query-client.ts";
import { type Permission, type Session, sessionQuery } from "./api/session.ts";
import { homeOf, PATHS } from "./paths.ts";
import { BrokenPage } from "./shell/broken-page.tsx";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { type SignInProblemCode, signInProblemOf } from "./shell/sign-in-problem.tsx";
import { UnreachablePage } from "./shell/unreachable-page.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: BrokenPage });

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
    await signedInSession(location.href);
  },
  errorComponent: UnreachablePage,
  component: lazyRouteComponent(() => import("./buyer/buyer-frame.tsx"), "BuyerFrame"),
});

const orders = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.orders,
  validateSearch: ({ view, q }): Partial<OrderSearch> => {
    const known = ORDER_VIEWS.find((each) => each === view);
    return { ...(known && known !== "all" && { view: known }), ...(isText(q) && { q }) };
  },
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
  component: lazyRouteComponent(() => import("./buyer/unpaid-page.tsx"), "UnpaidPage"),
});

const bills = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.bills,
  component: lazyRouteComponent(() => import("./buyer/bills-page.tsx"), "BillsPage"),
});

const contracts = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.contracts,
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
  component: lazyRouteComponent(() => import("./buyer/tickets-page.tsx"), "TicketsPage"),
});

const ticket = createRoute({
  getParentRoute: () => buyer,
  path: PATHS.ticket,
  component: lazyRouteComponent(() => import("./buyer/ticket-page.tsx"), "TicketPage"),
});

/** The seller's own people. Their code and their words are loaded for nobody else. */
const desk = createRoute({
  getParentRoute: () => root,
  path: PATHS.desk,
  beforeLoad: async ({ location }) => {
    const { staff } = await signedInSession(location.href);
    if (!staff) throw redirect({ to: PATHS.orders });
  },
  errorComponent: UnreachablePage,
  component: lazyRouteComponent(() => import("./desk/desk-frame.tsx"), "DeskFrame"),
});

const deskHome = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: lazyRouteComponent(() => import("./desk/desk-page.tsx"), "DeskPage"),
});

const audit = createRoute({
  getParentRoute: () => desk,
  path: "audit",
  beforeLoad: () => demand("audit:read"),
  validateSearch: auditFiltersOf,
  component: lazyRouteComponent(() => import("./desk/audit-page.tsx"), "AuditPage"),
});

const apiKeys = createRoute({
  getParentRoute: () => desk,
  path: "api-keys",
  beforeLoad: () => demand("api-keys:read"),
  component: lazyRouteComponent(() => import("./desk/api-keys-page.tsx"), "ApiKeysPage"),
});

const approvals = createRoute({
  getParentRoute: () => desk,
  path: "approvals",
  beforeLoad: () => demand("proposals:read"),
  validateSearch: ({ state }): { state?: ProposalState } => {
    const known = PROPOSAL_STATES.find((each) => each === state);
    return known && known !== "open" ? { state: known } : {};
  },
  component: lazyRouteComponent(() => import("./desk/approvals-page.tsx"), "ApprovalsPage"),
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
    buyer.addChildren([orders.addChildren([order]), unpaid, bills, contracts, contract, tickets, ticket]),
    desk.addChildren([deskHome, audit, apiKeys, approvals]),
    verify,
    verifyNumber,
  ]),
  // Everything stays text: a long order number would lose digits as a JSON number, a code its leading zeros.
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

/** Whoever is not signed in goes to the sign-in, and from there on to where they wanted. */
async function signedInSession(wanted: string): Promise<Session> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session.signedIn) return session;
  // The orders are where a buyer gets anyway, and where nobody of the seller begins.
  throw redirect({ to: PATHS.signIn, search: wanted === PATHS.orders ? {} : { next: wanted } });
}

/** Pages that the reader's roles do not open are offered nowhere; who has kept a link is shown what there is. */
async function demand(permission: Permission): Promise<void> {
  const { permissions } = await queryClient.ensureQueryData(sessionQuery);
  if (!permissions.includes(permission)) throw redirect({ to: PATHS.desk });
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Only a path of this site: "//elsewhere" would lead away. */
function isOwnPath(value: unknown): value is string {
  return typeof value === "string" && /^\/(?![/\\])/.test(value);
}
