import { type SqlBool, sql } from "kysely";
import type { CatalogueShelf, ListedPartner, ListedSeller } from "../application/catalogue-shelf.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import { isForeignId, type PartnerId, type ProductCode, type SellerId } from "../domain/identifiers.ts";
import type { Product } from "../domain/policy.ts";
import type { Database } from "./database.ts";
import { partnerFromRow, productFromRow, type SellerRow, sellerFromRow } from "./party-records.ts";

/** All of them go by their codes, and a page begins after the code that the page before ended with. */
export function catalogueShelf(database: Database): CatalogueShelf {
  return {
    listProducts: (text, page) => listProducts(database, text, page),
    listedProduct: (code) => listedProduct(database, code),
    listSellers: (text, page) => listSellers(database, text, page),
    listedSeller: (seller) => listedSeller(database, seller),
    listPartners: (text, page) => listPartners(database, text, page),
    listedPartner: (partner) => listedPartner(database, partner),
  };
}

async function listProducts(database: Database, text: string | null, page: PageRequest): Promise<Page<Product>> {
  const rows = await database
    .selectFrom("products")
    .selectAll()
    .where(found("products.code", ["products.code", "products.name_zh", "products.name_en"], text, page))
    .orderBy("products.code")
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows.map(productFromRow), page, ({ code }) => code);
}

async function listedProduct(database: Database, code: ProductCode): Promise<Product | null> {
  const row = await database.selectFrom("products").selectAll().where("code", "=", code).executeTakeFirst();
  return row ? productFromRow(row) : null;
}

function sellers(database: Database) {
  return database
    .selectFrom("sellers")
    .leftJoin("settings", (join) => join.on("settings.name", "=", "default_seller"))
    .selectAll("sellers")
    .select(sql<boolean>`sellers.seller IS NOT DISTINCT FROM settings.value`.as("is_default"));
}

function sellerOf({ is_default: isDefault, ...row }: SellerRow & { readonly is_default: boolean }): ListedSeller {
  return { seller: sellerFromRow(row), wordingVersion: row.wording_version, isDefault };
}

const SELLER_TEXTS = ["sellers.seller", "sellers.legal_name_zh", "sellers.legal_name_en", "sellers.number_prefix"];

async function listSellers(database: Database, text: string | null, page: PageRequest): Promise<Page<ListedSeller>> {
  const rows = await sellers(database)
    .where(found("sellers.seller", SELLER_TEXTS, text, page))
    .orderBy("sellers.seller")
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows.map(sellerOf), page, ({ seller }) => seller.id);
}

async function listedSeller(database: Database, seller: SellerId): Promise<ListedSeller | null> {
  const row = await sellers(database).where("sellers.seller", "=", seller).executeTakeFirst();
  return row ? sellerOf(row) : null;
}

function partners(database: Database) {
  return database
    .selectFrom("partners")
    .selectAll("partners")
    .select(({ selectFrom }) =>
      selectFrom("accounts")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .whereRef("accounts.partner", "=", "partners.partner")
        .as("accounts"),
    );
}

type PartnerRow = Awaited<ReturnType<ReturnType<typeof partners>["execute"]>>[number];

function partnerOf({ accounts, ...row }: PartnerRow): ListedPartner {
  return { partner: partnerFromRow(row), accounts: Number(accounts ?? 0) };
}

async function listPartners(database: Database, text: string | null, page: PageRequest): Promise<Page<ListedPartner>> {
  const rows = await partners(database)
    .where(found("partners.partner", ["partners.partner", "partners.name", "partners.contact"], text, page))
    .orderBy("partners.partner")
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows.map(partnerOf), page, ({ partner }) => partner.id);
}

async function listedPartner(database: Database, partner: PartnerId): Promise<ListedPartner | null> {
  const row = await partners(database).where("partners.partner", "=", partner).executeTakeFirst();
  return row ? partnerOf(row) : null;
}

/** Names are looked for as a person would, whatever the case of their letters. */
function found(key: string, columns: readonly string[], text: string | null, { cursor }: PageRequest) {
  const pattern = text === null ? null : `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const matches = columns.map((column) => sql<SqlBool>`${sql.ref(column)} ILIKE ${pattern}`);
  // What no code can be is no page's end: the list then starts from the beginning.
  const after = cursor !== null && isForeignId(cursor) ? sql<SqlBool>`${sql.ref(key)} > ${cursor}` : sql<SqlBool>`true`;
  return pattern === null ? after : sql<SqlBool>`(${sql.join(matches, sql` OR `)}) AND ${after}`;
}

function pageOf<Item>(read: readonly Item[], { limit }: PageRequest, keyOf: (item: Item) => string): Page<Item> {
  const items = read.slice(0, limit);
  const last = items.at(-1);
  return { items, next: read.length > limit && last !== undefined ? keyOf(last) : null };
}
