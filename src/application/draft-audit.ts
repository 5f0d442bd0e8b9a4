import type { SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** A version of the rules, a draft of the next one, or a seller's clauses with all their drafts. */
export type DraftSubject =
  | { readonly kind: "policy"; readonly version: number }
  | { readonly kind: "policy_draft"; readonly draft: string; readonly version: number }
  | { readonly kind: "wording"; readonly seller: SellerId };

/** Writes down what a person did with a draft that a second person publishes. */
export async function auditDraft(
  transaction: LedgerTransaction,
  actor: Actor,
  action: "drafted" | "published" | "draft_published" | "draft_withdrawn",
  subject: DraftSubject,
  at: Instant,
  detail: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  await transaction.audit({
    at,
    actor,
    action: `${subject.kind === "wording" ? "wording" : "policy"}.${action}`,
    account: null,
    objectKind: subject.kind,
    objectId: idOf(subject),
    policyVersion: subject.kind === "wording" ? null : subject.version,
    detail,
  });
}

function idOf(subject: DraftSubject): string {
  if (subject.kind === "wording") return subject.seller;
  return subject.kind === "policy" ? String(subject.version) : subject.draft;
}
