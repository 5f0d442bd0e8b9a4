import type { SelectQueryBuilder } from "kysely";
import type { Page, PageRequest } from "../application/ports.ts";
import type { PublishedWording, WordingStatus } from "../application/wording-books.ts";
import type { SellerId } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";

/** Every seller with the version that is in force and the open draft, by the seller's id. */
export async function listWordings(database: Database, { limit, cursor }: PageRequest): Promise<Page<WordingStatus>> {
  let query = statuses(database)
    .orderBy("sellers.seller")
    .limit(limit + 1);
  if (cursor !== null && !cursor.includes("\0")) query = query.where("sellers.seller", ">", cursor);
  const rows = await query.execute();
  const items = rows.slice(0, limit).map(statusFromRow);
  return { items, next: rows.length > limit ? (items.at(-1)?.seller ?? null) : null };
}

export async function wordingStatus(database: Database, seller: SellerId): Promise<WordingStatus | null> {
  const row = await statuses(database).where("sellers.seller", "=", seller).executeTakeFirst();
  return row ? statusFromRow(row) : null;
}

/** What a seller has published, the newest first. */
export async function listWordingVersions(
  database: Database,
  seller: SellerId,
  { limit, cursor }: PageRequest,
): Promise<Page<PublishedWording>> {
  let query = database
    .selectFrom("wordings")
    .select(["version", "drafted_by", "published_by", "published_at"])
    .where("seller", "=", seller)
    .orderBy("version", "desc")
    .limit(limit + 1);
  if (cursor !== null && /^\d{1,9}$/.test(cursor)) query = query.where("version", "<", Number(cursor));
  const rows = await query.execute();
  const items = rows.slice(0, limit).map((row) => ({
    version: row.version,
    draftedBy: row.drafted_by,
    publishedBy: row.published_by,
    publishedAt: instantOf(row.published_at.getTime()),
  }));
  return { items, next: rows.length > limit ? String(items.at(-1)?.version) : null };
}

function statuses(database: Database) {
  return database
    .selectFrom("sellers")
    .leftJoin("wording_drafts", (join) =>
      join.onRef("wording_drafts.seller", "=", "sellers.seller").on("wording_drafts.state", "=", "open"),
    )
    .select(["sellers.seller", "sellers.legal_name_zh", "sellers.legal_name_en", "sellers.wording_version"])
    .select(["draft_id", "based_on", "drafted_by", "drafted_at"]);
}

type StatusRow =
  ReturnType<typeof statuses> extends SelectQueryBuilder<infer _Tables, infer _From, infer Row> ? Row : never;

function statusFromRow(row: StatusRow): WordingStatus {
  const { draft_id: id, based_on: basedOn, drafted_by: draftedBy, drafted_at: draftedAt } = row;
  const isDrafted = id !== null && basedOn !== null && draftedBy !== null && draftedAt !== null;
  return {
    seller: row.seller as SellerId,
    legalName: { "zh-CN": row.legal_name_zh, en: row.legal_name_en },
    version: row.wording_version ?? 0,
    draft: isDrafted ? { id, basedOn, draftedBy, draftedAt: instantOf(draftedAt.getTime()) } : null,
  };
}
