import type { Selectable } from "kysely";
import type { AccountId, PartnerId, ProductCode, SellerId } from "../domain/identifiers.ts";
import type { Account, Identity, Partner, PartnerKind, Seller } from "../domain/parties.ts";
import type { Product } from "../domain/policy.ts";
import type { SellerWording } from "../domain/seller-wording.ts";
import type { TimeZone } from "../domain/time.ts";
import type { Tables } from "./tables.ts";

export type SellerRow = Omit<Selectable<Tables["sellers"]>, "created_at">;

/**
 * Rows were checked when they were written, by the edge that parsed them and by the table's constraints. The wording is
 * read only where contracts are drawn up: lists, which decide and show, do without.
 */
export function sellerFromRow(row: SellerRow, wording: SellerWording | null = null): Seller {
  return {
    id: row.seller as SellerId,
    legalName: { "zh-CN": row.legal_name_zh, en: row.legal_name_en },
    registrationNumber: row.registration_number,
    address: { "zh-CN": row.address_zh, en: row.address_en },
    contact: row.contact,
    numberPrefix: row.number_prefix,
    timeZone: row.time_zone as TimeZone,
    canSeal: row.can_seal,
    quotaLeft: row.quota_left,
    seal: row.seal,
    wording,
  };
}

export function partnerFromRow(row: Selectable<Tables["partners"]>): Partner {
  return { id: row.partner as PartnerId, kind: row.kind as PartnerKind, name: row.name, contact: row.contact };
}

export function productFromRow(row: Selectable<Tables["products"]>): Product {
  return {
    code: row.code as ProductCode,
    name: { "zh-CN": row.name_zh, en: row.name_en },
  };
}

export function accountFromRow(row: { account: string; identity: unknown }, servedBy: Partner | null): Account {
  return { id: row.account as AccountId, identity: row.identity as Identity, servedBy };
}
