import { createHash, randomBytes } from "node:crypto";
import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import { instantOf } from "../domain/time.ts";
import type { Clock, Identifiers } from "./ports.ts";

/** Who is asking: a buyer sees one account, a machine of the seller sees all. */
export type Principal =
  | { readonly role: "buyer"; readonly account: AccountId; readonly name: string }
  | { readonly role: "machine"; readonly key: string };

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** Secrets are stored as SHA-256 only: they are 256 random bits, so a slow hash would add nothing. */
export interface AccessStore {
  saveSession(tokenSha256: string, account: AccountId, name: string, expiresAt: Instant): Promise<void>;
  findSession(tokenSha256: string, at: Instant): Promise<{ account: AccountId; name: string } | null>;
  endSession(tokenSha256: string): Promise<void>;
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

/** Opens a buyer's session; the token is shown once and lives twelve hours. */
export async function openSession(
  { access, clock }: AccessPorts,
  account: AccountId,
  name: string,
): Promise<{ token: string; expiresAt: Instant }> {
  const token = `oss_${randomBytes(32).toString("base64url")}`;
  const expiresAt = instantOf(clock.now() + SESSION_HOURS * 3_600_000);
  await access.saveSession(sha256(token), account, name, expiresAt);
  return { token, expiresAt };
}

export async function principalOfSession({ access, clock }: AccessPorts, token: string): Promise<Principal | null> {
  const session = await access.findSession(sha256(token), clock.now());
  return session && { role: "buyer", ...session };
}

export async function endSession({ access }: AccessPorts, token: string): Promise<void> {
  await access.endSession(sha256(token));
}

/** Creates a machine key; its secret is shown once and never again. */
export async function createApiKey(
  { access, clock, identifiers }: AccessPorts,
  name: string,
): Promise<{ key: ApiKey; secret: string }> {
  const secret = `osk_${randomBytes(32).toString("base64url")}`;
  const key = { id: identifiers.newId(), name, createdAt: clock.now(), revokedAt: null };
  await access.saveApiKey(key, sha256(secret));
  return { key, secret };
}

export async function principalOfApiKey({ access }: AccessPorts, secret: string): Promise<Principal | null> {
  const key = await access.findApiKey(sha256(secret));
  return key && key.revokedAt === null ? { role: "machine", key: key.id } : null;
}

function sha256(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
