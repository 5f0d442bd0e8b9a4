import type { RequestDetails } from "./api/contracts.ts";
import type { Session } from "./api/session.ts";

/** Every address of the console, in the router's notation; nothing else spells one out. */
export const PATHS = {
  home: "/",
  signIn: "/sign-in",
  orders: "/orders",
  order: "/orders/$order",
  /** `order` as a child of `orders`: the list stays behind the drawer. */
  orderBelowOrders: "$order",
  unpaid: "/unpaid",
  bills: "/bills",
  contracts: "/contracts",
  contract: "/contracts/$number",
  tickets: "/tickets",
  ticket: "/tickets/$ticket",
  company: "/company",
  /** The area of the seller's own people. */
  desk: "/desk",
  deskOrders: "/desk/orders",
  deskOrder: "/desk/orders/$order",
  accounts: "/desk/accounts",
  account: "/desk/accounts/$account",
  deskContracts: "/desk/contracts",
  deskContract: "/desk/contracts/$number",
  deskTickets: "/desk/tickets",
  deskTicket: "/desk/tickets/$ticket",
  audit: "/desk/audit",
  policy: "/desk/policy",
  policyEdit: "/desk/policy/edit",
  policyVersion: "/desk/policy/versions/$version",
  products: "/desk/products",
  sellers: "/desk/sellers",
  partners: "/desk/partners",
  apiKeys: "/desk/api-keys",
  approvals: "/desk/approvals",
  help: "/help",
  helpTopic: "/help/$topic",
  /** Also where the `type` of every problem of the API leads. */
  problem: "/problems/$code",
  templates: "/desk/templates",
  compare: "/desk/templates/compare",
  wording: "/desk/templates/wording/$seller",
  wordingDraft: "/desk/templates/wording/$seller/draft",
  webhooks: "/desk/webhooks",
  webhook: "/desk/webhooks/$endpoint",
  webhookDelivery: "/desk/webhooks/$endpoint/deliveries/$sequence",
  sealKeys: "/desk/seal-keys",
  verify: "/verify",
  verifyNumber: "/verify/$number",
} as const;

/** A page of the service, which sends the browser on to the identity provider. */
export function staffSignInUrl(next: string | undefined): string {
  return next === undefined ? "/auth/sign-in" : `/auth/sign-in?${new URLSearchParams({ next })}`;
}

/** Where whoever has signed in begins. */
export function homeOf({ staff }: Pick<Session, "staff">): typeof PATHS.desk | typeof PATHS.orders {
  return staff ? PATHS.desk : PATHS.orders;
}

/** The whole of what an audit page shows, as a file; the browser saves it as it comes. */
export function auditExportUrl(format: "csv" | "ndjson", filters: Readonly<Record<string, string>>): string {
  return `/v1/audit/export?${new URLSearchParams({ format, ...filters })}`;
}

/** The sealed file itself: the browser opens or saves it, no script in between. */
export function contractPdfUrl(number: string): string {
  return `/v1/contracts/${encodeURIComponent(number)}/document.pdf`;
}

/** Its long-term form, which proves the seal when its certificates have ended. */
export function contractArchiveUrl(number: string): string {
  return `/v1/contracts/${encodeURIComponent(number)}/archive.pdf`;
}

/** Of the transparency log: that it was issued, checked by anybody without a connection. */
export function contractLogProofUrl(number: string): string {
  return `/v1/contracts/${encodeURIComponent(number)}/log-proof`;
}

/** What it is worth, signed, until its next update. */
export function contractStatusUrl(number: string): string {
  return `/v1/contracts/${encodeURIComponent(number)}/status-record`;
}

/** Both for whoever has the contract in hand, with the code that is printed on it. */
export function heldLogProofUrl(number: string, code: string): string {
  return `/v1/verify/${encodeURIComponent(number)}/log-proof?${new URLSearchParams({ code })}`;
}

export function heldStatusUrl(number: string, code: string): string {
  return `/v1/verify/${encodeURIComponent(number)}/status-record?${new URLSearchParams({ code })}`;
}

/** A piece of evidence of an identity; whoever opens it is recorded. */
export function evidenceUrl(account: string, evidence: string): string {
  return `/v1/accounts/${encodeURIComponent(account)}/evidence/${encodeURIComponent(evidence)}`;
}

/** The business checklist of an unpaid order, in the reader's language (R15). */
export function checklistPdfUrl(order: string, language: string): string {
  return `/v1/orders/${encodeURIComponent(order)}/checklist.pdf?${new URLSearchParams({ language })}`;
}

export type PreviewSubject = { readonly order: string } | { readonly account: string; readonly cycle: string };

/** What the contract on an order or on a month's bill would say (R21); to those who review rules, in any wording. */
export function previewPdfUrl(
  subject: PreviewSubject,
  details: Partial<RequestDetails> & { readonly wording?: string },
): string {
  const of =
    "order" in subject
      ? `orders/${encodeURIComponent(subject.order)}`
      : `bills/${encodeURIComponent(subject.account)}/${encodeURIComponent(subject.cycle)}`;
  const filledIn = Object.entries({ ...details }).filter(([, text]) => text !== "");
  return `/v1/${of}/preview.pdf?${new URLSearchParams(filledIn)}`;
}

/** A PDF on a ticket; the server sends it to be saved, never shown in place. */
export function attachmentUrl(ticket: string, attachment: string): string {
  return `/v1/tickets/${encodeURIComponent(ticket)}/attachments/${encodeURIComponent(attachment)}`;
}
