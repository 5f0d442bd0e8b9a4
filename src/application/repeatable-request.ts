import { createHash } from "node:crypto";
import type { AccountId, Sha256 } from "../domain/identifiers.ts";
import type { Actor } from "./ports.ts";
import { contentText } from "./same-content.ts";

/** A request that can be sent again without being done again: its caller chose a key to recognise it by. */
export interface RepeatableRequest {
  /** Whose key it is: another owner's key of the same text is another key. */
  readonly owner: KeyOwner;
  /** The operationId of the API; on another route, the same text is another key. */
  readonly route: string;
  readonly key: string;
  /** Of all that was asked for; something else under the same key is a mistake of the caller. */
  readonly fingerprint: Sha256;
}

/**
 * The account of what is requested or changed, whoever asks: a buyer and a machine of the seller that act on one account
 * share its keys. Where no account is concerned (policy, wording), the one who asks.
 */
export type KeyOwner = AccountId | `${Actor["kind"]}:${string}`;

export function callerAsOwner({ kind, id }: Actor): KeyOwner {
  return `${kind}:${id}`;
}

/** The SHA-256 of what was asked for, whatever the order of its members. */
export function fingerprintOf(content: unknown): Sha256 {
  return createHash("sha256").update(contentText(content)).digest("hex") as Sha256;
}

/** Why a request under a key is neither done nor answered as the first one was. */
export type KeyFault =
  /** The key belongs to a request for something else. */
  | { readonly kind: "idempotency_key_reused" }
  /** The first request under the key has not come to an end; ask again in a moment. */
  | { readonly kind: "request_still_running" };

export type ClaimedKey =
  | { readonly kind: "new" }
  | { readonly kind: "answered"; readonly answer: unknown }
  | { readonly kind: "other_request" }
  /** Somebody else has it. Nothing more can be done in this transaction, which will be undone. */
  | { readonly kind: "running" };

/** Keys and first answers, within the transaction that does what was asked for. */
export interface RequestKeyBooks {
  /** Holds the key until the transaction ends; one that somebody else holds is waited for some milliseconds only. */
  claimKey(request: RepeatableRequest): Promise<ClaimedKey>;
  /** Keeps what a repeated request is answered from, as JSON. */
  keepAnswer(request: RepeatableRequest, answer: unknown): Promise<void>;
  /** Nothing was done: the key may be used again, also for something else. */
  freeKey(request: RepeatableRequest): Promise<void>;
}

/** What is kept for a while only. */
export interface KeptAnswers {
  /** Forgets so many answers at most that are older than 48 hours by the database's clock; says how many. */
  forgetOldAnswers(most: number): Promise<number>;
}
