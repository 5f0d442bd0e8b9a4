import type { ProfileShelf } from "../application/profile-books.ts";
import type { ContactProfileId, KeptProfile } from "../domain/contact-profile.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";
import { openEvidenceShelf } from "./evidence-shelf.ts";
import type { ContactProfilesTable } from "./profile-tables.ts";

export const PROFILE_COLUMNS = ["account", "profile_id", "revision", "is_default", "created_at", "changed_at"] as const;

/** Contact profiles, read outside of transactions. */
export function openProfileShelf(database: Database): ProfileShelf {
  const { accountKey } = openEvidenceShelf(database);
  return {
    async lockedProfiles(account) {
      const found = await accountKey(account);
      if (!found) return null;
      const { key } = found;
      // Under another key there are only those that were made after an erasure which has come between.
      const rows = key
        ? await database
            .selectFrom("contact_profiles")
            .select(PROFILE_COLUMNS)
            .select("locked")
            .where("account", "=", account)
            .where("key_id", "=", key.id)
            .orderBy("is_default", "desc")
            .orderBy("created_at")
            .orderBy("profile_id")
            .execute()
        : [];
      return { key, profiles: rows.map((row) => ({ profile: profileFromRow(row), locked: row.locked })) };
    },
  };
}

export function profileFromRow(row: Pick<ContactProfilesTable, (typeof PROFILE_COLUMNS)[number]>): KeptProfile {
  return {
    account: row.account as AccountId,
    id: row.profile_id as ContactProfileId,
    revision: row.revision,
    isDefault: row.is_default,
    createdAt: instantOf(row.created_at.getTime()),
    changedAt: instantOf(row.changed_at.getTime()),
  };
}
