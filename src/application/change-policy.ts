import type { Policy, PolicyBody } from "../domain/policy.ts";
import { auditDraft, type DraftSubject } from "./draft-audit.ts";
import type { PolicyDraft } from "./policy-books.ts";
import type { Actor, Clock, Identifiers, Ledger } from "./ports.ts";
import { sameContent } from "./same-content.ts";
import { isSamePerson } from "./same-person.ts";

interface PolicyPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

export type DraftOutcome =
  | { readonly kind: "drafted"; readonly draft: PolicyDraft }
  /** It says what the current policy says already. */
  | { readonly kind: "nothing_changed"; readonly version: number };

/** Writes down what the next version shall say; a draft binds nobody, and there is one at a time. */
export async function draftPolicy(
  { ledger, clock, identifiers }: PolicyPorts,
  person: Actor,
  body: PolicyBody,
): Promise<DraftOutcome> {
  return ledger.transaction(async (transaction): Promise<DraftOutcome> => {
    const { version, ...current } = await transaction.lockPolicy();
    if (sameContent(current, body)) return { kind: "nothing_changed", version };
    const at = clock.now();
    const draft = { id: identifiers.newId(), basedOn: version, body, draftedBy: person.id, draftedAt: at };
    const replaced = await transaction.openDraft();
    await transaction.saveDraft(draft);
    if (replaced) await auditDraft(transaction, person, "draft_withdrawn", subjectOf(replaced), at, { for: draft.id });
    await auditDraft(transaction, person, "drafted", subjectOf(draft), at, { basedOn: version });
    return { kind: "drafted", draft };
  });
}

export type PublishOutcome =
  | { readonly kind: "published"; readonly policy: Policy }
  | { readonly kind: "no_draft" }
  /** It is not the one that was looked over: somebody has replaced it since. */
  | { readonly kind: "another_draft" }
  /** Who drafts does not publish: rules that bind the company need two persons. */
  | { readonly kind: "second_person_needed"; readonly draft: PolicyDraft }
  /** Another version was published since: the draft would undo what that one changed. */
  | { readonly kind: "outdated"; readonly draft: PolicyDraft; readonly current: number };

/**
 * Makes the draft the policy from now on; contracts and decisions of before keep naming theirs. `lookedOver` is the draft that
 * the second person has seen: another one, put in its place meanwhile, is not published.
 */
export async function publishPolicy(
  { ledger, clock }: PolicyPorts,
  person: Actor,
  lookedOver: string | null = null,
): Promise<PublishOutcome> {
  return ledger.transaction(async (transaction): Promise<PublishOutcome> => {
    const current = await transaction.lockPolicy();
    const draft = await transaction.openDraft();
    if (!draft) return { kind: "no_draft" };
    if (lookedOver !== null && draft.id !== lookedOver) return { kind: "another_draft" };
    if (isSamePerson(draft.draftedBy, person.id)) return { kind: "second_person_needed", draft };
    if (draft.basedOn !== current.version) return { kind: "outdated", draft, current: current.version };
    const policy: Policy = { ...draft.body, version: current.version + 1 };
    await transaction.publishPolicy(policy, { origin: "draft", draft, publishedBy: person.id });
    const at = clock.now();
    const { version } = policy;
    const detail = { draftedBy: draft.draftedBy, replaces: current.version };
    await auditDraft(transaction, person, "published", { kind: "policy", version }, at, detail);
    await auditDraft(transaction, person, "draft_published", subjectOf(draft), at, { version });
    return { kind: "published", policy };
  });
}

/** Throws the draft away; false when there is none. */
export async function withdrawDraft({ ledger, clock }: PolicyPorts, person: Actor): Promise<boolean> {
  return ledger.transaction(async (transaction) => {
    await transaction.lockPolicy();
    const draft = await transaction.openDraft();
    if (!draft || !(await transaction.withdrawDraft())) return false;
    await auditDraft(transaction, person, "draft_withdrawn", subjectOf(draft), clock.now(), {});
    return true;
  });
}

function subjectOf({ id, basedOn }: PolicyDraft): DraftSubject {
  return { kind: "policy_draft", draft: id, version: basedOn };
}
