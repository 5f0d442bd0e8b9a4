import type { SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** What a draft is of: the rules, by the version that it is about, or a seller's clauses. */
export type DraftSubject =
  | { readonly kind: "policy"; readonly version: number }
  | { readonly kind: "wording"; readonly seller: SellerId };

/** Writes down what a person did with a draft that a second person publishes. */
export async function auditDraft(
  transaction: LedgerTransaction,
  actor: Actor,
  action: "drafted" | "published" | "draft_withdrawn",
  subject: DraftSubject,
  at: Instant,
  detail: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  await transaction.audit({
    at,
    actor,
    action: `${subject.kind}.${action}`,
    account: null,
    objectKind: subject.kind,
    objectId: subject.kind === "policy" ? String(subject.version) : subject.seller,
    policyVersion: subject.kind === "policy" ? subject.version : null,
    detail,
  });
}
