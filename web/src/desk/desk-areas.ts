import type { Permission } from "../api/session.ts";
import { PATHS } from "../paths.ts";

/** The pages of the desk, with what it takes to open them, in the order in which they are offered. */
export const DESK_AREAS = [
  { name: "approvals", to: PATHS.approvals, takes: "proposals:read" },
  { name: "audit", to: PATHS.audit, takes: "audit:read" },
  { name: "apiKeys", to: PATHS.apiKeys, takes: "api-keys:read" },
] as const satisfies readonly { name: string; to: string; takes: Permission }[];

/** The lists that the seller's people share with buyers; they show all accounts here. */
export const SHARED_AREAS = [
  { name: "orders", to: PATHS.orders, takes: "orders:read" },
  { name: "contracts", to: PATHS.contracts, takes: "contracts:read" },
  { name: "tickets", to: PATHS.tickets, takes: "tickets:read" },
] as const satisfies readonly { name: string; to: string; takes: Permission }[];
