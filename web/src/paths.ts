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
  /** The area of the seller's own people. */
  desk: "/desk",
  audit: "/desk/audit",
  apiKeys: "/desk/api-keys",
  approvals: "/desk/approvals",
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

/** The business checklist of an unpaid order, in the reader's language (R15). */
export function checklistPdfUrl(order: string, language: string): string {
  return `/v1/orders/${encodeURIComponent(order)}/checklist.pdf?${new URLSearchParams({ language })}`;
}

/** What the contract on an order or on a month's bill would say (R21). */
export function previewPdfUrl(
  subject: { readonly order: string } | { readonly account: string; readonly cycle: string },
  details: RequestDetails,
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
