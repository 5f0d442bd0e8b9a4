import type { PendingSignIn, SignIn, SignInStore } from "../application/sign-in-books.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";
import type { OidcSessionsTable } from "./oidc-tables.ts";

/** Sign-ins under way, and whose turn it is to renew one, in PostgreSQL: any node goes on with what another began. */
export function openSignInStore(database: Database): SignInStore {
  return {
    async savePending({ stateSha256, browserSha256, nonce, verifier, next, expiresAt }, at) {
      await database.deleteFrom("pending_sign_ins").where("expires_at", "<", new Date(at)).execute();
      await database
        .insertInto("pending_sign_ins")
        .values({
          state_hash: stateSha256,
          browser_hash: browserSha256,
          ...{ nonce, next, verifier: Buffer.from(verifier) },
          expires_at: new Date(expiresAt),
        })
        .execute();
    },
    takePending: (stateSha256) => takePending(database, stateSha256),
    async renewalOf(tokenSha256) {
      const row = await database
        .selectFrom("oidc_sessions")
        .select(["roles_read_at", "renew_at"])
        .where("token_sha256", "=", tokenSha256)
        .executeTakeFirst();
      return row
        ? { rolesReadAt: instantOf(row.roles_read_at.getTime()), renewAt: instantOf(row.renew_at.getTime()) }
        : null;
    },
    async claimRenewal(tokenSha256, at, until) {
      const row = await database
        .updateTable("oidc_sessions")
        .set({ claimed_until: new Date(until) })
        .where("token_sha256", "=", tokenSha256)
        .where("renew_at", "<=", new Date(at))
        .where((where) => where.or([where("claimed_until", "is", null), where("claimed_until", "<=", new Date(at))]))
        .returningAll()
        .executeTakeFirst();
      return row ? signInFromRow(row) : null;
    },
    async putOffRenewal(tokenSha256, until) {
      await database
        .updateTable("oidc_sessions")
        .set({ claimed_until: new Date(until) })
        .where("token_sha256", "=", tokenSha256)
        .execute();
    },
  };
}

async function takePending(database: Database, stateSha256: string): Promise<PendingSignIn | null> {
  const row = await database
    .deleteFrom("pending_sign_ins")
    .where("state_hash", "=", stateSha256)
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  return {
    stateSha256,
    browserSha256: row.browser_hash,
    nonce: row.nonce,
    verifier: row.verifier,
    next: row.next,
    expiresAt: instantOf(row.expires_at.getTime()),
  };
}

export function signInFromRow(row: OidcSessionsTable): SignIn {
  return {
    issuer: row.issuer,
    subject: row.subject,
    sid: row.sid,
    idToken: row.id_token,
    refreshToken: row.refresh_token,
    rolesReadAt: instantOf(row.roles_read_at.getTime()),
    renewAt: instantOf(row.renew_at.getTime()),
  };
}
