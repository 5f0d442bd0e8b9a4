import type { Texts } from "../../i18n/dictionary.ts";
import type { accountCardZhCn, deskAccountsZhCn, evidenceZhCn } from "./accounts-zh-cn.ts";

export const deskAccountsEn: Texts<typeof deskAccountsZhCn> = {
  heading: "Accounts",
  lead: "Customer accounts with their verified identities: the buyer’s name on a contract comes from here only. Look for an account or registration number by its start, for a name by any part of it.",
  one: "Account {{account}}",
  back: "Back to the accounts",
  search: "Find accounts",
  q: "Account, name or registration number",
  caption: "List of accounts",
  column: {
    account: "Account",
    name: "Verified name",
    registration: "Registration number",
    identity: "Identity",
    partner: "Served by",
  },
  emptyTitle: "No account found",
  emptyText: "Check account, registration number or name, or clear the search to see all accounts.",
  counts: "At a glance",
  orMore: "{{count}} or more",
  openTickets: "Open tickets",
  newestOrders: "Newest orders",
  allOrders: "All orders",
  noOrders: "This account has no orders yet.",
  newestContracts: "Newest contracts",
  allContracts: "All contracts",
  noContracts: "This account has no contracts yet.",
  bills: "Monthly bills",
  noBills: "This account has no bills yet.",
};

export const accountCardEn: Texts<typeof accountCardZhCn> = {
  heading: "Buyer",
  account: "Account",
  identity: "Identity",
  state: { verified: "Verified", unverified: "Not verified" },
  legalName: "Verified name",
  kind: "Kind",
  enterprise: "Enterprise",
  individual: "Individual",
  registration: { enterprise: "Registration number", individual: "Document number" },
  address: "Address",
  servedBy: "Served by",
  direct: "Us, without a partner",
};

export const evidenceEn: Texts<typeof evidenceZhCn> = {
  heading: "Evidence of identity",
  recorded:
    "Each time that somebody opens a piece is recorded in the audit log. Open one only where your work takes it.",
  none: "No evidence is kept.",
  kind: {
    business_licence: "Business licence",
    identity_document: "Identity document",
    bank_verification: "Bank verification",
    authorisation: "Authorisation",
    other: "Other",
  },
};
