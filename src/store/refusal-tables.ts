import type { ColumnType } from "kysely";

/** Who was refused a contract, and why. */
export interface RefusalTables {
  refusals: RefusalsTable;
}

interface RefusalsTable {
  account: string;
  refusal_id: string;
  at: Date;
  /** "2026-10-12"; read as text, since the driver would make it an instant of the server's zone. */
  day: ColumnType<never, string, never>;
  code: string;
  policy_version: number;
  order_id: string | null;
  cycle: string | null;
  asked_for: string;
  actor_kind: string;
}
