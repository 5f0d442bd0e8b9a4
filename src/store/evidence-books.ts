import type { Transaction } from "kysely";
import type { AccountKeyId } from "../application/account-keys.ts";
import type { EvidenceBooks } from "../application/evidence-books.ts";
import { erasureFromRow } from "./evidence-shelf.ts";
import type { Tables } from "./tables.ts";

/** What is kept under keys of these routes tells of personal data: the hash of a file or of a form, facts, who was let in. */
const ANSWERS_ABOUT_PERSONS = ["giveEvidence", "createContactProfile", "createPortalSession"];

/** Evidence, its keys and erasures within one PostgreSQL transaction. Whoever changes them locks the account first. */
export function evidenceBooks(database: Transaction<Tables>): EvidenceBooks {
  return {
    async lockAccount(account) {
      const row = await database
        .selectFrom("accounts")
        .select("account")
        .where("account", "=", account)
        .forNoKeyUpdate()
        .executeTakeFirst();
      return row !== undefined;
    },
    async currentKey(account) {
      const row = await database
        .selectFrom("account_keys")
        .select(["key_id", "wrapped"])
        .where("account", "=", account)
        .where("wrapped", "is not", null)
        .executeTakeFirst();
      return row?.wrapped ? { id: row.key_id as AccountKeyId, wrapped: row.wrapped } : null;
    },
    async insertAccountKey(account, { id, wrapped }, at) {
      await database
        .insertInto("account_keys")
        .values({ account, key_id: id, wrapped: Buffer.from(wrapped), created_at: new Date(at), erasure_id: null })
        .execute();
    },
    async countEvidence(account) {
      const { count } = await database
        .selectFrom("evidence")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .where("account", "=", account)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async insertEvidence({ account, id, kind, format, bytes, givenAt }, key_id, locked) {
      await database
        .insertInto("evidence")
        .values({
          ...{ account, evidence_id: id, key_id, kind, format, bytes },
          given_at: new Date(givenAt),
          locked: Buffer.from(locked),
        })
        .execute();
    },
    async holdEvidence(account, id) {
      const row = await database
        .selectFrom("evidence")
        .select("evidence_id")
        .where("account", "=", account)
        .where("evidence_id", "=", id)
        .forShare()
        .executeTakeFirst();
      return row !== undefined;
    },
    async deleteEvidence(account) {
      const { numDeletedRows } = await database
        .deleteFrom("evidence")
        .where("account", "=", account)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async lastErasure(account) {
      const row = await database
        .selectFrom("account_erasures")
        .selectAll()
        .where("account", "=", account)
        .orderBy("at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row ? erasureFromRow(row) : null;
    },
    async insertErasure({ account, id, at, reason, reference, repeats, evidence }) {
      await database
        .insertInto("account_erasures")
        .values({
          ...{ account, erasure_id: id, reason, reference, evidence },
          at: new Date(at),
          repeats: repeats === null ? null : new Date(repeats),
        })
        .execute();
    },
    async eraseAccountKey(account, { id }) {
      const { numUpdatedRows } = await database
        .updateTable("account_keys")
        .set({ wrapped: null, erasure_id: id })
        .where("account", "=", account)
        .where("wrapped", "is not", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async endAccess(account) {
      const sessions = await database.deleteFrom("sessions").where("account", "=", account).executeTakeFirst();
      const links = await database.deleteFrom("portal_links").where("account", "=", account).executeTakeFirst();
      await database
        .deleteFrom("idempotency_keys")
        .where("owner", "=", account)
        .where("route", "in", ANSWERS_ABOUT_PERSONS)
        .execute();
      return { sessions: Number(sessions.numDeletedRows), links: Number(links.numDeletedRows) };
    },
  };
}
