import { createHash, randomBytes } from "node:crypto";
import type { AccountId } from "../domain/identifiers.ts";
import { TICKET_QUEUES, type TicketQueue } from "../domain/ticket.ts";
import type { Instant } from "../domain/time.ts";
import { instantOf } from "../domain/time.ts";
import type { Clock, Identifiers } from "./ports.ts";

/**
 * Who is asking: a buyer sees one account, a machine of the seller sees all, and a person at one of the desks sees all
 * orders and contracts and the tickets of the own queue.
 */
export type Principal =
  | { readonly role: "buyer"; readonly account: AccountId; readonly name: string }
  | { readonly role: "machine"; readonly key: string }
  | { readonly role: "desk"; readonly queue: TicketQueue; readonly person: string };

/** What a key stands for: a machine of the seller, or somebody at a desk. */
export const KEY_ROLES = ["machine", ...TICKET_QUEUES] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** Who has signed in; `name` is what the audit calls them. */
export type SessionHolder =
  | { readonly role: "buyer"; readonly account: AccountId; readonly name: string }
  | { readonly role: TicketQueue; readonly name: string };

/** Secrets are stored as SHA-256 only: they are 256 random bits, so a slow hash would add nothing. */
export interface AccessStore {
  saveSession(tokenSha256: string, holder: SessionHolder, expiresAt: Instant): Promise<void>;
  findSession(tokenSha256: string, at: Instant): Promise<SessionHolder | null>;
  endSession(tokenSha256: string): Promise<void>;
  /** Deletes so many sessions at most that had ended by `before`; says how many. */
  forgetSessions(before: Instant, most: number): Promise<number>;
  saveApiKey(key: ApiKey, tokenSha256: string): Promise<void>;
  findApiKey(tokenSha256: string): Promise<ApiKey | null>;
  listApiKeys(): Promise<readonly ApiKey[]>;
  /** False when there is no such key. */
  revokeApiKey(id: string, at: Instant): Promise<boolean>;
}

interface AccessPorts {
  readonly access: AccessStore;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

const SESSION_HOURS = 12;

/** Opens a session; the token is shown once and lives twelve hours. */
export async function openSession(
  { access, clock }: AccessPorts,
  holder: SessionHolder,
): Promise<{ token: string; expiresAt: Instant }> {
  const token = `oss_${randomBytes(32).toString("base64url")}`;
  const expiresAt = instantOf(clock.now() + SESSION_HOURS * 3_600_000);
  await access.saveSession(sha256(token), holder, expiresAt);
  return { token, expiresAt };
}

export async function principalOfSession({ access, clock }: AccessPorts, token: string): Promise<Principal | null> {
  const holder = await access.findSession(sha256(token), clock.now());
  if (holder === null || holder.role === "buyer") return holder;
  return { role: "desk", queue: holder.role, person: holder.name };
}

export async function endSession({ access }: AccessPorts, token: string): Promise<void> {
  await access.endSession(sha256(token));
}

/** Creates a machine key; its secret is shown once and never again. */
export async function createApiKey(
  { access, clock, identifiers }: AccessPorts,
  name: string,
  role: KeyRole = "machine",
): Promise<{ key: ApiKey; secret: string }> {
  const secret = `osk_${randomBytes(32).toString("base64url")}`;
  const key = { id: identifiers.newId(), name, role, createdAt: clock.now(), revokedAt: null };
  await access.saveApiKey(key, sha256(secret));
  return { key, secret };
}

export async function principalOfApiKey({ access }: AccessPorts, secret: string): Promise<Principal | null> {
  const key = await access.findApiKey(sha256(secret));
  if (key === null || key.revokedAt !== null) return null;
  // A desk's key acts for the person it is named after.
  return key.role === "machine"
    ? { role: "machine", key: key.id }
    : { role: "desk", queue: key.role, person: key.name };
}

function sha256(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
