import type { TicketQueue } from "./ticket.ts";

/** What somebody may do. Every route names one of these, or says that it is open to anybody; there is no third way. */
export const PERMISSIONS = [
  /** Orders and bills with their decisions, previews, checklists. */
  "orders:read",
  /** Reports orders and bills, as the seller's own systems do. */
  "orders:write",
  /** Accounts with their identity and the partner they are served by; buyers see the own one. */
  "accounts:read",
  /** Names accounts and their verified identities (R6). */
  "accounts:write",
  /** Evidence of an identity; each look at it is recorded. */
  "identity:read",
  /** Destroys the key of an account's evidence. */
  "identity:erase",
  /** What an account has kept to fill into its requests: contacts, addresses, numbers (R6). */
  "profiles:read",
  "profiles:write",
  /** Products, sellers and partners, as the seller's own people and systems see them. */
  "catalogue:read",
  "catalogue:write",
  "sellers:write",
  "contracts:read",
  "contracts:request",
  /** R22; above the policy's amount, only together with a second person. */
  "contracts:void",
  "tickets:read",
  "tickets:write",
  "tickets:resolve",
  "policy:read",
  /** The drafts of rules and of wordings, and what they would change. */
  "policy:review",
  "policy:draft",
  "policy:publish",
  "events:read",
  /** Where events are sent, and what became of them. */
  "webhooks:read",
  "webhooks:manage",
  /** Sends buyers of any account to the console. */
  "portal:open",
  /** Which keys there are, without their secrets. */
  "api-keys:read",
  "api-keys:manage",
  /** What waits for a second person. */
  "proposals:read",
  /** And besides, what is proposed: `contracts:void` or `seal-keys:approve`. */
  "proposals:decide",
  "seal-keys:approve",
  /** What happened to one order, contract or visible ticket, out of the audit. */
  "history:read",
  /** Which seal keys there are and how long they last, without their secrets. */
  "seal-keys:read",
  /** What waits at the desk, as far as the other permissions let it be seen. */
  "desk:read",
  "audit:read",
  "metrics:read",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

interface RoleEntry {
  readonly may: readonly Permission[];
  /** Of which tickets: those of the own account, of one queue, or all. */
  readonly tickets: "own_account" | TicketQueue | "all";
}

/**
 * Who may do what: the one table. Whoever has several roles may do what any of them may; nobody does anything alone that
 * needs two persons, whatever roles they have.
 */
const ROLES = {
  buyer_viewer: {
    may: ["orders:read", "accounts:read", "contracts:read", "tickets:read", "policy:read", "profiles:read"],
    tickets: "own_account",
  },
  buyer_requester: {
    may: all(
      ["orders:read", "accounts:read", "contracts:read", "contracts:request"],
      ["tickets:read", "tickets:write", "policy:read", "profiles:read", "profiles:write"],
    ),
    tickets: "own_account",
  },
  contract_desk: {
    may: all(
      ["orders:read", "accounts:read", "contracts:read", "contracts:request", "contracts:void", "history:read"],
      ["tickets:read", "tickets:write", "tickets:resolve", "identity:read", "proposals:read", "proposals:decide"],
      ["profiles:read"],
      ["catalogue:write", "sellers:write", "policy:read", "policy:review", "events:read", "webhooks:manage"],
      ["desk:read", "seal-keys:read"],
    ),
    tickets: "contract_desk",
  },
  marketplace_desk: {
    may: all(
      [
        "orders:read",
        "accounts:read",
        "contracts:read",
        "contracts:request",
        "history:read",
        "catalogue:read",
        "policy:read",
        "desk:read",
      ],
      ["tickets:read", "tickets:write", "tickets:resolve"],
    ),
    tickets: "marketplace_desk",
  },
  policy_author: {
    may: all(
      ["orders:read", "accounts:read", "contracts:read", "history:read", "catalogue:read", "desk:read"],
      ["policy:read", "policy:review", "policy:draft"],
    ),
    tickets: "all",
  },
  policy_publisher: {
    may: all(
      ["orders:read", "accounts:read", "contracts:read", "history:read", "catalogue:read", "desk:read"],
      ["policy:read", "policy:review", "policy:publish"],
    ),
    tickets: "all",
  },
  administrator: {
    may: all(
      ["orders:read", "accounts:read", "contracts:read", "history:read", "tickets:read"],
      ["policy:read", "policy:review", "events:read"],
      [
        "catalogue:write",
        "sellers:write",
        "webhooks:manage",
        "api-keys:manage",
        "seal-keys:approve",
        "proposals:read",
        "proposals:decide",
      ],
      ["identity:read", "identity:erase", "audit:read", "metrics:read", "desk:read"],
    ),
    tickets: "all",
  },
  auditor: {
    may: all(
      ["orders:read", "accounts:read", "contracts:read", "history:read", "tickets:read"],
      ["catalogue:read", "policy:read", "policy:review"],
      ["events:read", "audit:read", "metrics:read", "proposals:read"],
      // Each look at evidence is recorded, theirs too.
      ["identity:read", "webhooks:read", "api-keys:read", "seal-keys:read", "desk:read"],
    ),
    tickets: "all",
  },
} as const satisfies Record<string, RoleEntry>;

export type Role = keyof typeof ROLES;
export type BuyerRole = Extract<Role, `buyer_${string}`>;
export const STAFF_ROLES = [
  "contract_desk",
  "marketplace_desk",
  "policy_author",
  "policy_publisher",
  "administrator",
  "auditor",
] as const satisfies readonly Exclude<Role, BuyerRole>[];
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What a machine's key may be given. Voiding, resolving, publishing and approving are for persons. */
export const MACHINE_SCOPES = [
  "orders:read",
  "orders:write",
  "accounts:read",
  "accounts:write",
  "catalogue:read",
  "catalogue:write",
  "sellers:write",
  "contracts:read",
  "contracts:request",
  "tickets:read",
  "tickets:write",
  "policy:read",
  "events:read",
  "webhooks:read",
  "webhooks:manage",
  "portal:open",
  "audit:read",
  "metrics:read",
] as const satisfies readonly Permission[];

/** Whoever looks after something sees it. */
const IMPLIED: Partial<Readonly<Record<Permission, Permission>>> = {
  "catalogue:write": "catalogue:read",
  "sellers:write": "catalogue:read",
  "webhooks:manage": "webhooks:read",
  "api-keys:manage": "api-keys:read",
  "seal-keys:approve": "seal-keys:read",
};

/** What is allowed where these permissions are given, with what they imply. */
export function withImplied(given: readonly Permission[]): ReadonlySet<Permission> {
  return new Set(given.flatMap((permission) => [permission, IMPLIED[permission] ?? permission]));
}

/** What somebody with these roles may do. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return withImplied(roles.flatMap((role): readonly Permission[] => ROLES[role].may));
}

function all(...groups: readonly (readonly Permission[])[]): readonly Permission[] {
  return groups.flat();
}

/**
 * The queues with whose tickets somebody of the seller may do what `takes` names, by default see them; null: all of them. Of several
 * roles each counts with its own queues: seeing all by one does not widen what another one may do.
 */
export function queuesOf(
  roles: readonly StaffRole[],
  takes: Permission = "tickets:read",
): readonly TicketQueue[] | null {
  const seen = roles.filter((role) => permissionsOf([role]).has(takes)).map((role) => ROLES[role].tickets);
  return seen.includes("all") ? null : seen.filter((queue) => queue !== "all");
}
