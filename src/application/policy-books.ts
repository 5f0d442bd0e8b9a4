import type { Policy, PolicyBody } from "../domain/policy.ts";
import type { Instant } from "../domain/time.ts";
import type { Page, PageRequest } from "./ports.ts";

/** Rules that somebody has written and nobody else has published yet; there is one at a time. */
export interface PolicyDraft {
  readonly id: string;
  /** The version that was current when it was written. */
  readonly basedOn: number;
  readonly body: PolicyBody;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
}

/** Where a published version comes from: `catalogue` when a machine changed what products are self-service. */
export type PolicyOrigin =
  | { readonly origin: "draft"; readonly draft: PolicyDraft; readonly publishedBy: string }
  | { readonly origin: "catalogue"; readonly publishedBy: string };

/** A version as it was published, with who did. */
export interface PublishedPolicy {
  readonly policy: Policy;
  /** `default`: what an installation begins with, and what an upgrade has added. */
  readonly origin: PolicyOrigin["origin"] | "default";
  readonly draftedBy: string | null;
  readonly publishedBy: string;
  readonly publishedAt: Instant;
}

/** The policy, its draft and its former versions as they are read outside of any transaction. */
export interface PolicyShelf {
  currentPolicy(): Promise<Policy>;
  policy(version: number): Promise<Policy | null>;
  openDraft(): Promise<PolicyDraft | null>;
  publishedPolicy(version: number): Promise<PublishedPolicy | null>;
  /** Newest first. */
  listPolicies(page: PageRequest): Promise<Page<PublishedPolicy>>;
}

/** The policy and its draft inside one transaction. */
export interface PolicyBooks {
  currentPolicy(): Promise<Policy>;
  /** The current policy; whoever else publishes waits until this transaction ends. */
  lockPolicy(): Promise<Policy>;
  /** Becomes the current policy, and its draft, if it had one, is done with. */
  publishPolicy(policy: Policy, origin: PolicyOrigin): Promise<void>;
  openDraft(): Promise<PolicyDraft | null>;
  /** Replaces the open draft, if there is one. */
  saveDraft(draft: PolicyDraft): Promise<void>;
  /** False when there was none. */
  withdrawDraft(): Promise<boolean>;
}
