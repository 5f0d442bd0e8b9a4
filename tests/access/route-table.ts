import type { operations } from "../../web/src/api/schema.d.ts";
import { orderBody } from "../http/order-body.ts";
import type { CallerName } from "./callers.ts";
import type { Things } from "./things.ts";

export type Operation = keyof operations;

export interface Call {
  readonly method: string;
  readonly path: string;
  /** JSON, unless it is bytes of a PDF. */
  readonly body?: unknown;
}

/**
 * What is asked about. `account`: something of one account. `listing`: all that may be seen, or with `?account` of one.
 * `named_in_body`: several things, each with a result of its own. `thing`: something of the seller's, under the id that
 * `existing` makes. `anything`: what has no name, or is made by naming it.
 */
type About = "account" | "listing" | "named_in_body" | "thing" | "anything";

export interface RouteEntry {
  /** Whom the route is for; whoever is not named is turned away, whatever they ask about. */
  readonly who: "anybody" | readonly CallerName[];
  readonly about: About;
  call(things: Things, id: string): Call;
  /** Who may call it and sees less than everything of what is asked about here (tickets of the contract desk's queue). */
  readonly blind?: Partial<Record<CallerName, "not_found" | "not_allowed">>;
}

const BUYERS = ["buyer_viewer", "buyer_requester"] as const;
const DESKS = ["contract_desk", "marketplace_desk"] as const;
const RULES = ["policy_author", "policy_publisher"] as const;
const STAFF = [...DESKS, ...RULES, "administrator", "auditor"] as const;
const READERS = [...BUYERS, ...DESKS, ...RULES, "administrator", "auditor", "machine"] as const;
const TICKET_READERS = [...BUYERS, ...DESKS, "administrator", "auditor", "machine"] as const;
const TICKET_WRITERS = ["buyer_requester", ...DESKS, "machine"] as const;
const REQUESTERS = ["buyer_requester", ...DESKS, "machine"] as const;
const CATALOGUE_READERS = [...DESKS, ...RULES, "administrator", "auditor", "machine"] as const;
const REVIEWERS = ["contract_desk", ...RULES, "administrator", "auditor"] as const;
const CATALOGUE = ["contract_desk", "administrator", "machine"] as const;
const PROPOSAL_READERS = ["contract_desk", "administrator", "auditor"] as const;
const AUDITORS = ["administrator", "auditor", "machine"] as const;
const DECIDERS = ["contract_desk", "administrator"] as const;
const EVIDENCE_READERS = ["contract_desk", "administrator", "auditor"] as const;
const PROFILE_READERS = [...BUYERS, "contract_desk"] as const;
const WEBHOOK_READERS = [...CATALOGUE, "auditor"] as const;
const FACTS = { method: "对公打款", reference: "甲", verifiedAt: "2026-11-01T08:00:00Z", verifiedBy: "银行" };
const NOT_THEIR_QUEUE = { marketplace_desk: "not_found" } as const;

const get = (path: string): Call => ({ method: "GET", path });
const post = (path: string, body: unknown = null): Call => ({ method: "POST", path, body });
const put = (path: string, body: unknown): Call => ({ method: "PUT", path, body });
const remove = (path: string): Call => ({ method: "DELETE", path });
const about = (about: About) => (who: RouteEntry["who"], call: RouteEntry["call"]) => ({ who, about, call });
const account = about("account");
const listing = about("listing");
const thing = about("thing");
const anything = about("anything");

/**
 * Every route of the API with whom it is for, written down apart from src/domain/roles.ts, so that one checks the other.
 * A route without an entry does not compile.
 */
export const ROUTES: Readonly<Record<Operation, RouteEntry>> = {
  listOrders: listing(READERS, () => get("/v1/orders")),
  showOrder: account(READERS, ({ order }) => get(`/v1/orders/${order}`)),
  putOrder: anything(["machine"], (things) =>
    put(`/v1/orders/${things.order}`, orderBody({ account: things.account })),
  ),
  importOrders: anything(["machine"], () => post("/v1/orders:import")),
  previewContract: account(READERS, ({ order }) => get(`/v1/orders/${order}/preview.pdf`)),
  printChecklist: account(READERS, ({ unpaid }) => get(`/v1/orders/${unpaid}/checklist.pdf`)),
  requestContract: account(REQUESTERS, ({ order }) => post(`/v1/orders/${order}/contract`)),
  listContracts: listing(READERS, () => get("/v1/contracts")),
  showContract: account(READERS, ({ contract }) => get(`/v1/contracts/${contract}`)),
  downloadContract: account(READERS, ({ contract }) => get(`/v1/contracts/${contract}/document.pdf`)),
  downloadArchive: {
    ...account(READERS, ({ contract }) => get(`/v1/contracts/${contract}/archive.pdf`)),
  },
  downloadLogProof: account(READERS, ({ contract }) => get(`/v1/contracts/${contract}/log-proof`)),
  downloadStatus: account(READERS, ({ contract }) => get(`/v1/contracts/${contract}/status-record`)),
  readContractData: account(READERS, ({ contract }) => get(`/v1/contracts/${contract}/contract.json`)),
  voidContract: account(["contract_desk"], ({ contract }) =>
    post(`/v1/contracts/${contract}/void`, { reason: "test" }),
  ),
  requestContracts: {
    ...about("named_in_body")(REQUESTERS, ({ order }) => post("/v1/contracts:batch", { orders: [order] })),
  },
  downloadContracts: account(READERS, ({ contract }) => post("/v1/contracts:download", { contracts: [contract] })),
  listBills: listing(READERS, () => get("/v1/bills")),
  showBill: account(READERS, (things) => get(`/v1/bills/${things.account}/${things.cycle}`)),
  putBill: anything(["machine"], (things) => put(`/v1/bills/${things.account}/2026-02`, {})),
  previewBillContract: account(READERS, (things) => get(`/v1/bills/${things.account}/${things.cycle}/preview.pdf`)),
  requestBillContract: account(REQUESTERS, (things) => post(`/v1/bills/${things.account}/${things.cycle}/contract`)),
  openTicket: {
    ...account(TICKET_WRITERS, ({ unusual }) => post("/v1/tickets", { order: unusual })),
    blind: { marketplace_desk: "not_allowed" },
  },
  listTickets: listing(TICKET_READERS, () => get("/v1/tickets")),
  showTicket: {
    ...account(TICKET_READERS, ({ ticket }) => get(`/v1/tickets/${ticket}`)),
    blind: NOT_THEIR_QUEUE,
  },
  answerTicket: {
    ...account(TICKET_WRITERS, ({ ticket }) => post(`/v1/tickets/${ticket}/messages`, { text: "test" })),
    blind: NOT_THEIR_QUEUE,
  },
  attachToTicket: {
    ...account(TICKET_WRITERS, ({ ticket }) =>
      post(`/v1/tickets/${ticket}/attachments?name=a.pdf`, Buffer.from("%PDF")),
    ),
    blind: NOT_THEIR_QUEUE,
  },
  downloadAttachment: {
    ...account(TICKET_READERS, (things) => get(`/v1/tickets/${things.ticket}/attachments/${things.attachment}`)),
    blind: NOT_THEIR_QUEUE,
  },
  assignTicket: {
    ...account(DESKS, ({ ticket }) => post(`/v1/tickets/${ticket}/assign`, { assignee: "me" })),
    blind: NOT_THEIR_QUEUE,
  },
  resolveTicket: {
    ...account(DESKS, ({ ticket }) => post(`/v1/tickets/${ticket}/resolve`, { outcome: "resolved" })),
    blind: NOT_THEIR_QUEUE,
  },
  putAccount: anything(["machine"], ({ account }) => put(`/v1/accounts/${account}`, {})),
  listAccounts: anything(READERS, () => get("/v1/accounts")),
  showAccount: account(READERS, ({ account }) => get(`/v1/accounts/${account}`)),
  putPartner: anything(CATALOGUE, () => put("/v1/partners/demo-partner", {})),
  putProduct: anything(CATALOGUE, () => put("/v1/products/ecs", {})),
  putSeller: anything(CATALOGUE, () => put("/v1/sellers/demo-cloud", {})),
  listProducts: anything(CATALOGUE_READERS, () => get("/v1/products")),
  showProduct: anything(CATALOGUE_READERS, () => get("/v1/products/ecs")),
  listSellers: anything(CATALOGUE_READERS, () => get("/v1/sellers")),
  showSeller: anything(CATALOGUE_READERS, () => get("/v1/sellers/demo-cloud")),
  listPartners: anything(CATALOGUE_READERS, () => get("/v1/partners")),
  showPartner: anything(CATALOGUE_READERS, () => get("/v1/partners/demo-partner")),
  listPolicyVersions: anything(REVIEWERS, () => get("/v1/policy/versions")),
  showPolicyVersion: anything(REVIEWERS, () => get("/v1/policy/versions/1")),
  showPolicy: anything(READERS, () => get("/v1/policy")),
  draftPolicy: anything(["policy_author"], () => put("/v1/policy/draft", {})),
  showPolicyDraft: anything(REVIEWERS, () => get("/v1/policy/draft")),
  listPolicyDrafts: anything(REVIEWERS, () => get("/v1/policy/drafts")),
  withdrawPolicyDraft: anything(["policy_author"], () => remove("/v1/policy/draft")),
  comparePolicyDraft: anything(REVIEWERS, () => get("/v1/policy/draft/changes")),
  publishPolicy: anything(["policy_publisher"], () => post("/v1/policy/draft/publish")),
  showWording: anything(READERS, () => get("/v1/sellers/demo-cloud/wording")),
  draftWording: anything(["policy_author"], () => put("/v1/sellers/demo-cloud/wording/draft", {})),
  showWordingDraft: anything(REVIEWERS, () => get("/v1/sellers/demo-cloud/wording/draft")),
  withdrawWordingDraft: anything(["policy_author"], () => remove("/v1/sellers/demo-cloud/wording/draft")),
  publishWording: anything(["policy_publisher"], () => post("/v1/sellers/demo-cloud/wording/draft/publish")),
  listWordings: anything(REVIEWERS, () => get("/v1/wordings")),
  showWordingStatus: anything(REVIEWERS, () => get("/v1/wordings/demo-cloud")),
  listWordingVersions: anything(REVIEWERS, () => get("/v1/sellers/demo-cloud/wording/versions")),
  listTemplates: anything(REVIEWERS, () => get("/v1/templates")),
  listClauses: anything(REVIEWERS, () => get("/v1/clauses")),
  listEvents: anything(["contract_desk", "administrator", "auditor", "machine"], () => get("/v1/events")),
  createWebhookEndpoint: anything(CATALOGUE, () => post("/v1/webhook-endpoints", {})),
  listWebhookEndpoints: anything(WEBHOOK_READERS, () => get("/v1/webhook-endpoints")),
  showWebhookEndpoint: thing(WEBHOOK_READERS, (_, id) => get(`/v1/webhook-endpoints/${id}`)),
  changeWebhookEndpoint: thing(CATALOGUE, (_, id) => ({
    ...{ method: "PATCH", path: `/v1/webhook-endpoints/${id}`, body: { description: "test" } },
  })),
  deleteWebhookEndpoint: thing(CATALOGUE, (_, id) => remove(`/v1/webhook-endpoints/${id}`)),
  listWebhookDeliveries: thing(WEBHOOK_READERS, (_, id) => get(`/v1/webhook-endpoints/${id}/deliveries`)),
  showWebhookDelivery: anything(WEBHOOK_READERS, () => get("/v1/webhook-endpoints/x/deliveries/1")),
  replayWebhooks: thing(CATALOGUE, (_, id) =>
    post(`/v1/webhook-endpoints/${id}/replay`, { from: "0000000000000001", to: "0000000000000001" }),
  ),
  replayWebhookDelivery: anything(CATALOGUE, () => post("/v1/webhook-endpoints/x/deliveries/1/replay")),
  rotateWebhookSecret: thing(CATALOGUE, (_, id) => post(`/v1/webhook-endpoints/${id}/secret/rotate`, {})),
  showOrderHistory: account(STAFF, ({ order }) => get(`/v1/orders/${order}/history`)),
  showContractHistory: account(STAFF, ({ contract }) => get(`/v1/contracts/${contract}/history`)),
  showTicketHistory: {
    ...account(STAFF, ({ ticket }) => get(`/v1/tickets/${ticket}/history`)),
    blind: { ...NOT_THEIR_QUEUE, policy_author: "not_found", policy_publisher: "not_found" },
  },
  listAudit: anything(AUDITORS, () => get("/v1/audit")),
  exportAudit: anything(AUDITORS, () => get("/v1/audit/export")),
  showAuditHead: anything(AUDITORS, () => get("/v1/audit/head")),
  listProposals: anything(PROPOSAL_READERS, () => get("/v1/proposals")),
  approveProposal: {
    ...thing(DECIDERS, (_, id) => post(`/v1/proposals/${id}/approve`)),
    blind: { administrator: "not_allowed" },
  },
  rejectProposal: {
    ...thing(DECIDERS, (_, id) => post(`/v1/proposals/${id}/reject`)),
    blind: { administrator: "not_allowed" },
  },
  withdrawProposal: {
    ...thing(DECIDERS, (_, id) => post(`/v1/proposals/${id}/withdraw`)),
    // The one that is asked about is of a voiding, and was proposed by somebody else.
    blind: { administrator: "not_allowed", contract_desk: "not_allowed" },
  },
  showToday: anything(STAFF, () => get("/v1/desk/today")),
  listSealKeys: anything(PROPOSAL_READERS, () => get("/v1/seal-keys")),
  listApiKeys: anything(["administrator", "auditor"], () => get("/v1/api-keys")),
  createApiKey: anything(["administrator"], () => post("/v1/api-keys", { name: "test" })),
  revokeApiKey: thing(["administrator"], (_, id) => remove(`/v1/api-keys/${id}`)),
  createPortalSession: anything(["machine"], (things) => post("/v1/portal-sessions", { account: things.account })),
  showSession: anything("anybody", () => get("/v1/session")),
  endSession: anything("anybody", () => remove("/v1/session")),
  listDemoAccounts: anything("anybody", () => get("/v1/demo/accounts")),
  listDemoStaff: anything("anybody", () => get("/v1/demo/staff")),
  openDemoSession: anything("anybody", () => post("/v1/demo/sessions", { account: "demo-enterprise" })),
  verifyPdf: anything("anybody", () => post("/v1/verifications", Buffer.from("%PDF-1.7"))),
  showStatus: anything("anybody", ({ contract }) => get(`/v1/verify/${contract}`)),
  showLogProof: anything("anybody", ({ contract }) => get(`/v1/verify/${contract}/log-proof`)),
  showSignedStatus: anything("anybody", ({ contract }) => get(`/v1/verify/${contract}/status-record`)),
  showCheckpoint: anything("anybody", () => get("/v1/log/checkpoint")),
  showLogKeys: anything("anybody", () => get("/v1/log/keys")),
  proveInclusion: anything("anybody", () => get(`/v1/log/inclusion/${"0".repeat(64)}?size=1`)),
  proveConsistency: anything("anybody", () => get("/v1/log/consistency?from=0&to=0")),
  listLogEntries: anything("anybody", () => get("/v1/log/entries")),
  showSchema: anything("anybody", () => get("/schemas/contract-1.json")),
  isAlive: anything("anybody", () => get("/healthz")),
  isReady: anything("anybody", () => get("/readyz")),
  giveEvidence: account(["machine"], ({ account }) =>
    post(`/v1/accounts/${account}/evidence?kind=bank_verification`, FACTS),
  ),
  listEvidence: account(EVIDENCE_READERS, ({ account }) => get(`/v1/accounts/${account}/evidence`)),
  readEvidence: account(EVIDENCE_READERS, ({ account, evidence }) =>
    get(`/v1/accounts/${account}/evidence/${evidence}`),
  ),
  listContactProfiles: account(PROFILE_READERS, ({ account }) => get(`/v1/accounts/${account}/contact-profiles`)),
  createContactProfile: account(["buyer_requester"], ({ account }) =>
    post(`/v1/accounts/${account}/contact-profiles`, { label: "法务部" }),
  ),
  changeContactProfile: account(["buyer_requester"], ({ account, profile }) =>
    put(`/v1/accounts/${account}/contact-profiles/${profile}`, { label: "财务部", revision: 1 }),
  ),
  deleteContactProfile: account(["buyer_requester"], ({ account, profile }) =>
    remove(`/v1/accounts/${account}/contact-profiles/${profile}?revision=2`),
  ),
  // Last of all: afterwards the account has no evidence, and its buyers are signed out.
  erasePersonalData: account(["administrator"], ({ account }) =>
    remove(`/v1/accounts/${account}/personal-data?reason=requested`),
  ),
};
