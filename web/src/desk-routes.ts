import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { type AuditFilters, auditFiltersOf } from "./api/audit-filters.ts";
import { PROPOSAL_STATES, type ProposalState } from "./api/proposals.ts";
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

/** Every page of the desk, each with what it takes to open it. */
export const deskRoutes = desk.addChildren([home, approvals, sealKeys, apiKeys, audit]);
