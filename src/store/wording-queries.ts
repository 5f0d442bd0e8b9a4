import type { Kysely, Transaction } from "kysely";
import type { WordingDraft } from "../application/wording-books.ts";
import type { SellerId } from "../domain/identifiers.ts";
import { LIBRARY_WORDS, type SellerWording, type WordingBody } from "../domain/seller-wording.ts";
import { instantOf } from "../domain/time.ts";
import type { Tables } from "./tables.ts";

/** The seller's wording, version 0 with nothing in it where it has none; null where there is no such seller. */
export async function currentWording(database: Kysely<Tables>, seller: SellerId): Promise<SellerWording | null> {
  const row = await wordingOfSeller(database, seller).executeTakeFirst();
  return row ? wordingFromRow(row) : null;
}

/** As `currentWording`; whoever else changes the seller waits until this transaction ends. */
export async function lockWording(database: Transaction<Tables>, seller: SellerId): Promise<SellerWording | null> {
  const locked = await database
    .selectFrom("sellers")
    .select("seller")
    .where("seller", "=", seller)
    // Contracts that refer to the seller meanwhile need not wait.
    .forNoKeyUpdate()
    .executeTakeFirst();
  return locked ? currentWording(database, seller) : null;
}

/** A version that was published. */
export async function wordingOfVersion(
  database: Kysely<Tables>,
  seller: SellerId,
  version: number,
): Promise<SellerWording | null> {
  const row = await database
    .selectFrom("wordings")
    .select(["version", "body"])
    .where("seller", "=", seller)
    .where("version", "=", version)
    .executeTakeFirst();
  return row ? wordingFromRow(row) : null;
}

export async function publishWording(
  database: Transaction<Tables>,
  { version, ...body }: SellerWording,
  { id, seller, draftedBy }: WordingDraft,
  publishedBy: string,
): Promise<void> {
  await database
    .insertInto("wordings")
    .values({
      seller,
      version,
      body: JSON.stringify(body),
      drafted_by: draftedBy,
      published_by: publishedBy,
    })
    .execute();
  await database.updateTable("sellers").set({ wording_version: version }).where("seller", "=", seller).execute();
  await database.updateTable("wording_drafts").set({ state: "published" }).where("draft_id", "=", id).execute();
}

export async function openWordingDraft(database: Kysely<Tables>, seller: SellerId): Promise<WordingDraft | null> {
  const row = await database
    .selectFrom("wording_drafts")
    .selectAll()
    .where("seller", "=", seller)
    .where("state", "=", "open")
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.draft_id,
    seller,
    basedOn: row.based_on,
    body: row.body as WordingBody,
    draftedBy: row.drafted_by,
    draftedAt: instantOf(row.drafted_at.getTime()),
  };
}

export async function saveWordingDraft(database: Transaction<Tables>, draft: WordingDraft): Promise<void> {
  await withdrawWordingDraft(database, draft.seller);
  await database
    .insertInto("wording_drafts")
    .values({
      draft_id: draft.id,
      seller: draft.seller,
      based_on: draft.basedOn,
      body: JSON.stringify(draft.body),
      drafted_by: draft.draftedBy,
      drafted_at: new Date(draft.draftedAt),
      state: "open",
    })
    .execute();
}

export async function withdrawWordingDraft(database: Transaction<Tables>, seller: SellerId): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("wording_drafts")
    .set({ state: "withdrawn" })
    .where("seller", "=", seller)
    .where("state", "=", "open")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function wordingOfSeller(database: Kysely<Tables>, seller: SellerId) {
  return database
    .selectFrom("sellers")
    .leftJoin("wordings", (join) =>
      join.onRef("wordings.seller", "=", "sellers.seller").onRef("wordings.version", "=", "sellers.wording_version"),
    )
    .select(["wordings.version", "wordings.body"])
    .where("sellers.seller", "=", seller);
}

/** Rows were checked when they were written, by `faultOfWording`. */
function wordingFromRow({ version, body }: { version: number | null; body: unknown }): SellerWording {
  return version === null ? LIBRARY_WORDS : { ...(body as WordingBody), version };
}
