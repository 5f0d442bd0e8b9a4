import type { Generated } from "kysely";

/** What PostgreSQL holds of evidence, its keys and their erasure; see tables.ts. */
export interface EvidenceTables {
  account_keys: AccountKeysTable;
  account_erasures: ErasuresTable;
  evidence: EvidenceTable;
}

interface AccountKeysTable {
  account: string;
  key_id: string;
  wrapped: Buffer | null;
  created_at: Date;
  erasure_id: string | null;
}

export interface ErasuresTable {
  account: string;
  erasure_id: string;
  at: Date;
  reason: string;
  reference: string | null;
  repeats: Date | null;
  evidence: number;
}

export interface EvidenceTable {
  account: string;
  evidence_id: string;
  key_id: string;
  has_key: Generated<boolean>;
  kind: string;
  format: string;
  bytes: number;
  given_at: Date;
  locked: Buffer;
}
