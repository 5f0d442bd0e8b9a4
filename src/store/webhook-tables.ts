import type { Generated } from "kysely";

/** What PostgreSQL holds of webhooks; see tables.ts. */
export interface WebhookTables {
  outbox_head: { only_one: Generated<boolean>; last: string | number };
  webhook_endpoints: WebhookEndpointsTable;
  webhook_secrets: WebhookSecretsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_attempts: WebhookAttemptsTable;
}

export interface WebhookEndpointsTable {
  endpoint_id: string;
  url: string;
  description: string;
  event_types: string[];
  account: string | null;
  disabled_reason: string | null;
  created_at: Date;
  created_by: string;
  claim: Generated<string | null>;
  claimed_until: Generated<Date>;
  rests_until: Generated<Date>;
}

interface WebhookSecretsTable {
  endpoint_id: string;
  secret: string;
  created_at: Generated<Date>;
  valid_until: Generated<Date | null>;
}

interface WebhookDeliveriesTable {
  endpoint_id: string;
  /** bigint: PostgreSQL's client reads it as text. */
  position: string | number;
  state: Generated<string>;
  due_since: Generated<Date>;
  attempts: Generated<number>;
  replays: Generated<number>;
  settled_at: Generated<Date | null>;
}

interface WebhookAttemptsTable {
  attempt_id: string;
  endpoint_id: string;
  position: string | number;
  at: Generated<Date>;
  took_ms: number;
  status: number | null;
  result: string;
}
