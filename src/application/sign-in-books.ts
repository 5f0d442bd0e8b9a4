import type { StaffRole } from "../domain/roles.ts";
import type { Instant } from "../domain/time.ts";
import type { Session } from "./sessions.ts";

/** A sign-in under way at the identity provider. */
export interface PendingSignIn {
  readonly stateSha256: string;
  readonly browserSha256: string;
  readonly nonce: string;
  /** Locked. */
  readonly verifier: Uint8Array;
  /** The page that was wanted: a path of ours. */
  readonly next: string;
  readonly expiresAt: Instant;
}

/** What stands behind a session that was opened by the identity provider. */
export interface SignIn {
  readonly issuer: string;
  readonly subject: string;
  readonly sid: string | null;
  /** Locked. */
  readonly idToken: Uint8Array;
  /** Locked. */
  readonly refreshToken: Uint8Array | null;
  readonly rolesReadAt: Instant;
  readonly renewAt: Instant;
}

/** Whose sessions: all of a person's, or those that belong to one session at the provider. */
interface SignInOf {
  readonly issuer: string;
  readonly subject: string | null;
  readonly sid: string | null;
}

/** Outside of transactions: each a single statement. */
export interface SignInStore {
  /** Also forgets those that have expired. */
  savePending(pending: PendingSignIn, at: Instant): Promise<void>;
  /** Takes it away; null when it was taken before, or never was. Also one that has expired. */
  takePending(stateSha256: string): Promise<PendingSignIn | null>;
  /** When the roles were read and will be read again; null when there is no such sign-in. */
  renewalOf(tokenSha256: string): Promise<Pick<SignIn, "rolesReadAt" | "renewAt"> | null>;
  /** The sign-in, if it is due and nobody else has claimed it; it is the caller's until then. */
  claimRenewal(tokenSha256: string, at: Instant, until: Instant): Promise<SignIn | null>;
  /** Nobody tries again until then. */
  putOffRenewal(tokenSha256: string, until: Instant): Promise<void>;
}

/** Within the transaction that also records it. */
export interface SignInBooks {
  /** What the person is called, from the first time on; `candidates` in their order, the first that nobody else has. */
  nameOfStaff(issuer: string, subject: string, candidates: readonly string[], at: Instant): Promise<string>;
  saveSignIn(tokenSha256: string, signIn: SignIn): Promise<void>;
  /** Null when the session was not opened so. */
  signIn(tokenSha256: string): Promise<SignIn | null>;
  /** Sets the tokens and instants, and lets go of the claim. */
  renewSignIn(tokenSha256: string, renewed: Omit<SignIn, "issuer" | "subject" | "sid">): Promise<void>;
  /** The session, locked until the transaction ends; whoever locks it and its sign-in locks it first. */
  lockSession(tokenSha256: string): Promise<Session | null>;
  changeRoles(tokenSha256: string, roles: readonly StaffRole[]): Promise<void>;
  sessionsOf(of: SignInOf): Promise<readonly string[]>;
  /** Notes a logout token; false when it was noted before. Also forgets those that need not be known any more. */
  noteLogoutToken(jtiSha256: string, at: Instant, forgetFrom: Instant): Promise<boolean>;
}
