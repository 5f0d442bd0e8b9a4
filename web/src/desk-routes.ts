import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { type AuditFilters, auditFiltersOf } from "./api/audit-filters.ts";
import { compareSearchOf } from "./api/compare-search.ts";
import { PROPOSAL_STATES, type ProposalState } from "./api/proposals.ts";
import { DELIVERY_STATES, type DeliveryState } from "./api/webhooks.ts";
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
  component: lazyRouteComponent(() => import("./desk/desk-page.tsx"), "DeskPage"),
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
  home,
  approvals,
  templates,
  compare,
  wording,
  wordingDraft,
  webhooks,
  webhook,
  webhookDelivery,
  apiKeys,
  audit,
]);
