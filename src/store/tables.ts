import type { ColumnType, Generated } from "kysely";

/** What PostgreSQL holds; the migrations are the truth, this only tells the compiler. */
export interface Tables {
  sellers: SellersTable;
  number_prefixes: { prefix: string; seller: string };
  partners: PartnersTable;
  products: ProductsTable;
  policies: PoliciesTable;
  accounts: AccountsTable;
  order_numbers: { order_id: string; account: string };
  orders: OrdersTable;
  contract_counters: { seller: string; year_month: string; last: number };
  contracts: ContractsTable;
  contract_numbers: { number: string; account: string; contract_id: string };
  audit_entries: AuditEntriesTable;
  outbox: OutboxTable;
  idempotency_keys: IdempotencyKeysTable;
  sessions: { token_sha256: string; account: string; name: string; expires_at: Date };
  api_keys: ApiKeysTable;
  settings: { name: string; value: string };
}

/** jsonb: written as JSON text, read as what it says. */
type Json<Value> = ColumnType<Value, string, string>;

interface SellersTable {
  seller: string;
  legal_name_zh: string;
  legal_name_en: string;
  registration_number: string;
  address_zh: string;
  address_en: string;
  contact: string;
  number_prefix: string;
  time_zone: string;
  can_seal: boolean;
  created_at: Generated<Date>;
}

interface PartnersTable {
  partner: string;
  kind: string;
  name: string;
  contact: string;
}

interface ProductsTable {
  code: string;
  name_zh: string;
  name_en: string;
  self_service: string[];
}

interface PoliciesTable {
  version: number;
  body: Json<unknown>;
  published_at: Generated<Date>;
}

interface AccountsTable {
  account: string;
  identity: Json<unknown>;
  partner: string | null;
}

interface OrdersTable {
  account: string;
  order_id: string;
  revision: number;
  occurred_at: Date;
  placed_at: Date;
  state: string;
  seller: string | null;
  seller_name: string | null;
  products: string[];
  domain_name: string | null;
  body: Json<unknown>;
}

export interface ContractsTable {
  account: string;
  contract_id: string;
  order_id: string;
  seller: string;
  number: string;
  state: string;
  requested_at: Date;
  hold_until: Date | null;
  policy_version: number;
  snapshot: string;
  snapshot_sha256: string;
  verification_code: string;
  issued_at: Date | null;
  document_sha256: string | null;
  unsealed_sha256: string | null;
  attempts: Generated<number>;
  claimed_until: Generated<Date>;
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
  detail: Json<unknown>;
}

interface OutboxTable {
  event_id: string;
  at: Date;
  account: string;
  type: string;
  subject: string;
  data: Json<unknown>;
}

interface IdempotencyKeysTable {
  account: string;
  key: string;
  fingerprint: string;
  answer: ColumnType<unknown, string | null, string>;
  created_at: Generated<Date>;
}

interface ApiKeysTable {
  key_id: string;
  token_sha256: string;
  name: string;
  created_at: Date;
  revoked_at: Date | null;
}
