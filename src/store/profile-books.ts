import type { Transaction } from "kysely";
import type { ProfileBooks } from "../application/profile-books.ts";
import type { KeptProfile } from "../domain/contact-profile.ts";
import { PROFILE_COLUMNS, profileFromRow } from "./profile-shelf.ts";
import type { Tables } from "./tables.ts";

/** Contact profiles within one PostgreSQL transaction. Whoever changes them locks the account first. */
export function profileBooks(database: Transaction<Tables>): ProfileBooks {
  return {
    async profilesOf(account) {
      const rows = await database
        .selectFrom("contact_profiles")
        .select(PROFILE_COLUMNS)
        .where("account", "=", account)
        .orderBy("created_at")
        .orderBy("profile_id")
        .execute();
      return rows.map(profileFromRow);
    },
    async insertProfile(profile, key_id, locked) {
      const { account, id, createdAt } = profile;
      await database
        .insertInto("contact_profiles")
        .values({
          ...{ account, profile_id: id, created_at: new Date(createdAt) },
          ...whatChanges(profile, key_id, locked),
        })
        .execute();
    },
    async saveProfile(profile, key_id, locked) {
      await database
        .updateTable("contact_profiles")
        .set(whatChanges(profile, key_id, locked))
        .where("account", "=", profile.account)
        .where("profile_id", "=", profile.id)
        .execute();
    },
    async deleteProfile(account, id) {
      await database
        .deleteFrom("contact_profiles")
        .where("account", "=", account)
        .where("profile_id", "=", id)
        .execute();
    },
    async markDefault(account, id, isDefault) {
      await database
        .updateTable("contact_profiles")
        .set({ is_default: isDefault })
        .where("account", "=", account)
        .where("profile_id", "=", id)
        .execute();
    },
    async deleteProfiles(account) {
      const { numDeletedRows } = await database
        .deleteFrom("contact_profiles")
        .where("account", "=", account)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function whatChanges({ revision, isDefault, changedAt }: KeptProfile, key_id: string, locked: Uint8Array) {
  return { key_id, revision, is_default: isDefault, changed_at: new Date(changedAt), locked: Buffer.from(locked) };
}
