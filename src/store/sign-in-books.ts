import type { Transaction } from "kysely";
import type { SignIn, SignInBooks } from "../application/sign-in-books.ts";
import type { Instant } from "../domain/time.ts";
import { sessionFromRow } from "./access-store.ts";
import { signInFromRow } from "./sign-in-store.ts";
import type { Tables } from "./tables.ts";

/** Sign-ins by the identity provider, changed within a transaction that also records it. */
export function signInBooks(database: Transaction<Tables>): SignInBooks {
  return {
    nameOfStaff: (issuer, subject, candidates, at) => nameOfStaff(database, { issuer, subject }, candidates, at),
    async saveSignIn(token_sha256, signIn) {
      const { issuer, subject, sid } = signIn;
      await database
        .insertInto("oidc_sessions")
        .values({ token_sha256, issuer, subject, sid, claimed_until: null, ...renewable(signIn) })
        .execute();
    },
    async signIn(token_sha256) {
      const row = await database
        .selectFrom("oidc_sessions")
        .selectAll()
        .where("token_sha256", "=", token_sha256)
        .executeTakeFirst();
      return row ? signInFromRow(row) : null;
    },
    async renewSignIn(token_sha256, renewed) {
      await database
        .updateTable("oidc_sessions")
        .set({ ...renewable(renewed), claimed_until: null })
        .where("token_sha256", "=", token_sha256)
        .execute();
    },
    async lockSession(token_sha256) {
      const row = await database
        .selectFrom("sessions")
        .selectAll()
        .where("token_sha256", "=", token_sha256)
        .forUpdate()
        .executeTakeFirst();
      return row ? sessionFromRow(row) : null;
    },
    async changeRoles(token_sha256, roles) {
      await database
        .updateTable("sessions")
        .set({ roles: [...roles] })
        .where("token_sha256", "=", token_sha256)
        .execute();
    },
    async sessionsOf({ issuer, subject, sid }) {
      const rows = await database
        .selectFrom("oidc_sessions")
        .select("token_sha256")
        .where("issuer", "=", issuer)
        .$if(subject !== null, (query) => query.where("subject", "=", subject ?? ""))
        .$if(sid !== null, (query) => query.where("sid", "=", sid))
        .orderBy("token_sha256")
        .execute();
      return rows.map((row) => row.token_sha256);
    },
    async noteLogoutToken(jti_hash, at, forgetFrom) {
      await database.deleteFrom("logout_tokens").where("forget_from", "<", new Date(at)).execute();
      const { numInsertedOrUpdatedRows } = await database
        .insertInto("logout_tokens")
        .values({ jti_hash, forget_from: new Date(forgetFrom) })
        .onConflict((conflict) => conflict.column("jti_hash").doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}

function renewable({ idToken, refreshToken, rolesReadAt, renewAt }: Omit<SignIn, "issuer" | "subject" | "sid">) {
  return {
    id_token: Buffer.from(idToken),
    refresh_token: refreshToken && Buffer.from(refreshToken),
    roles_read_at: new Date(rolesReadAt),
    renew_at: new Date(renewAt),
  };
}

async function nameOfStaff(
  database: Transaction<Tables>,
  person: { readonly issuer: string; readonly subject: string },
  candidates: readonly string[],
  at: Instant,
): Promise<string> {
  const known = () =>
    database
      .selectFrom("staff_names")
      .select("name")
      .where("issuer", "=", person.issuer)
      .where("subject", "=", person.subject)
      .executeTakeFirst();
  for (const name of candidates) {
    const row = await known();
    if (row) return row.name;
    // Also where the person, at this moment, is named by another of their sign-ins.
    await database
      .insertInto("staff_names")
      .values({ ...person, name, since: new Date(at) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const row = await known();
  if (!row) throw new Error("every name of a person is another person's already");
  return row.name;
}
