import type { AccessStore } from "../application/access.ts";
import type { ApiKey, KeyHolder } from "../application/api-keys.ts";
import type { Session, SessionHolder, SessionSource } from "../application/sessions.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Language } from "../domain/localized.ts";
import type { BuyerRole, Permission, StaffRole } from "../domain/roles.ts";
import { instantOf } from "../domain/time.ts";
import type { ApiKeysTable, SessionsTable } from "./access-tables.ts";
import type { Database } from "./database.ts";

/** Sessions and keys in PostgreSQL, found by the hash of their secret. */
export function openAccessStore(database: Database): AccessStore {
  return {
    async findSession(token_sha256, at) {
      const row = await database
        .selectFrom("sessions")
        .selectAll()
        .where("token_sha256", "=", token_sha256)
        .where("idle_until", ">", new Date(at))
        .where("expires_at", ">", new Date(at))
        .executeTakeFirst();
      return row ? sessionFromRow(row) : null;
    },
    async touchSession(token_sha256, idleUntil) {
      await database
        .updateTable("sessions")
        .set({ idle_until: new Date(idleUntil) })
        .where("token_sha256", "=", token_sha256)
        .execute();
    },
    async listSessions(at) {
      const rows = await database
        .selectFrom("sessions")
        .selectAll()
        .where("idle_until", ">", new Date(at))
        .where("expires_at", ">", new Date(at))
        .orderBy("opened_at", "desc")
        .execute();
      return rows.map(sessionFromRow);
    },
    async forgetSessions(before, most) {
      const { numDeletedRows } = await database
        .deleteFrom("sessions")
        .where("token_sha256", "in", (query) =>
          query
            .selectFrom("sessions as ended")
            .select("ended.token_sha256")
            .where("ended.expires_at", "<", new Date(before))
            .orderBy("ended.expires_at")
            .limit(most)
            .forUpdate()
            .skipLocked(),
        )
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async findApiKey(token_sha256) {
      const row = await database
        .selectFrom("api_keys")
        .selectAll()
        .where("token_sha256", "=", token_sha256)
        .executeTakeFirst();
      return row ? keyFromRow(row) : null;
    },
    async touchApiKey(id, at) {
      await database
        .updateTable("api_keys")
        .set({ last_used_at: new Date(at) })
        .where("key_id", "=", id)
        .execute();
    },
    async listApiKeys() {
      return (await database.selectFrom("api_keys").selectAll().orderBy("created_at").execute()).map(keyFromRow);
    },
  };
}

export function sessionFromRow(row: SessionsTable): Session {
  const [role] = row.roles;
  const holder: SessionHolder =
    row.account === null
      ? { kind: "staff", roles: row.roles as StaffRole[], name: row.name }
      : { kind: "buyer", account: row.account as AccountId, role: role as BuyerRole, name: row.name };
  return {
    holder,
    source: row.source as SessionSource,
    openedAt: instantOf(row.opened_at.getTime()),
    expiresAt: instantOf(row.expires_at.getTime()),
    idleUntil: instantOf(row.idle_until.getTime()),
    returnUrl: row.return_url,
    language: row.language as Language | null,
  };
}

export function keyFromRow(row: ApiKeysTable): ApiKey {
  const scopes = row.scopes as Permission[] | null;
  const holder: KeyHolder =
    row.roles.length === 0
      ? { kind: "machine", scopes: scopes ?? [] }
      : { kind: "staff", roles: row.roles as StaffRole[], scopes };
  return {
    id: row.key_id,
    name: row.name,
    holder,
    createdAt: instantOf(row.created_at.getTime()),
    createdBy: row.created_by,
    expiresAt: row.expires_at && instantOf(row.expires_at.getTime()),
    revokedAt: row.revoked_at && instantOf(row.revoked_at.getTime()),
    lastUsedAt: row.last_used_at && instantOf(row.last_used_at.getTime()),
  };
}
