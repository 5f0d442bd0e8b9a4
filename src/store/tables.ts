import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { SealDesign } from "../domain/seal-design.ts";
import type { AccessTables } from "./access-tables.ts";
import type { AuditTables } from "./audit-tables.ts";
import type { EvidenceTables } from "./evidence-tables.ts";
import type { LogTables } from "./log-tables.ts";
import type { OidcTables } from "./oidc-tables.ts";
import type { ProfileTables } from "./profile-tables.ts";
import type { ProposalTables } from "./proposal-tables.ts";
import type { RefusalTables } from "./refusal-tables.ts";
import type { WebhookTables } from "./webhook-tables.ts";

/** What PostgreSQL holds; the migrations are the truth, this only tells the compiler. */
export interface Tables
  extends AccessTables,
    AuditTables,
    LogTables,
    OidcTables,
    EvidenceTables,
    ProfileTables,
    WebhookTables,
    ProposalTables,
    RefusalTables {
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
  order_reports: OrderReportsTable;
  bills: BillsTable;
  contract_archives: ContractArchivesTable;
  archive_work: ArchiveWorkTable;
  open_holds: { account: string; contract_id: string; hold_until: Date };
  policy_drafts: PolicyDraftsTable;
  wordings: WordingsTable;
  wording_drafts: WordingDraftsTable;
  tickets: TicketsTable;
  ticket_messages: TicketMessagesTable;
  ticket_attachments: TicketAttachmentsTable;
  contract_numbers: { number: string; account: string; contract_id: string };
  outbox: OutboxTable;
  idempotency_keys: IdempotencyKeysTable;
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
  quota_left: number | null;
  seal: ColumnType<SealDesign, string | undefined, string>;
  wording_version: ColumnType<number | null, undefined, number>;
  created_at: Generated<Date>;
}

interface WordingsTable {
  seller: string;
  version: number;
  body: Json<unknown>;
  drafted_by: string;
  published_by: string;
  published_at: Generated<Date>;
}

interface WordingDraftsTable {
  draft_id: string;
  seller: string;
  based_on: number;
  body: Json<unknown>;
  drafted_by: string;
  drafted_at: Date;
  state: string;
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
}

interface PoliciesTable {
  version: number;
  body: Json<unknown>;
  published_at: Generated<Date>;
  origin: Generated<string>;
  drafted_by: Generated<string | null>;
  published_by: Generated<string>;
}

interface AccountsTable {
  account: string;
  identity: Json<unknown>;
  partner: string | null;
  searched_id: GeneratedAlways<string>;
  searched_names: GeneratedAlways<string>;
  searched_number: GeneratedAlways<string>;
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

interface OrderReportsTable {
  account: string;
  order_id: string;
  revision: number;
  occurred_at: Date;
  arrived_at: Date;
  body: Json<unknown>;
}

interface BillsTable {
  account: string;
  cycle: string;
  state: string;
  seller: string;
  body: Json<unknown>;
}

interface PolicyDraftsTable {
  draft_id: string;
  based_on: number;
  body: Json<unknown>;
  drafted_by: string;
  drafted_at: Date;
  state: string;
}

export interface TicketsTable {
  account: string;
  ticket_id: string;
  order_id: string;
  queue: string;
  topic: string;
  opened_at: Date;
  state: string;
  closed_at: Date | null;
  closed_by: string | null;
  rejection: string | null;
  contract_id: string | null;
  assignee: string | null;
  waits_for: Generated<string>;
  waiting_since: Date | null;
}

interface TicketMessagesTable {
  account: string;
  ticket_id: string;
  message_id: string;
  at: Date;
  side: string;
  author: string;
  text: string;
}

interface TicketAttachmentsTable {
  account: string;
  ticket_id: string;
  attachment_id: string;
  at: Date;
  side: string;
  author: string;
  name: string;
  sha256: string;
  bytes: number;
}

export interface ContractsTable {
  account: string;
  contract_id: string;
  order_id: string | null;
  cycle: string | null;
  form: Generated<string>;
  replaces: string | null;
  voided_at: Date | null;
  voided_by: string | null;
  void_reason: string | null;
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
  waiting_for: string | null;
  waiting_since: Date | null;
  waiting_reason: string | null;
  attempts: Generated<number>;
  claimed_until: Generated<Date>;
  at_work: Generated<boolean>;
  takeovers: Generated<number>;
}

interface ContractArchivesTable {
  account: string;
  contract_id: string;
  document_sha256: string;
  continues: string;
  level: string;
  made_at: Date;
  renew_before: Date;
}

interface ArchiveWorkTable {
  account: string;
  contract_id: string;
  due_at: Date;
  attempts: Generated<number>;
  trouble: Generated<string | null>;
}

interface OutboxTable {
  event_id: string;
  at: Date;
  account: string;
  type: string;
  subject: string;
  data: Json<unknown>;
  recorded_at: Generated<Date>;
  position: Generated<string | number | null>;
}

interface IdempotencyKeysTable {
  owner: string;
  route: string;
  key: string;
  fingerprint: string;
  /** Null only within the transaction that does what was asked for. */
  answer: ColumnType<unknown, string | null, string>;
  created_at: Generated<Date>;
}
