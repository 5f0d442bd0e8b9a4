import type { ColumnType } from "kysely";

/** What waits for a second person. */
export interface ProposalTables {
  proposals: ProposalsTable;
}

interface ProposalsTable {
  proposal_id: string;
  kind: string;
  account: string | null;
  object: string;
  reason: string | null;
  detail: ColumnType<unknown, string, never>;
  proposed_by: string;
  proposed_at: Date;
  state: string;
  decided_by: string | null;
  decided_at: Date | null;
}
