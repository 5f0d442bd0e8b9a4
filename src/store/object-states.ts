import { type RawBuilder, sql } from "kysely";

/** What the audit binds to its newest entry: kinds of objects as entries name them. */
export const STATED_KINDS = [
  "account",
  "api_key",
  "bill",
  "contract",
  "order",
  "partner",
  "policy",
  "policy_draft",
  "product",
  "proposal",
  "seller",
  "ticket",
  "webhook_endpoint",
  "wording",
] as const;
export type StatedKind = (typeof STATED_KINDS)[number];

/**
 * How the state of an object is read: every column that means something, named one by one, so that a migration which adds
 * one alters no state of before. What changes without an entry is left out: leases, attempts, counts of what is left, times of
 * last use. Whoever changes what is here raises VERSION and keeps the former way for entries that were written by it.
 */
interface StateSource {
  readonly from: string;
  /** As entries of its kind name the account; null where they name none. */
  readonly account: string | null;
  readonly id: string;
  /** Finds one by $id without reading the others. */
  readonly isOne: (id: RawBuilder<string>) => RawBuilder<boolean>;
  readonly state: string;
}

const VERSION = "1:";
/** Of what is not there, or no more. */
export const NO_OBJECT = `${VERSION}none`;

/** Times as numbers: as text they would depend on the session's zone. */
const time = (column: string) => `extract(epoch FROM ${column})`;
const list = (columns: readonly string[]) => `jsonb_build_array(${columns.join(", ")})`;
const listOf = (columns: readonly string[], from: string, order: string) =>
  `(SELECT jsonb_agg(${list(columns)} ORDER BY ${order}) FROM ${from})`;
const byText = (column: string) => (id: RawBuilder<string>) => sql<boolean>`${sql.raw(column)} = ${id}`;
const byUuid = (column: string) => (id: RawBuilder<string>) => sql<boolean>`${sql.raw(column)} = ${id}::uuid`;

const SOURCES: Readonly<Record<StatedKind, StateSource>> = {
  account: {
    from: "accounts",
    account: "accounts.account",
    id: "accounts.account",
    isOne: byText("accounts.account"),
    state: list(["identity", "partner"]),
  },
  api_key: {
    from: "api_keys",
    account: null,
    id: "key_id::text",
    isOne: byUuid("key_id"),
    state: list([
      ...["token_sha256", "name", "roles", "scopes", "created_by"],
      ...["created_at", "expires_at", "revoked_at"].map(time),
    ]),
  },
  bill: {
    from: "bills",
    account: "bills.account",
    id: "cycle",
    isOne: byText("cycle"),
    state: list(["state", "seller", "body"]),
  },
  contract: {
    from: "contracts",
    account: "contracts.account",
    id: "contracts.number",
    isOne: byText("contracts.number"),
    state: list([
      ...["contract_id", "order_id", "cycle", "form", "replaces", "seller", "state", "policy_version"],
      ...["snapshot_sha256", "verification_code", "document_sha256", "unsealed_sha256", "voided_by", "void_reason"],
      ...["requested_at", "hold_until", "issued_at", "voided_at"].map(time),
      "(SELECT contract_id FROM contract_numbers entry WHERE entry.number = contracts.number)",
      listOf(
        ["document_sha256", "continues", "level", time("made_at"), time("renew_before")],
        `contract_archives archives WHERE archives.account = contracts.account
          AND archives.contract_id = contracts.contract_id`,
        "document_sha256",
      ),
    ]),
  },
  order: {
    from: "orders",
    account: "orders.account",
    id: "orders.order_id",
    isOne: byText("orders.order_id"),
    state: list([
      ...["revision", "state", "seller", "seller_name", "products", "domain_name", "body"],
      ...["occurred_at", "placed_at"].map(time),
      "(SELECT entry.account FROM order_numbers entry WHERE entry.order_id = orders.order_id)",
      listOf(
        ["revision", "body", time("occurred_at"), time("arrived_at")],
        "order_reports reports WHERE reports.account = orders.account AND reports.order_id = orders.order_id",
        "revision",
      ),
    ]),
  },
  partner: {
    from: "partners",
    account: null,
    id: "partner",
    isOne: byText("partner"),
    state: list(["kind", "name", "contact"]),
  },
  policy: {
    from: "policies",
    account: null,
    id: "version::text",
    isOne: (id) => sql<boolean>`version = ${id}::integer`,
    state: list(["body", "origin", "drafted_by", "published_by", time("published_at")]),
  },
  policy_draft: {
    from: "policy_drafts",
    account: null,
    id: "draft_id::text",
    isOne: byUuid("draft_id"),
    state: list(["based_on", "body", "drafted_by", "state", time("drafted_at")]),
  },
  product: {
    from: "products",
    account: null,
    id: "code",
    isOne: byText("code"),
    state: list(["name_zh", "name_en"]),
  },
  proposal: {
    from: "proposals",
    account: "proposals.account",
    id: "proposal_id::text",
    isOne: byUuid("proposal_id"),
    state: list([
      ...["kind", "object", "reason", "detail", "proposed_by", "state", "decided_by"],
      ...["proposed_at", "decided_at"].map(time),
    ]),
  },
  seller: {
    from: "sellers",
    account: null,
    id: "sellers.seller",
    isOne: byText("sellers.seller"),
    state: list([
      ...["legal_name_zh", "legal_name_en", "registration_number", "address_zh", "address_en", "contact"],
      ...["number_prefix", "time_zone", "can_seal", "seal", time("created_at")],
      listOf(["prefix"], "number_prefixes WHERE number_prefixes.seller = sellers.seller", 'prefix COLLATE "C"'),
      "(SELECT value = sellers.seller FROM settings WHERE name = 'default_seller')",
    ]),
  },
  ticket: {
    from: "tickets",
    account: "tickets.account",
    id: "tickets.ticket_id::text",
    isOne: byUuid("tickets.ticket_id"),
    // Said where there is one only, so that entries from before tickets had an assignee hold as they are.
    state: `(${list([
      ...["order_id", "queue", "topic", "state", "closed_by", "rejection", "contract_id"],
      ...["opened_at", "closed_at"].map(time),
      listOf(
        ["message_id", "side", "author", "text", time("at")],
        "ticket_messages said WHERE said.account = tickets.account AND said.ticket_id = tickets.ticket_id",
        "message_id",
      ),
      listOf(
        ["attachment_id", "side", "author", "name", "sha256", "bytes", time("at")],
        "ticket_attachments kept WHERE kept.account = tickets.account AND kept.ticket_id = tickets.ticket_id",
        "attachment_id",
      ),
    ])} || CASE WHEN assignee IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(assignee) END)`,
  },
  webhook_endpoint: {
    from: "webhook_endpoints",
    account: null,
    id: "endpoint_id::text",
    isOne: byUuid("endpoint_id"),
    state: list([
      ...["url", "description", "event_types", "account", "disabled_reason", "created_by"],
      time("created_at"),
    ]),
  },
  // All versions and drafts of a seller are one object, as entries name the seller.
  wording: {
    from: `sellers`,
    account: null,
    id: "sellers.seller",
    isOne: byText("sellers.seller"),
    state: list([
      "wording_version",
      listOf(
        ["version", "body", "drafted_by", "published_by", time("published_at")],
        "wordings WHERE wordings.seller = sellers.seller",
        "version",
      ),
      listOf(
        ["draft_id", "based_on", "body", "drafted_by", "state", time("drafted_at")],
        "wording_drafts WHERE wording_drafts.seller = sellers.seller",
        "draft_id",
      ),
    ]),
  },
};

export function isStated(kind: string): kind is StatedKind {
  return STATED_KINDS.some((known) => known === kind);
}

/**
 * The state of one object as entries carry it. It is spelled out in each statement and is no function of the database: one
 * that is there could be replaced by whoever has altered the rows.
 */
export function objectState(kind: StatedKind, account: string | null, id: string): RawBuilder<string> {
  const source = SOURCES[kind];
  const owner = source.account === null ? sql<boolean>`true` : sql<boolean>`${sql.raw(source.account)} = ${account}`;
  return sql<string>`coalesce((SELECT ${hashed(source)} FROM ${sql.raw(source.from)}
    WHERE ${owner} AND ${source.isOne(sql<string>`${id}::text`)}), ${NO_OBJECT})`;
}

/** Every object of the kind: its account, its id, and what it is now. */
export function everyObject(
  kind: StatedKind,
): RawBuilder<{ account: string | null; object_id: string; state: string }> {
  const source = SOURCES[kind];
  // A seller without words of its own has no wording.
  const present =
    kind === "wording"
      ? sql`WHERE EXISTS (SELECT FROM wordings WHERE wordings.seller = sellers.seller)
    OR EXISTS (SELECT FROM wording_drafts WHERE wording_drafts.seller = sellers.seller)
    OR wording_version IS NOT NULL`
      : sql``;
  return sql`SELECT ${sql.raw(source.account ?? "NULL::text")} AS account, ${sql.raw(source.id)} AS object_id,
    ${hashed(source)} AS state FROM ${sql.raw(source.from)} ${present}`;
}

function hashed({ state }: StateSource): RawBuilder<string> {
  return sql<string>`${sql.lit(VERSION)} || encode(sha256(convert_to(${sql.raw(state)}::text, 'UTF8')), 'hex')`;
}
