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
      { name: "orders", to: PATHS.orders, takes: "orders:read" },
      { name: "contracts", to: PATHS.contracts, takes: "contracts:read" },
      { name: "tickets", to: PATHS.tickets, takes: "tickets:read" },
      { name: "approvals", to: PATHS.approvals, takes: "proposals:read" },
    ],
  },
  {
    name: "operation",
    areas: [
      { name: "sealKeys", to: PATHS.sealKeys, takes: "seal-keys:read" },
      { name: "apiKeys", to: PATHS.apiKeys, takes: "api-keys:read" },
      { name: "audit", to: PATHS.audit, takes: "audit:read" },
    ],
  },
] as const satisfies readonly DeskGroup[];
