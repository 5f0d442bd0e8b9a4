import { MACHINE_SCOPES, type Permission, permissionsOf, type StaffRole, withImplied } from "../domain/roles.ts";
import type { Instant } from "../domain/time.ts";
import { type AccessStore, hashOfSecret, newSecret, type Principal } from "./access.ts";
import type { Actor, Clock, Identifiers, Ledger, LedgerTransaction } from "./ports.ts";

/** What a key stands for: a machine of the seller with scopes, or a person of the seller with roles. */
export type KeyHolder =
  | { readonly kind: "machine"; readonly scopes: readonly Permission[] }
  /** Acts for the person that it is named after; scopes, where given, leave less than the roles allow. */
  | { readonly kind: "staff"; readonly roles: readonly StaffRole[]; readonly scopes: readonly Permission[] | null };

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly holder: KeyHolder;
  readonly createdAt: Instant;
  /** As the audit names whoever made it. */
  readonly createdBy: string;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
  /** To the minute, roughly. */
  readonly lastUsedAt: Instant | null;
}

export interface ApiKeyPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

export interface NewApiKey {
  readonly name: string;
  readonly holder?: KeyHolder;
  readonly expiresAt?: Instant | null;
}

const MACHINE: KeyHolder = { kind: "machine", scopes: MACHINE_SCOPES };
/** A use within this time of the last one is not written down again. */
const TOUCH_AFTER_MS = 60_000;

export interface CreatedApiKey {
  readonly kind: "created";
  readonly key: ApiKey;
  readonly secret: string;
}

/**
 * Makes a key, of a machine with all scopes unless said otherwise; its secret is shown once and never again. `keptAs`:
 * how the secret stands in the answer where that is kept to be given again.
 */
export async function createApiKey(
  { ledger, clock, identifiers }: ApiKeyPorts,
  actor: Actor,
  { name, holder = MACHINE, expiresAt = null }: NewApiKey,
  keptAs: (secret: string) => string = (secret) => secret,
): Promise<CreatedApiKey> {
  const secret = newSecret("osk");
  const [createdAt, createdBy] = [clock.now(), `${actor.kind}:${actor.id}`];
  const id = identifiers.newId();
  const key: ApiKey = { id, name, holder, createdAt, createdBy, expiresAt, revokedAt: null, lastUsedAt: null };
  return ledger.transaction(async (transaction): Promise<CreatedApiKey> => {
    await transaction.insertApiKey(key, hashOfSecret(secret));
    await auditKey(transaction, actor, "api_key.created", key, createdAt);
    return { kind: "created", key, secret: keptAs(secret) };
  });
}

/** Ends a key at once; false when there is no such key, or it was revoked before. */
export async function revokeApiKey(
  { ledger, clock }: Pick<ApiKeyPorts, "ledger" | "clock">,
  actor: Actor,
  id: string,
): Promise<boolean> {
  const at = clock.now();
  return ledger.transaction(async (transaction) => {
    const key = await transaction.revokeApiKey(id, at);
    if (key) await auditKey(transaction, actor, "api_key.revoked", key, at);
    return key !== null;
  });
}

/** Whose secret it is; null when nobody's, or of a key that was revoked or has expired. */
export async function principalOfApiKey(
  { access, clock }: { readonly access: AccessStore; readonly clock: Clock },
  secret: string,
): Promise<Principal | null> {
  const key = await access.findApiKey(hashOfSecret(secret));
  const at = clock.now();
  if (key === null || stateOfKey(key, at) !== "active") return null;
  if (key.lastUsedAt === null || at - key.lastUsedAt > TOUCH_AFTER_MS) await access.touchApiKey(key.id, at);
  const { holder, name, id } = key;
  if (holder.kind === "machine") return { kind: "machine", key: id, permissions: withImplied(holder.scopes) };
  const { roles, scopes } = holder;
  const scoped = scopes && withImplied(scopes);
  const permissions = [...permissionsOf(roles)].filter((permission) => scoped?.has(permission) ?? true);
  return { kind: "staff", person: name, roles, permissions: new Set(permissions) };
}

export function stateOfKey({ revokedAt, expiresAt }: ApiKey, at: Instant): "active" | "revoked" | "expired" {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= at ? "expired" : "active";
}

async function auditKey(
  transaction: LedgerTransaction,
  actor: Actor,
  action: "api_key.created" | "api_key.revoked",
  { id, name, holder, expiresAt }: ApiKey,
  at: Instant,
): Promise<void> {
  await transaction.audit({
    ...{ at, actor, action },
    account: null,
    objectKind: "api_key",
    objectId: id,
    policyVersion: null,
    detail: {
      name,
      roles: holder.kind === "machine" ? "machine" : holder.roles.join(","),
      scopes: holder.scopes?.join(",") ?? null,
      expiresAt,
    },
  });
}
