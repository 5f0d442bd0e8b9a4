import type { AnswerOutcome, AttachOutcome } from "./answer-ticket.ts";
import type { CreatedApiKey } from "./api-keys.ts";
import type { CreateProfileOutcome } from "./change-contact-profiles.ts";
import type { PublishOutcome } from "./change-policy.ts";
import type { CreateWebhookOutcome } from "./change-webhooks.ts";
import type { WordingPublishOutcome } from "./change-wording.ts";
import type { CloseOutcome } from "./close-ticket.ts";
import type { GiveEvidenceOutcome } from "./give-evidence.ts";
import type { OpenTicketOutcome } from "./open-ticket.ts";
import type { OpenedPortalLink } from "./portal-links.ts";
import type { VoidOutcome } from "./void-contract.ts";

/**
 * Of each use case that can be asked for under a key, by its operationId: which outcomes are answers that come again. So is
 * what was done, and a refusal that was decided. What was not found, not valid or not allowed, and what passes by itself,
 * has done nothing and leaves nothing behind: the same key may be used again.
 */
export const FIRST_ANSWERS = {
  openTicket: { opened: true, refused: true, request_instead: true, other_desk: false, not_found: false },
  answerTicket: { added: true, closed: true, not_found: false },
  attachToTicket: { attached: true, closed: true, faulty: false, not_found: false },
  resolveTicket: {
    resolved: true,
    rejected: true,
    refused: true,
    closed: true,
    seller_unknown: true,
    faulty: false,
    other_contract: false,
    pdf_needed: false,
    no_pdf_wanted: false,
    not_found: false,
  },
  voidContract: { voided: true, proposed: true, already_void: true, being_sealed: false, not_found: false },
  publishPolicy: { published: true, no_draft: true, another_draft: true, second_person_needed: false, outdated: true },
  publishWording: {
    published: true,
    no_draft: true,
    another_draft: true,
    second_person_needed: false,
    outdated: true,
    invalid: false,
    not_found: false,
  },
  createWebhookEndpoint: { created: true, too_many_endpoints: false, url_refused: false },
  createApiKey: { created: true },
  createPortalSession: { opened: true, not_found: false },
  giveEvidence: { given: true, faulty: false, not_found: false },
  createContactProfile: { created: true, too_many: false, not_found: false },
} as const satisfies {
  openTicket: Kept<OpenTicketOutcome>;
  answerTicket: Kept<AnswerOutcome>;
  attachToTicket: Kept<AttachOutcome>;
  resolveTicket: Kept<CloseOutcome>;
  voidContract: Kept<VoidOutcome>;
  publishPolicy: Kept<PublishOutcome>;
  publishWording: Kept<WordingPublishOutcome>;
  createWebhookEndpoint: Kept<CreateWebhookOutcome>;
  createApiKey: Kept<CreatedApiKey>;
  createPortalSession: Kept<OpenedPortalLink>;
  giveEvidence: Kept<GiveEvidenceOutcome>;
  createContactProfile: Kept<CreateProfileOutcome>;
};

/** For each kind of outcome, whether it is an answer that comes again. */
export type Kept<Outcome> = Readonly<Record<KindOf<Outcome>, boolean>>;

type KindOf<Outcome> = Outcome extends { readonly kind: infer Kind extends string }
  ? Kind
  : Outcome extends string
    ? Outcome
    : never;
