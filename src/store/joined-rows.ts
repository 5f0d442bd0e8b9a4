import { type RawBuilder, sql } from "kysely";
import { type ContractRow, REPLACES } from "./contract-record.ts";
import type { SellerRow } from "./party-records.ts";

/** Joined rows as JSON, or null when the join found none: keeps column names that several tables use apart. */
export const SELLER_ROW: RawBuilder<SellerRow | null> = sql`CASE WHEN sellers.seller IS NOT NULL
  THEN to_jsonb(sellers) END`;
export const CONTRACT_ROW: RawBuilder<ContractRowJson | null> = sql`CASE WHEN contracts.contract_id IS NOT NULL
  THEN to_jsonb(contracts) - 'snapshot' - 'verification_code' || jsonb_build_object('replaces_number', ${REPLACES}) END`;

/** Of a chain of contracts in which one stands in for another, the newest. */
export const NOT_REPLACED = sql<boolean>`NOT EXISTS (SELECT FROM contracts newer
  WHERE newer.account = contracts.account AND newer.replaces = contracts.contract_id)`;

type Timestamps = "requested_at" | "hold_until" | "issued_at" | "voided_at" | "waiting_since";

/** to_jsonb writes timestamps as text. */
export type ContractRowJson = Omit<ContractRow, Timestamps> & {
  readonly requested_at: string;
  readonly hold_until: string | null;
  readonly issued_at: string | null;
  readonly voided_at: string | null;
  readonly waiting_since: string | null;
};

export function withDates(row: ContractRowJson): ContractRow {
  const date = (value: string | null): Date | null => (value === null ? null : new Date(value));
  return {
    ...row,
    requested_at: new Date(row.requested_at),
    hold_until: date(row.hold_until),
    issued_at: date(row.issued_at),
    voided_at: date(row.voided_at),
    waiting_since: date(row.waiting_since),
  };
}
