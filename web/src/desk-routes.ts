import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { type AuditFilters, auditFiltersOf } from "./api/audit-filters.ts";
import { compareSearchOf } from "./api/compare-search.ts";
import { type ContractFilters, contractFiltersOf } from "./api/contract-filters.ts";
import { type DeskTicketSearch, deskTicketSearchOf } from "./api/desk-ticket-search.ts";
import { type OrderFilters, orderFiltersOf } from "./api/order-filters.ts";
import { ORDER_VIEWS, type OrderSearch } from "./api/order-search.ts";
import { PROPOSAL_STATES, type ProposalState } from "./api/proposals.ts";
import { DELIVERY_STATES, type DeliveryState } from "./api/webhooks.ts";
import { catalogueSearchOf } from "./desk/catalogue/catalogue-search.ts";
import { PATHS } from "./paths.ts";
import { root } from "./root-route.ts";
import { type PageSearch, pageSearchOf } from "./shell/page-search.ts";
import { UnreachablePage } from "./shell/unreachable-page.tsx";
import { demand, signedInSession } from "./signed-in-session.ts";

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

const home = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: lazyRouteComponent(() => import("./desk/today/today-page.tsx"), "TodayPage"),
});

const orders = createRoute({
  getParentRoute: () => desk,
  path: "orders",
  beforeLoad: () => demand("orders:read"),
  validateSearch: (search): { view?: OrderSearch["view"] } & OrderFilters & PageSearch => {
    const view = ORDER_VIEWS.find((each) => each === search.view);
    return { ...(view && view !== "all" && { view }), ...orderFiltersOf(search), ...pageSearchOf(search) };
  },
  component: lazyRouteComponent(() => import("./desk/orders/orders-page.tsx"), "DeskOrdersPage"),
});

const order = createRoute({
  getParentRoute: () => desk,
  path: "orders/$order",
  beforeLoad: () => demand("orders:read"),
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./desk/orders/order-page.tsx"), "DeskOrderPage"),
});

const accounts = createRoute({
  getParentRoute: () => desk,
  path: "accounts",
  beforeLoad: () => demand("accounts:read"),
  validateSearch: ({ q, ...others }): { q?: string } & PageSearch => {
    return { ...(typeof q === "string" && q.trim() !== "" && { q: q.trim() }), ...pageSearchOf(others) };
  },
  component: lazyRouteComponent(() => import("./desk/accounts/accounts-page.tsx"), "AccountsPage"),
});

const account = createRoute({
  getParentRoute: () => desk,
  path: "accounts/$account",
  beforeLoad: () => demand("accounts:read"),
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./desk/accounts/account-page.tsx"), "AccountPage"),
});

const contracts = createRoute({
  getParentRoute: () => desk,
  path: "contracts",
  beforeLoad: () => demand("contracts:read"),
  validateSearch: (search): ContractFilters & PageSearch => ({ ...contractFiltersOf(search), ...pageSearchOf(search) }),
  component: lazyRouteComponent(() => import("./desk/contracts/contracts-page.tsx"), "DeskContractsPage"),
});

const contract = createRoute({
  getParentRoute: () => desk,
  path: "contracts/$number",
  beforeLoad: () => demand("contracts:read"),
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./desk/contracts/contract-page.tsx"), "DeskContractPage"),
});

const approvals = createRoute({
  getParentRoute: () => desk,
  path: "approvals",
  beforeLoad: () => demand("proposals:read"),
  validateSearch: ({ state, ...others }): { state?: ProposalState } & PageSearch => {
    const known = PROPOSAL_STATES.find((each) => each === state);
    return { ...(known && known !== "open" && { state: known }), ...pageSearchOf(others) };
  },
  component: lazyRouteComponent(() => import("./desk/approvals-page.tsx"), "ApprovalsPage"),
});

const tickets = createRoute({
  getParentRoute: () => desk,
  path: "tickets",
  beforeLoad: () => demand("tickets:read"),
  validateSearch: (search): DeskTicketSearch & PageSearch => ({
    ...deskTicketSearchOf(search),
    ...pageSearchOf(search),
  }),
  component: lazyRouteComponent(() => import("./desk/tickets/desk-tickets-page.tsx"), "DeskTicketsPage"),
});

const ticket = createRoute({
  getParentRoute: () => desk,
  path: "tickets/$ticket",
  beforeLoad: () => demand("tickets:read"),
  component: lazyRouteComponent(() => import("./desk/tickets/desk-ticket-page.tsx"), "DeskTicketPage"),
});

const policy = createRoute({
  getParentRoute: () => desk,
  path: "policy",
  beforeLoad: () => demand("policy:read"),
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./desk/policy/policy-page.tsx"), "PolicyPage"),
});

const policyEdit = createRoute({
  getParentRoute: () => desk,
  path: "policy/edit",
  beforeLoad: () => demand("policy:draft"),
  validateSearch: ({ product }): { product?: string } =>
    typeof product === "string" && product !== "" ? { product } : {},
  component: lazyRouteComponent(() => import("./desk/policy/policy-edit-page.tsx"), "PolicyEditPage"),
});

const policyVersion = createRoute({
  getParentRoute: () => desk,
  path: "policy/versions/$version",
  beforeLoad: () => demand("policy:review"),
  component: lazyRouteComponent(() => import("./desk/policy/policy-version-page.tsx"), "PolicyVersionPage"),
});

const products = createRoute({
  getParentRoute: () => desk,
  path: "products",
  beforeLoad: () => demand("catalogue:read"),
  validateSearch: catalogueSearchOf,
  component: lazyRouteComponent(() => import("./desk/catalogue/products-page.tsx"), "ProductsPage"),
});

const sellers = createRoute({
  getParentRoute: () => desk,
  path: "sellers",
  beforeLoad: () => demand("catalogue:read"),
  validateSearch: catalogueSearchOf,
  component: lazyRouteComponent(() => import("./desk/catalogue/sellers-page.tsx"), "SellersPage"),
});

const partners = createRoute({
  getParentRoute: () => desk,
  path: "partners",
  beforeLoad: () => demand("catalogue:read"),
  validateSearch: catalogueSearchOf,
  component: lazyRouteComponent(() => import("./desk/catalogue/partners-page.tsx"), "PartnersPage"),
});

const sealKeys = createRoute({
  getParentRoute: () => desk,
  path: "seal-keys",
  beforeLoad: () => demand("seal-keys:read"),
  component: lazyRouteComponent(() => import("./desk/seal-keys/seal-keys-page.tsx"), "SealKeysPage"),
});

const apiKeys = createRoute({
  getParentRoute: () => desk,
  path: "api-keys",
  beforeLoad: () => demand("api-keys:read"),
  component: lazyRouteComponent(() => import("./desk/api-keys-page.tsx"), "ApiKeysPage"),
});

const audit = createRoute({
  getParentRoute: () => desk,
  path: "audit",
  beforeLoad: () => demand("audit:read"),
  validateSearch: (search): AuditFilters & PageSearch => ({ ...auditFiltersOf(search), ...pageSearchOf(search) }),
  component: lazyRouteComponent(() => import("./desk/audit-page.tsx"), "AuditPage"),
});

const templates = createRoute({
  getParentRoute: () => desk,
  path: "templates",
  beforeLoad: () => demand("policy:review"),
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./desk/templates/templates-page.tsx"), "TemplatesPage"),
});

const compare = createRoute({
  getParentRoute: () => desk,
  path: "templates/compare",
  beforeLoad: () => demand("policy:review"),
  validateSearch: compareSearchOf,
  component: lazyRouteComponent(() => import("./desk/templates/compare-page.tsx"), "ComparePage"),
});

const wording = createRoute({
  getParentRoute: () => desk,
  path: "templates/wording/$seller",
  beforeLoad: () => demand("policy:review"),
  validateSearch: pageSearchOf,
  component: lazyRouteComponent(() => import("./desk/templates/wording-page.tsx"), "WordingPage"),
});

const wordingDraft = createRoute({
  getParentRoute: () => desk,
  path: "templates/wording/$seller/draft",
  beforeLoad: () => demand("policy:draft"),
  component: lazyRouteComponent(() => import("./desk/templates/wording-form-page.tsx"), "WordingFormPage"),
});

const webhooks = createRoute({
  getParentRoute: () => desk,
  path: "webhooks",
  beforeLoad: () => demand("webhooks:read"),
  component: lazyRouteComponent(() => import("./desk/webhooks/webhooks-page.tsx"), "WebhooksPage"),
});

const webhook = createRoute({
  getParentRoute: () => desk,
  path: "webhooks/$endpoint",
  beforeLoad: () => demand("webhooks:read"),
  validateSearch: ({ state, ...others }): { state?: DeliveryState } & PageSearch => {
    const known = DELIVERY_STATES.find((each) => each === state);
    return { ...(known && { state: known }), ...pageSearchOf(others) };
  },
  component: lazyRouteComponent(() => import("./desk/webhooks/endpoint-page.tsx"), "EndpointPage"),
});

const webhookDelivery = createRoute({
  getParentRoute: () => desk,
  path: "webhooks/$endpoint/deliveries/$sequence",
  beforeLoad: () => demand("webhooks:read"),
  component: lazyRouteComponent(() => import("./desk/webhooks/delivery-page.tsx"), "DeliveryPage"),
});

/** Every page of the desk, each with what it takes to open it. */
export const deskRoutes = desk.addChildren([
  ...[home, orders, order, accounts, account, contracts, contract, tickets, ticket, approvals],
  ...[policy, policyEdit, policyVersion, products, sellers, partners],
  ...[templates, compare, wording, wordingDraft, webhooks, webhook, webhookDelivery, sealKeys, apiKeys, audit],
]);
