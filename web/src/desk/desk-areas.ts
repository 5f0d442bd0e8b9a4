import type { Permission } from "../api/session.ts";
import { PATHS } from "../paths.ts";

interface DeskGroup {
  readonly name: string;
  readonly areas: readonly { readonly name: string; readonly to: string; readonly takes: Permission }[];
}

/** The pages of the desk by what they are for, with what it takes to open them, in the order in which they are offered. */
export const DESK_GROUPS = [
  {
    name: "work",
    areas: [
      { name: "orders", to: PATHS.deskOrders, takes: "orders:read" },
      { name: "accounts", to: PATHS.accounts, takes: "accounts:read" },
      { name: "contracts", to: PATHS.deskContracts, takes: "contracts:read" },
      { name: "tickets", to: PATHS.deskTickets, takes: "tickets:read" },
      { name: "approvals", to: PATHS.approvals, takes: "proposals:read" },
    ],
  },
  {
    name: "rules",
    areas: [
      { name: "policy", to: PATHS.policy, takes: "policy:read" },
      { name: "products", to: PATHS.products, takes: "catalogue:read" },
      { name: "sellers", to: PATHS.sellers, takes: "catalogue:read" },
      { name: "partners", to: PATHS.partners, takes: "catalogue:read" },
      { name: "templates", to: PATHS.templates, takes: "policy:review" },
    ],
  },
  {
    name: "operation",
    areas: [
      { name: "sealKeys", to: PATHS.sealKeys, takes: "seal-keys:read" },
      { name: "webhooks", to: PATHS.webhooks, takes: "webhooks:read" },
      { name: "apiKeys", to: PATHS.apiKeys, takes: "api-keys:read" },
      { name: "audit", to: PATHS.audit, takes: "audit:read" },
    ],
  },
] as const satisfies readonly DeskGroup[];
