import type { SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { SellerWording, WordingBody } from "../domain/seller-wording.ts";
import { faultOfWording } from "../domain/wording-fault.ts";
import { auditDraft } from "./draft-audit.ts";
import type { Actor, Clock, GlyphCoverage, Identifiers, Ledger } from "./ports.ts";
import { sameContent } from "./same-content.ts";
import { isSamePerson } from "./same-person.ts";
import { undrawableCharacter } from "./undrawable-character.ts";
import type { WordingDraft } from "./wording-books.ts";

interface WordingPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly glyphs: GlyphCoverage;
}

export type WordingDraftOutcome =
  | { readonly kind: "drafted"; readonly draft: WordingDraft }
  | { readonly kind: "invalid"; readonly fault: InputFault }
  | { readonly kind: "not_found" }
  /** It says what the current wording says already. */
  | { readonly kind: "nothing_changed"; readonly version: number };

/** Writes down what the seller's contracts shall say from the next version on; a draft is in no contract. */
export async function draftWording(
  { ledger, clock, identifiers, glyphs }: WordingPorts,
  person: Actor,
  seller: SellerId,
  body: WordingBody,
): Promise<WordingDraftOutcome> {
  const fault = faultOfWording(body) ?? undrawableIn(body, glyphs);
  if (fault) return { kind: "invalid", fault };
  return ledger.transaction(async (transaction): Promise<WordingDraftOutcome> => {
    const current = await transaction.lockWording(seller);
    if (!current) return { kind: "not_found" };
    const { version, ...words } = current;
    if (sameContent(words, body)) return { kind: "nothing_changed", version };
    const draftedAt = clock.now();
    const draft = { id: identifiers.newId(), seller, basedOn: version, body, draftedBy: person.id, draftedAt };
    await transaction.saveWordingDraft(draft);
    await auditDraft(transaction, person, "drafted", { kind: "wording", seller }, draftedAt, { basedOn: version });
    return { kind: "drafted", draft };
  });
}

export type WordingPublishOutcome =
  | { readonly kind: "published"; readonly wording: SellerWording }
  | { readonly kind: "not_found" }
  | { readonly kind: "no_draft" }
  /** It is not the one that was looked over: somebody has replaced it since. */
  | { readonly kind: "another_draft" }
  /** Who drafts does not publish: words that bind the company need two persons. */
  | { readonly kind: "second_person_needed" }
  /** Another version was published since: the draft would undo what that one changed. */
  | { readonly kind: "outdated" }
  /** Written under an earlier release that took what this one does not. */
  | { readonly kind: "invalid"; readonly fault: InputFault };

/** Makes the draft the seller's wording from now on; contracts of before keep their sentences (R7). `lookedOver`: as for a policy. */
export async function publishWording(
  { ledger, clock, glyphs }: Omit<WordingPorts, "identifiers">,
  person: Actor,
  seller: SellerId,
  lookedOver: string | null = null,
): Promise<WordingPublishOutcome> {
  return ledger.transaction(async (transaction): Promise<WordingPublishOutcome> => {
    const current = await transaction.lockWording(seller);
    if (!current) return { kind: "not_found" };
    const draft = await transaction.openWordingDraft(seller);
    if (!draft) return { kind: "no_draft" };
    if (lookedOver !== null && draft.id !== lookedOver) return { kind: "another_draft" };
    if (isSamePerson(draft.draftedBy, person.id)) return { kind: "second_person_needed" };
    if (draft.basedOn !== current.version) return { kind: "outdated" };
    const fault = faultOfWording(draft.body) ?? undrawableIn(draft.body, glyphs);
    if (fault) return { kind: "invalid", fault };
    const wording: SellerWording = { ...draft.body, version: current.version + 1 };
    await transaction.publishWording(wording, draft, person.id);
    const detail = { version: wording.version, draftedBy: draft.draftedBy };
    await auditDraft(transaction, person, "published", { kind: "wording", seller }, clock.now(), detail);
    return { kind: "published", wording };
  });
}

/** Throws the draft away; false when there is none. */
export async function withdrawWording(
  { ledger, clock }: Pick<WordingPorts, "ledger" | "clock">,
  person: Actor,
  seller: SellerId,
): Promise<boolean> {
  return ledger.transaction(async (transaction) => {
    const current = await transaction.lockWording(seller);
    if (!current || !(await transaction.withdrawWordingDraft(seller))) return false;
    await auditDraft(transaction, person, "draft_withdrawn", { kind: "wording", seller }, clock.now(), {
      version: current.version,
    });
    return true;
  });
}

function undrawableIn({ replaced, added }: WordingBody, glyphs: GlyphCoverage): InputFault | null {
  const named = Object.entries(replaced).map(([number, words]) => [`replaced.${number}`, words] as const);
  const own = added.map((words, index) => [`added.${index}`, words] as const);
  for (const [path, words] of [...named, ...own]) {
    for (const part of ["title", "text"] as const) {
      for (const language of ["zh-CN", "en"] as const) {
        const [character] = glyphs.missingCharacters(words[part][language]);
        if (character !== undefined) return undrawableCharacter(`${path}.${part}.${language}`, character);
      }
    }
  }
  return null;
}
