import type { AccountId, Branded } from "./identifiers.ts";
import { parseCurrency, parseMoney } from "./money.ts";
import type { Policy } from "./policy.ts";
import type { Instant } from "./time.ts";

/** UUIDv7, lower case. */
export type ProposalId = Branded<string, "ProposalId">;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseProposalId(text: string): ProposalId | null {
  return UUID.test(text) ? (text as ProposalId) : null;
}

/** What one person proposes and another decides. */
export const PROPOSAL_KINDS = ["void_contract", "add_seal_key"] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const PROPOSAL_STATES = ["open", "approved", "rejected", "withdrawn"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export interface Proposal {
  readonly id: ProposalId;
  readonly kind: ProposalKind;
  /** Of the contract; null for a seal key. */
  readonly account: AccountId | null;
  /** The number of the contract, or the SHA-256 of the seal certificate. */
  readonly object: string;
  /** Of a voiding, as it will be recorded and shown. */
  readonly reason: string | null;
  /** What whoever decides should see. */
  readonly detail: Readonly<Record<string, string | number | null>>;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly state: ProposalState;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
}

/** The amount that a contract states; null where it states none (pay-as-you-go, R12; offline contracts). */
export interface StatedAmount {
  readonly currency: string;
  /** An exact decimal. */
  readonly total: string;
}

/**
 * Whether voiding the contract takes two persons (R22): above what the policy lets one do alone, in a currency that it
 * does not name, and where the contract states no amount. The database asks the same (migration 0015).
 */
export function isVoidedByTwo({ voidAlone }: Pick<Policy, "voidAlone">, stated: StatedAmount | null): boolean {
  if (voidAlone === null) return false;
  const currency = stated && parseCurrency(stated.currency);
  const most = currency && voidAlone[currency];
  if (!stated || !currency || most === undefined || most === null) return true;
  const [amount, limit] = [parseMoney(stated.total, currency), parseMoney(most, currency)];
  return !amount.ok || !limit.ok || amount.value.minor > limit.value.minor;
}
