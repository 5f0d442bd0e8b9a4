import type { AccountId, ContractNumber, OrderId } from "../domain/identifiers.ts";
import type { TicketId } from "../domain/ticket.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, Page, PageRequest } from "./ports.ts";

/** An entry of the audit as it is read: it has its position within a second of being written. */
export interface AuditLine {
  /** Without gaps; a later entry has a greater one. */
  readonly position: number;
  readonly id: string;
  readonly at: Instant;
  readonly actor: Pick<Actor, "kind" | "id">;
  /** Where it came from; null where nobody called. */
  readonly from: string | null;
  readonly action: string;
  readonly account: string | null;
  readonly object: { readonly kind: string; readonly id: string };
  readonly policyVersion: number | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** Which entries; null asks for all. */
export interface AuditFilter {
  readonly account: AccountId | null;
  readonly object: string | null;
  readonly objectKind: string | null;
  readonly action: string | null;
  readonly actor: string | null;
  /** The first instant, inclusive. */
  readonly from: Instant | null;
  /** The last, exclusive. */
  readonly to: Instant | null;
}

export const WHOLE_AUDIT: AuditFilter = {
  account: null,
  object: null,
  objectKind: null,
  action: null,
  actor: null,
  from: null,
  to: null,
};

/** One order, contract or ticket, whose history is asked for. */
export interface HistorySubject {
  readonly kind: "order" | "contract" | "ticket";
  readonly account: AccountId;
  readonly id: OrderId | ContractNumber | TicketId;
}

export interface AuditShelf {
  /** What happened to it, newest first; to a contract belongs who proposed to void it, and what was decided of that. */
  listHistory(subject: HistorySubject, page: PageRequest): Promise<Page<AuditLine>>;
  /** Newest first. */
  listAudit(filter: AuditFilter, page: PageRequest): Promise<Page<AuditLine>>;
  /** Oldest first, those after a position. */
  auditAfter(filter: AuditFilter, position: number, most: number): Promise<readonly AuditLine[]>;
}
