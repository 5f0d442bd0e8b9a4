import { type RawBuilder, sql } from "kysely";
import type { ObjectRole, ReferredObject } from "../application/object-books.ts";
import type { AccountId, ContractNumber, Sha256 } from "../domain/identifiers.ts";
import type { TicketId } from "../domain/ticket.ts";
import type { Database } from "./database.ts";

const PAGE = 500;

/** Contracts with their archives first, then attachments; each page begins behind the key where the last one ended. */
export async function* referredObjects(database: Database): AsyncIterable<ReferredObject> {
  yield* paged<ContractFile>(database, contractFiles);
  yield* paged<AttachedFile>(database, attachedFiles);
}

export async function referredAmong(database: Database, hashes: readonly Sha256[]): Promise<ReadonlySet<Sha256>> {
  if (hashes.length === 0) return new Set();
  const { rows } = await sql<{ hash: Sha256 }>`
    SELECT asked.hash FROM unnest(${[...hashes]}::text[]) AS asked (hash)
    WHERE EXISTS (SELECT FROM contracts WHERE document_sha256 = asked.hash)
      OR EXISTS (SELECT FROM contracts WHERE unsealed_sha256 = asked.hash)
      OR EXISTS (SELECT FROM contract_archives WHERE document_sha256 = asked.hash)
      OR EXISTS (SELECT FROM ticket_attachments WHERE sha256 = asked.hash)`.execute(database);
  return new Set(rows.map(({ hash }) => hash));
}

/** A row and the key that the next page begins behind; `within` counts where the contract or ticket has several rows. */
interface Keyed {
  readonly account: AccountId;
  readonly key: string;
  readonly within: string;
}

type ContractFile = Keyed & {
  readonly number: ContractNumber;
  readonly role: Exclude<ObjectRole, "attachment">;
  readonly hash: Sha256;
};

type AttachedFile = Keyed & { readonly ticket: TicketId; readonly hash: Sha256 };

const NO_ID = "00000000-0000-0000-0000-000000000000";
// No account has an empty name, so that this is before all of them.
const BEFORE_ALL: Keyed = { account: "" as AccountId, key: NO_ID, within: NO_ID };

async function* paged<Row extends ContractFile | AttachedFile>(
  database: Database,
  query: (after: Keyed) => RawBuilder<Row>,
): AsyncIterable<ReferredObject> {
  let after = BEFORE_ALL;
  for (;;) {
    const { rows } = await query(after).execute(database);
    const last = rows.at(-1);
    if (!last) return;
    yield* rows.map(referredObject);
    after = last;
  }
}

function referredObject(row: ContractFile | AttachedFile): ReferredObject {
  const { hash, account } = row;
  if ("ticket" in row) return { hash, account, role: "attachment", contract: null, ticket: row.ticket };
  return { hash, account, role: row.role, contract: row.number, ticket: null };
}

/** The page is of contracts: all files of one stand on the same page. */
function contractFiles({ account, key }: Keyed): RawBuilder<ContractFile> {
  return sql<ContractFile>`
    WITH page AS (
      SELECT account, contract_id, number, form, document_sha256, unsealed_sha256 FROM contracts
      WHERE state = 'issued' AND (account, contract_id) > (${account}, ${key}::uuid)
      ORDER BY account, contract_id LIMIT ${PAGE})
    SELECT page.account, page.contract_id::text AS key, ${NO_ID} AS within, page.number, files.role, files.hash
    FROM page CROSS JOIN LATERAL (
      SELECT 1 AS place, page.form AS role, page.document_sha256 AS hash, NULL::timestamptz AS made_at
      UNION ALL SELECT 2, 'unsealed', page.unsealed_sha256, NULL WHERE page.unsealed_sha256 IS NOT NULL
      UNION ALL SELECT 3, 'archive', archives.document_sha256, archives.made_at FROM contract_archives archives
        WHERE archives.account = page.account AND archives.contract_id = page.contract_id) AS files
    ORDER BY page.account, page.contract_id, files.place, files.made_at`;
}

function attachedFiles({ account, key, within }: Keyed): RawBuilder<AttachedFile> {
  return sql<AttachedFile>`
    SELECT account, ticket_id::text AS key, attachment_id::text AS within, ticket_id AS ticket, sha256 AS hash
    FROM ticket_attachments
    WHERE (account, ticket_id, attachment_id) > (${account}, ${key}::uuid, ${within}::uuid)
    ORDER BY account, ticket_id, attachment_id LIMIT ${PAGE}`;
}
