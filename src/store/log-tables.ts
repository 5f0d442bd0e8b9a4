import type { Generated } from "kysely";

/** What PostgreSQL holds of the transparency log; see tables.ts. */
export interface LogTables {
  log_leaves: {
    leaf_index: string | number;
    event_position: string | number;
    kind: "issued" | "voided";
    number: string;
    statement: string;
    salt: Buffer;
    entry: Buffer;
  };
  log_nodes: { level: number; node_index: string | number; hash: Buffer };
  log_checkpoints: { size: string | number; root: Buffer; signed_at: Date; origin: string; note: string };
  log_head: {
    only_one: Generated<boolean>;
    origin: string | null;
    size: string | number;
    event: string | number;
  };
}
