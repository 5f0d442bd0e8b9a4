import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Page, PageRequest } from "../application/ports.ts";
import type { ProposalBooks } from "../application/proposal-books.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Proposal, ProposalId, ProposalKind, ProposalState } from "../domain/proposal.ts";
import { instantOf } from "../domain/time.ts";
import { CONTRACT_KEY, decodeCursor, encodeCursor } from "./cursor.ts";
import type { Tables } from "./tables.ts";

/** What waits for a second person, within a transaction. */
export function proposalBooks(database: Transaction<Tables>): ProposalBooks {
  return {
    async lockProposal(id) {
      const row = await database
        .selectFrom("proposals")
        .selectAll()
        .where("proposal_id", "=", id)
        .forUpdate()
        .executeTakeFirst();
      return row ? proposalFromRow(row) : null;
    },
    async openProposalOn(kind, object) {
      const row = await database
        .selectFrom("proposals")
        .selectAll()
        .where("kind", "=", kind)
        .where("object", "=", object)
        .where("state", "=", "open")
        .executeTakeFirst();
      return row ? proposalFromRow(row) : null;
    },
    async insertProposal({
      id,
      kind,
      account,
      object,
      reason,
      detail,
      proposedBy,
      proposedAt,
      state,
      decidedBy,
      decidedAt,
    }) {
      const { numInsertedOrUpdatedRows } = await database
        .insertInto("proposals")
        .values({
          ...{ proposal_id: id, kind, account, object, reason, state },
          detail: JSON.stringify(detail),
          proposed_by: proposedBy,
          proposed_at: new Date(proposedAt),
          decided_by: decidedBy,
          decided_at: decidedAt === null ? null : new Date(decidedAt),
        })
        .onConflict((conflict) => conflict.columns(["kind", "object"]).where("state", "=", "open").doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async takeAdoption() {
      const { numDeletedRows } = await database
        .deleteFrom("settings")
        .where("name", "=", "seal_keys_to_adopt")
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async decideProposal({ id, state, decidedBy, decidedAt }) {
      await database
        .updateTable("proposals")
        .set({ state, decided_by: decidedBy, decided_at: decidedAt === null ? null : new Date(decidedAt) })
        .where("proposal_id", "=", id)
        .execute();
    },
  };
}

export async function listProposals(
  database: Kysely<Tables>,
  state: ProposalState | null,
  { limit, cursor }: PageRequest,
): Promise<Page<Proposal>> {
  const from = decodeCursor(cursor, CONTRACT_KEY);
  let query = database
    .selectFrom("proposals")
    .selectAll()
    .orderBy("proposed_at", "desc")
    .orderBy("proposal_id", "desc")
    .limit(limit + 1);
  if (state) query = query.where("state", "=", state);
  if (from) query = query.where(sql<boolean>`(proposed_at, proposal_id) < (${from.at}, ${from.key}::uuid)`);
  const rows = await query.execute();
  const last = rows[limit - 1];
  const next = rows.length > limit && last ? encodeCursor({ at: last.proposed_at, key: last.proposal_id }) : null;
  return { items: rows.slice(0, limit).map(proposalFromRow), next };
}

export async function approvedSealKeys(database: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom("proposals")
    .select("object")
    .where("kind", "=", "add_seal_key")
    .where("state", "=", "approved")
    .execute();
  return new Set(rows.map(({ object }) => object));
}

function proposalFromRow(row: Selectable<Tables["proposals"]>): Proposal {
  return {
    id: row.proposal_id as ProposalId,
    kind: row.kind as ProposalKind,
    account: row.account as AccountId | null,
    object: row.object,
    reason: row.reason,
    detail: row.detail as Proposal["detail"],
    proposedBy: row.proposed_by,
    proposedAt: instantOf(row.proposed_at.getTime()),
    state: row.state as ProposalState,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at && instantOf(row.decided_at.getTime()),
  };
}
