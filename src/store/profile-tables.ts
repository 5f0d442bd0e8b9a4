import type { Generated } from "kysely";

/** What PostgreSQL holds of contact profiles; see tables.ts. */
export interface ProfileTables {
  contact_profiles: ContactProfilesTable;
}

export interface ContactProfilesTable {
  account: string;
  profile_id: string;
  key_id: string;
  has_key: Generated<boolean>;
  revision: number;
  is_default: boolean;
  created_at: Date;
  changed_at: Date;
  locked: Buffer;
}
