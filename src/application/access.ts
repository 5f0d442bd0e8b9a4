import { createHash, randomBytes } from "node:crypto";
import type { AccountId } from "../domain/identifiers.ts";
import type { Permission, StaffRole } from "../domain/roles.ts";
import type { Instant } from "../domain/time.ts";
import type { ApiKey } from "./api-keys.ts";
import type { Session, WhoseSessions } from "./sessions.ts";

/**
 * Who is asking: a buyer, who sees one account; a machine of the seller, which sees all; or a person of the seller, who
 * sees all accounts, and the tickets that the roles say.
 */
export type Principal = { readonly permissions: ReadonlySet<Permission> } & (
  | { readonly kind: "buyer"; readonly account: AccountId; readonly name: string }
  | { readonly kind: "machine"; readonly key: string }
  | { readonly kind: "staff"; readonly person: string; readonly roles: readonly StaffRole[] }
);

/** How sessions and keys are found by their secrets. They are stored as SHA-256 only: of 256 random bits a slow hash would add nothing. */
export interface AccessStore {
  /** Null when absent, ended, or left idle for too long. */
  findSession(tokenSha256: string, at: Instant): Promise<Session | null>;
  /** Notes that it is in use, so that it does not end as idle before `idleUntil`. */
  touchSession(tokenSha256: string, idleUntil: Instant): Promise<void>;
  /** Those that have not ended by `at`, newest first. */
  listSessions(at: Instant): Promise<readonly Session[]>;
  /** Deletes so many sessions at most that had ended by `before`; says how many. */
  forgetSessions(before: Instant, most: number): Promise<number>;
  /** Also one that is revoked or has expired. */
  findApiKey(tokenSha256: string): Promise<ApiKey | null>;
  touchApiKey(id: string, at: Instant): Promise<void>;
  listApiKeys(): Promise<readonly ApiKey[]>;
}

/** How sessions and keys are changed, in the transaction that also records it. */
export interface AccessBooks {
  saveSession(tokenSha256: string, session: Session): Promise<void>;
  /** The session that was there; null when it had gone already. */
  deleteSession(tokenSha256: string): Promise<Session | null>;
  /** The sessions that were there; links of the portal into the same accounts go with them. */
  deleteSessions(whose: WhoseSessions): Promise<readonly Session[]>;
  insertApiKey(key: ApiKey, tokenSha256: string): Promise<void>;
  /** The key as it is now; null when there is no such key, or it was revoked before. */
  revokeApiKey(id: string, at: Instant): Promise<ApiKey | null>;
}

/** 256 random bits behind a prefix that tells what leaked, should one turn up in a log or a repository. */
export function newSecret(prefix: "oss" | "osk" | "osp" | "osb"): string {
  return `${prefix}_${randomBytes(32).toString("base64url")}`;
}

export function hashOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
