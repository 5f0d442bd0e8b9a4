import type { Transaction } from "kysely";
import type { AccessBooks } from "../application/access.ts";
import type { PortalLinkBooks } from "../application/portal-links.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Language } from "../domain/localized.ts";
import type { BuyerRole } from "../domain/roles.ts";
import { instantOf } from "../domain/time.ts";
import { keyFromRow, sessionFromRow } from "./access-store.ts";
import type { Tables } from "./tables.ts";

/** Sessions, keys and links of the portal, changed within a transaction that also records it. */
export function accessBooks(database: Transaction<Tables>): AccessBooks & PortalLinkBooks {
  return {
    async saveSession(token_sha256, { holder, source, openedAt, expiresAt, idleUntil, returnUrl, language }) {
      await database
        .insertInto("sessions")
        .values({
          token_sha256,
          account: holder.kind === "buyer" ? holder.account : null,
          roles: holder.kind === "buyer" ? [holder.role] : [...holder.roles],
          name: holder.name,
          source,
          opened_at: new Date(openedAt),
          expires_at: new Date(expiresAt),
          idle_until: new Date(idleUntil),
          return_url: returnUrl,
          language,
        })
        .execute();
    },
    async deleteSession(token_sha256) {
      const row = await database
        .deleteFrom("sessions")
        .where("token_sha256", "=", token_sha256)
        .returningAll()
        .executeTakeFirst();
      return row ? sessionFromRow(row) : null;
    },
    async deleteSessions(whose) {
      let sessions = database.deleteFrom("sessions");
      let links = database.deleteFrom("portal_links");
      if (whose.kind === "account") {
        sessions = sessions.where("account", "=", whose.account);
        links = links.where("account", "=", whose.account);
      } else if (whose.kind === "name") {
        sessions = sessions.where("name", "=", whose.name);
        links = links.where("name", "=", whose.name);
      }
      await links.execute();
      return (await sessions.returningAll().execute()).map(sessionFromRow);
    },
    async insertApiKey({ id, name, holder, createdAt, createdBy, expiresAt }, token_sha256) {
      await database
        .insertInto("api_keys")
        .values({
          key_id: id,
          token_sha256,
          name,
          roles: holder.kind === "machine" ? [] : [...holder.roles],
          scopes: holder.scopes && [...holder.scopes],
          created_at: new Date(createdAt),
          created_by: createdBy,
          expires_at: expiresAt === null ? null : new Date(expiresAt),
          revoked_at: null,
          last_used_at: null,
        })
        .execute();
    },
    async revokeApiKey(id, at) {
      const row = await database
        .updateTable("api_keys")
        .set({ revoked_at: new Date(at) })
        .where("key_id", "=", id)
        .where("revoked_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      return row ? keyFromRow(row) : null;
    },
    async insertPortalLink(
      token_sha256,
      { account, role, name, returnUrl, language, isEmbedded, createdAt, expiresAt },
    ) {
      await database
        .insertInto("portal_links")
        .values({
          token_sha256,
          ...{ account, role, name, language },
          return_url: returnUrl,
          embedded: isEmbedded,
          created_at: new Date(createdAt),
          expires_at: new Date(expiresAt),
        })
        .execute();
    },
    async usePortalLink(token_sha256) {
      const row = await database
        .deleteFrom("portal_links")
        .where("token_sha256", "=", token_sha256)
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      return {
        account: row.account as AccountId,
        role: row.role as BuyerRole,
        name: row.name,
        returnUrl: row.return_url,
        language: row.language as Language | null,
        isEmbedded: row.embedded,
        createdAt: instantOf(row.created_at.getTime()),
        expiresAt: instantOf(row.expires_at.getTime()),
      };
    },
    async forgetPortalLinks(before) {
      await database.deleteFrom("portal_links").where("expires_at", "<", new Date(before)).execute();
    },
  };
}
