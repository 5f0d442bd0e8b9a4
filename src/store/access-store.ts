import type { AccessStore, ApiKey } from "../application/access.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";

/** Sessions and machine keys in PostgreSQL, found by the hash of their secret. */
export function openAccessStore(database: Database): AccessStore {
  return {
    async saveSession(token_sha256, account, name, expiresAt) {
      const expires_at = new Date(expiresAt);
      await database.insertInto("sessions").values({ token_sha256, account, name, expires_at }).execute();
    },
    async findSession(token_sha256, at) {
      const row = await database
        .selectFrom("sessions")
        .select(["account", "name"])
        .where("token_sha256", "=", token_sha256)
        .where("expires_at", ">", new Date(at))
        .executeTakeFirst();
      return row ? { account: row.account as AccountId, name: row.name } : null;
    },
    async endSession(token_sha256) {
      await database.deleteFrom("sessions").where("token_sha256", "=", token_sha256).execute();
    },
    async saveApiKey({ id, name, createdAt }, token_sha256) {
      const row = { key_id: id, token_sha256, name, created_at: new Date(createdAt), revoked_at: null };
      await database.insertInto("api_keys").values(row).execute();
    },
    async findApiKey(token_sha256) {
      const row = await database
        .selectFrom("api_keys")
        .selectAll()
        .where("token_sha256", "=", token_sha256)
        .executeTakeFirst();
      return row ? keyFromRow(row) : null;
    },
    async listApiKeys() {
      return (await database.selectFrom("api_keys").selectAll().orderBy("created_at").execute()).map(keyFromRow);
    },
    async revokeApiKey(id, at) {
      const { numUpdatedRows } = await database
        .updateTable("api_keys")
        .set({ revoked_at: new Date(at) })
        .where("key_id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function keyFromRow(row: { key_id: string; name: string; created_at: Date; revoked_at: Date | null }): ApiKey {
  return {
    id: row.key_id,
    name: row.name,
    createdAt: instantOf(row.created_at.getTime()),
    revokedAt: row.revoked_at && instantOf(row.revoked_at.getTime()),
  };
}
