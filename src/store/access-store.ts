import type { Selectable } from "kysely";
import type { AccessStore, ApiKey, KeyRole } from "../application/access.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { TicketQueue } from "../domain/ticket.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Sessions and machine keys in PostgreSQL, found by the hash of their secret. */
export function openAccessStore(database: Database): AccessStore {
  return {
    async saveSession(token_sha256, holder, expiresAt) {
      const { role, name } = holder;
      const account = holder.role === "buyer" ? holder.account : null;
      const expires_at = new Date(expiresAt);
      await database.insertInto("sessions").values({ token_sha256, account, role, name, expires_at }).execute();
    },
    async findSession(token_sha256, at) {
      const row = await database
        .selectFrom("sessions")
        .select(["account", "role", "name"])
        .where("token_sha256", "=", token_sha256)
        .where("expires_at", ">", new Date(at))
        .executeTakeFirst();
      if (!row) return null;
      const { account, role, name } = row;
      return account === null
        ? { role: role as TicketQueue, name }
        : { role: "buyer", account: account as AccountId, name };
    },
    async endSession(token_sha256) {
      await database.deleteFrom("sessions").where("token_sha256", "=", token_sha256).execute();
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
    async saveApiKey({ id, name, role, createdAt }, token_sha256) {
      const row = { key_id: id, token_sha256, name, role, created_at: new Date(createdAt), revoked_at: null };
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

function keyFromRow(row: Omit<Selectable<Tables["api_keys"]>, "token_sha256">): ApiKey {
  return {
    id: row.key_id,
    name: row.name,
    role: row.role as KeyRole,
    createdAt: instantOf(row.created_at.getTime()),
    revokedAt: row.revoked_at && instantOf(row.revoked_at.getTime()),
  };
}
