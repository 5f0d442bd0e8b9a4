import { type RawBuilder, sql, type Transaction } from "kysely";
import type { ArchiveTrouble, ArchiveWork } from "../application/archive-books.ts";
import { type Archive, type ArchiveLevel, renewalDueAt } from "../domain/archive.ts";
import type { IssuedContract } from "../domain/contract.ts";
import type { SellerId, Sha256 } from "../domain/identifiers.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { CONTRACT_COLUMNS, contractFromRow, REPLACES } from "./contract-record.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** The newest archive of a joined contract as JSON, or null. */
export const NEWEST_ARCHIVE: RawBuilder<ArchiveRowJson | null> = sql`(SELECT to_jsonb(archives) FROM contract_archives archives
  WHERE archives.account = contracts.account AND archives.contract_id = contracts.contract_id
  ORDER BY archives.made_at DESC LIMIT 1)`;

/** to_jsonb writes timestamps as text. */
export interface ArchiveRowJson {
  readonly level: string;
  readonly document_sha256: string;
  readonly made_at: string;
  readonly renew_before: string;
}

export function archiveFromRow(row: ArchiveRowJson | null): Archive | null {
  return (
    row && {
      level: row.level as ArchiveLevel,
      document: row.document_sha256 as Sha256,
      madeAt: instantOf(Date.parse(row.made_at)),
      renewBefore: instantOf(Date.parse(row.renew_before)),
    }
  );
}

/** The file joins those that wait for their archive; called where a contract becomes issued and sealed. */
export async function expectArchive(
  database: Transaction<Tables>,
  { account, id }: Pick<IssuedContract, "account" | "id">,
  issuedAt: Instant,
): Promise<void> {
  await database
    .insertInto("archive_work")
    .values({ account, contract_id: id, due_at: new Date(issuedAt) })
    .execute();
}

export async function enterArchive(
  database: Transaction<Tables>,
  { account, id }: IssuedContract,
  archive: Archive,
  continues: Sha256,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("contract_archives")
    .values({
      account,
      contract_id: id,
      document_sha256: archive.document,
      continues,
      level: archive.level,
      made_at: new Date(archive.madeAt),
      renew_before: new Date(archive.renewBefore),
    })
    .onConflict((conflict) => conflict.columns(["account", "contract_id", "continues"]).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await database
    .updateTable("archive_work")
    .set({ due_at: new Date(renewalDueAt(archive)), attempts: 0, trouble: null })
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .execute();
  return true;
}

/** The claim is the pause at once: whoever dies with the work in hand has put it off by that. */
export async function claimArchiveWork(
  database: Database,
  at: Instant,
  resting: readonly SellerId[],
): Promise<ArchiveWork | null> {
  const now = new Date(at);
  const claimed = await database
    .updateTable("archive_work")
    .set({
      attempts: sql<number>`attempts + 1`,
      // One minute, then two, four … up to a day.
      due_at: sql<Date>`${now}::timestamptz + least(power(2, least(attempts, 11)) * 60, 86400) * interval '1 second'`,
    })
    .where(
      sql<boolean>`(account, contract_id) = (SELECT due.account, due.contract_id FROM archive_work due
        WHERE due.due_at <= ${now} AND NOT EXISTS (SELECT FROM contracts
          WHERE contracts.account = due.account AND contracts.contract_id = due.contract_id
          AND contracts.seller = ANY (${[...resting]}::text[]))
        ORDER BY due.due_at LIMIT 1 FOR UPDATE SKIP LOCKED)`,
    )
    .returning(["account", "contract_id"])
    .executeTakeFirst();
  if (!claimed) return null;
  const row = await database
    .selectFrom("contracts")
    .select(CONTRACT_COLUMNS)
    .select([REPLACES.as("replaces_number"), NEWEST_ARCHIVE.as("archive")])
    .where("account", "=", claimed.account)
    .where("contract_id", "=", claimed.contract_id)
    .executeTakeFirstOrThrow();
  const contract = contractFromRow(row);
  if (contract.state !== "issued")
    throw new Error(`contract ${contract.number} waits for an archive, and is not issued`);
  return { contract, archive: archiveFromRow(row.archive) };
}

export async function putOffArchive(
  database: Database,
  { account, id }: IssuedContract,
  trouble: string,
  until: Instant | null,
): Promise<void> {
  await database
    .updateTable("archive_work")
    .set({ trouble, ...(until === null ? {} : { due_at: new Date(until) }) })
    .where("account", "=", account)
    .where("contract_id", "=", id)
    .execute();
}

export async function archiveTrouble(database: Database): Promise<ArchiveTrouble | null> {
  const row = await database
    .selectFrom("archive_work")
    .select([
      sql<string>`count(*)`.as("contracts"),
      sql<string>`(array_agg(trouble ORDER BY attempts DESC))[1]`.as("reason"),
    ])
    .where("trouble", "is not", null)
    .executeTakeFirstOrThrow();
  return row.contracts === "0" ? null : { contracts: Number(row.contracts), reason: row.reason };
}
