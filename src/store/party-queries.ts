import type { Kysely } from "kysely";
import type { AccountId, ProductCode, SellerId } from "../domain/identifiers.ts";
import type { Account, Seller } from "../domain/parties.ts";
import type { Product } from "../domain/policy.ts";
import type { WordingBody } from "../domain/seller-wording.ts";
import { type TimeZone, ZONE_OF_UNKNOWN_SELLERS } from "../domain/time.ts";
import { accountFromRow, partnerFromRow, productFromRow, type SellerRow, sellerFromRow } from "./party-records.ts";
import type { Tables } from "./tables.ts";

export async function readAccount(database: Kysely<Tables>, account: AccountId): Promise<Account | null> {
  const row = await accountsWithPartner(database).where("accounts.account", "=", account).executeTakeFirst();
  return row ? accountFromRow(row, joinedPartner(row)) : null;
}

export function accountsWithPartner(database: Kysely<Tables>) {
  return database
    .selectFrom("accounts")
    .leftJoin("partners", "partners.partner", "accounts.partner")
    .select(["accounts.account", "accounts.identity"])
    .select(["partners.partner", "partners.kind", "partners.name", "partners.contact"]);
}

interface JoinedPartner {
  readonly partner: string | null;
  readonly kind: string | null;
  readonly name: string | null;
  readonly contact: string | null;
}

export function joinedPartner({ partner, kind, name, contact }: JoinedPartner): Account["servedBy"] {
  if (partner === null || kind === null || name === null || contact === null) return null;
  return partnerFromRow({ partner, kind, name, contact });
}

export async function productsByCode(
  database: Kysely<Tables>,
  codes: readonly ProductCode[] | null,
): Promise<ReadonlyMap<ProductCode, Product>> {
  let query = database.selectFrom("products").selectAll();
  if (codes) query = query.where("code", "in", [...codes]);
  const rows = await query.execute();
  return new Map(rows.map(productFromRow).map((product) => [product.code, product]));
}

export async function sellerById(database: Kysely<Tables>, seller: SellerId): Promise<Seller | null> {
  const row = await sellersWithWording(database).where("sellers.seller", "=", seller).executeTakeFirst();
  return row ? sellerWithWording(row) : null;
}

export async function sellerByName(database: Kysely<Tables>, name: string): Promise<Seller | null> {
  const row = await sellersWithWording(database).where("sellers.legal_name_zh", "=", name).executeTakeFirst();
  return row ? sellerWithWording(row) : null;
}

/** In one round trip: the issue path reads the seller once. */
function sellersWithWording(database: Kysely<Tables>) {
  return database
    .selectFrom("sellers")
    .leftJoin("wordings", (join) =>
      join.onRef("wordings.seller", "=", "sellers.seller").onRef("wordings.version", "=", "sellers.wording_version"),
    )
    .selectAll("sellers")
    .select("wordings.body as wording");
}

function sellerWithWording({ wording, ...row }: SellerRow & { readonly wording: unknown }): Seller {
  const { wording_version: version } = row;
  return sellerFromRow(row, version === null ? null : { ...(wording as WordingBody), version });
}

/** The zone in which times are told that belong to no seller in particular: the default seller's. */
export async function houseZone(database: Kysely<Tables>): Promise<TimeZone> {
  const row = await database
    .selectFrom("sellers")
    .innerJoin("settings", "settings.value", "sellers.seller")
    .select("sellers.time_zone")
    .where("settings.name", "=", "default_seller")
    .executeTakeFirst();
  return row ? (row.time_zone as TimeZone) : ZONE_OF_UNKNOWN_SELLERS;
}

export async function defaultSeller(database: Kysely<Tables>): Promise<Seller | null> {
  const row = await database
    .selectFrom("sellers")
    .innerJoin("settings", (join) =>
      join.on("settings.name", "=", "default_seller").onRef("settings.value", "=", "sellers.seller"),
    )
    .selectAll("sellers")
    .executeTakeFirst();
  return row ? sellerFromRow(row) : null;
}
