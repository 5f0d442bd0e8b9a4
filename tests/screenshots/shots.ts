import type { Page } from "playwright-core";
import type { Staged } from "./stage.ts";

/** Who looks: nobody who is signed in, a buyer's account, or one of the seller's people. */
type Viewer = { readonly account: string } | { readonly desk: string } | null;

/** A page, or a state of one, to be looked at. */
export interface Shot {
  readonly name: string;
  readonly as: Viewer;
  readonly path: (stage: Staged) => string;
  /** Opens what is to be seen, by what stands on the page in both languages. */
  readonly open?: (page: Page) => Promise<void>;
}

const BUYER = { account: "demo-enterprise" };
const DOMAINS = { account: "demo-domains" };
const UNVERIFIED = { account: "demo-unverified" };
const DESK = { desk: "contract-desk-1" };
const ADMINISTRATOR = { desk: "administrator" };

const at = (path: string) => (): string => path;
/** Every page of the console, and what opens on them. */
export const SHOTS: readonly Shot[] = [
  { name: "sign-in", as: null, path: at("/sign-in") },
  { name: "sign-in-link-used", as: null, path: at("/sign-in?problem=link_used") },
  { name: "not-found", as: null, path: at("/nowhere") },
  { name: "help", as: null, path: at("/help") },
  { name: "help-topic", as: BUYER, path: at("/help/unpaid") },
  { name: "problem", as: BUYER, path: at("/problems/unpaid_domain_service_not_allowed") },
  { name: "verify", as: null, path: at("/verify") },
  { name: "verify-number", as: null, path: ({ verifyPath }) => verifyPath },
  { name: "verify-void", as: null, path: ({ verifyVoidPath }) => verifyVoidPath },
  { name: "orders", as: BUYER, path: at("/orders") },
  { name: "orders-domains", as: DOMAINS, path: at("/orders") },
  { name: "orders-unverified", as: UNVERIFIED, path: at("/orders") },
  { name: "orders-nothing-found", as: BUYER, path: at("/orders?q=nowhere") },
  { name: "order-refused", as: BUYER, path: at("/orders/D100000000005") },
  { name: "order-contractable", as: BUYER, path: at("/orders/D100000000008") },
  {
    name: "request-dialog",
    as: BUYER,
    path: at("/orders/D100000000008"),
    open: async (page) => {
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^(申请合同|Request contract)/ })
        .click();
      await page.getByRole("button", { name: /^(预览合同|Preview the contract)$/ }).click();
      await page.locator("canvas[data-drawn=true]").first().waitFor();
    },
  },
  { name: "contracts", as: BUYER, path: at("/contracts") },
  { name: "contract", as: BUYER, path: ({ contract }) => `/contracts/${contract}` },
  { name: "contract-void", as: BUYER, path: ({ voided }) => `/contracts/${voided}` },
  { name: "unpaid", as: DOMAINS, path: at("/unpaid") },
  { name: "bills", as: BUYER, path: at("/bills") },
  { name: "tickets", as: BUYER, path: at("/tickets") },
  { name: "ticket", as: BUYER, path: ({ ticket }) => `/tickets/${ticket}` },
  { name: "company", as: BUYER, path: at("/company") },
  { name: "company-unverified", as: UNVERIFIED, path: at("/company") },
  { name: "desk-today", as: DESK, path: at("/desk") },
  { name: "desk-orders", as: DESK, path: at("/desk/orders") },
  { name: "desk-order", as: DESK, path: at("/desk/orders/D100000000005") },
  { name: "desk-accounts", as: DESK, path: at("/desk/accounts") },
  { name: "desk-account", as: DESK, path: at("/desk/accounts/demo-enterprise") },
  { name: "desk-contracts", as: DESK, path: at("/desk/contracts") },
  { name: "desk-contract", as: DESK, path: ({ contract }) => `/desk/contracts/${contract}` },
  { name: "desk-contract-void", as: DESK, path: ({ voided }) => `/desk/contracts/${voided}` },
  { name: "desk-tickets", as: DESK, path: at("/desk/tickets") },
  { name: "desk-tickets-both-queues", as: { desk: "auditor" }, path: at("/desk/tickets") },
  { name: "desk-tickets-nothing-found", as: DESK, path: at("/desk/tickets?order=nowhere") },
  { name: "desk-ticket", as: DESK, path: ({ ticket }) => `/desk/tickets/${ticket}` },
  {
    name: "desk-ticket-reject-dialog",
    as: DESK,
    path: ({ ticket }) => `/desk/tickets/${ticket}`,
    open: (page) => page.getByRole("button", { name: /^(驳回工单|Reject)$/ }).click(),
  },
  { name: "desk-approvals", as: { desk: "contract-desk-2" }, path: at("/desk/approvals") },
  { name: "desk-policy", as: { desk: "contract-desk-2" }, path: at("/desk/policy") },
  { name: "desk-policy-edit", as: DESK, path: at("/desk/policy/edit") },
  { name: "desk-policy-version", as: DESK, path: at("/desk/policy/versions/1") },
  { name: "desk-products", as: DESK, path: at("/desk/products") },
  { name: "desk-product", as: DESK, path: at("/desk/products?open=ecs") },
  { name: "desk-sellers", as: DESK, path: at("/desk/sellers") },
  { name: "desk-seller", as: DESK, path: at("/desk/sellers?open=demo-cloud") },
  { name: "desk-partners", as: DESK, path: at("/desk/partners") },
  { name: "desk-templates", as: DESK, path: at("/desk/templates") },
  {
    name: "desk-templates-compare",
    as: DESK,
    path: at("/desk/templates/compare?template=order/1&order=D100000000001&left=in_force&right=0"),
  },
  { name: "desk-wording", as: DESK, path: at("/desk/templates/wording/demo-cloud") },
  { name: "desk-wording-draft", as: DESK, path: at("/desk/templates/wording/demo-cloud/draft") },
  { name: "desk-webhooks", as: ADMINISTRATOR, path: at("/desk/webhooks") },
  { name: "desk-webhook", as: ADMINISTRATOR, path: ({ endpoint }) => `/desk/webhooks/${endpoint}` },
  {
    name: "desk-webhook-delivery",
    as: ADMINISTRATOR,
    path: ({ endpoint, sequence }) => `/desk/webhooks/${endpoint}/deliveries/${sequence}`,
  },
  { name: "desk-seal-keys", as: ADMINISTRATOR, path: at("/desk/seal-keys") },
  { name: "desk-api-keys", as: ADMINISTRATOR, path: at("/desk/api-keys") },
  { name: "desk-audit", as: ADMINISTRATOR, path: at("/desk/audit") },
];
