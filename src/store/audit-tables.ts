import type { ColumnType, Generated } from "kysely";

/** What PostgreSQL holds of the audit; see tables.ts. */
export interface AuditTables {
  audit_entries: AuditEntriesTable;
  audit_batches: AuditBatchesTable;
  audit_head: {
    only_one: Generated<boolean>;
    batch: string | number;
    position: string | number;
    event: string | number;
    has_adopted: boolean;
  };
  audit_adopted: { object_kind: string; account: string | null; object_id: string; object_state: string };
}

interface AuditEntriesTable {
  entry_id: string;
  at: Date;
  actor_kind: string;
  actor: string;
  action: string;
  account: string | null;
  object_kind: string;
  object_id: string;
  policy_version: number | null;
  detail: ColumnType<unknown, string, string>;
  origin: Generated<string | null>;
  recorded_at: Generated<Date>;
  position: Generated<string | number | null>;
  object_state: Generated<string | null>;
  mac: Generated<Buffer | null>;
  mac_key: Generated<string | null>;
}

interface AuditBatchesTable {
  batch: string | number;
  last_position: string | number;
  entry_hashes: Buffer;
  last_event: string | number;
  event_hashes: Buffer;
  previous_hash: string;
  made_at: Date;
  key_id: string;
  hash: string;
  signature: Buffer;
}
