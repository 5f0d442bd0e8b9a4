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
  { name: "desk", as: DESK, path: at("/desk") },
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
  { name: "desk-audit", as: ADMINISTRATOR, path: at("/desk/audit") },
  { name: "desk-api-keys", as: ADMINISTRATOR, path: at("/desk/api-keys") },
];
