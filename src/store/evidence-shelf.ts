import type { AccountKeyId } from "../application/account-keys.ts";
import type { EvidenceShelf } from "../application/evidence-books.ts";
import type { Erasure, ErasureId, ErasureReason } from "../domain/erasure.ts";
import type { Evidence, EvidenceFormat, EvidenceId, EvidenceKind } from "../domain/evidence.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";
import type { ErasuresTable, EvidenceTable } from "./evidence-tables.ts";

const EVIDENCE_COLUMNS = [
  "evidence.account",
  "evidence.evidence_id",
  "evidence.kind",
  "evidence.format",
  "evidence.bytes",
  "evidence.given_at",
] as const;

/** Evidence, its keys and erasures, read outside of transactions. */
export function openEvidenceShelf(database: Database): EvidenceShelf {
  return {
    async accountKey(account) {
      const row = await database
        .selectFrom("accounts")
        .leftJoin("account_keys", (join) =>
          join.onRef("account_keys.account", "=", "accounts.account").on("account_keys.wrapped", "is not", null),
        )
        .select(["account_keys.key_id", "account_keys.wrapped"])
        .where("accounts.account", "=", account)
        .executeTakeFirst();
      if (!row) return null;
      const { key_id, wrapped } = row;
      return { key: key_id === null || wrapped === null ? null : { id: key_id as AccountKeyId, wrapped } };
    },
    async sampleAccountKeys(most) {
      const whole = database
        .selectFrom("account_keys")
        .select(["account", "key_id", "wrapped"])
        .where("wrapped", "is not", null)
        .limit(most);
      const [old, recent] = await Promise.all(
        (["asc", "desc"] as const).map((order) => whole.orderBy("created_at", order).execute()),
      );
      const keys = new Map([...(old ?? []), ...(recent ?? [])].map((row) => [row.key_id, row]));
      return [...keys.values()].flatMap(({ account, key_id, wrapped }) =>
        wrapped === null ? [] : [{ account: account as AccountId, key: { id: key_id as AccountKeyId, wrapped } }],
      );
    },
    async listEvidence(account) {
      const there = await database
        .selectFrom("accounts")
        .select("account")
        .where("account", "=", account)
        .executeTakeFirst();
      if (!there) return null;
      const rows = await database
        .selectFrom("evidence")
        .select(EVIDENCE_COLUMNS)
        .where("account", "=", account)
        .orderBy("given_at")
        .orderBy("evidence_id")
        .execute();
      return rows.map(evidenceFromRow);
    },
    async lockedEvidence(account, id) {
      const row = await database
        .selectFrom("evidence")
        .innerJoin("account_keys", (join) =>
          join
            .onRef("account_keys.account", "=", "evidence.account")
            .onRef("account_keys.key_id", "=", "evidence.key_id"),
        )
        .select(EVIDENCE_COLUMNS)
        .select(["evidence.locked", "account_keys.key_id", "account_keys.wrapped"])
        .where("evidence.account", "=", account)
        .where("evidence.evidence_id", "=", id)
        .executeTakeFirst();
      if (!row || row.wrapped === null) return null;
      const key = { id: row.key_id as AccountKeyId, wrapped: row.wrapped };
      return { evidence: evidenceFromRow(row), locked: row.locked, key };
    },
    async listErasures(since) {
      let query = database.selectFrom("account_erasures").selectAll().orderBy("at").orderBy("erasure_id");
      if (since !== null) query = query.where("at", ">=", new Date(since));
      return (await query.execute()).map(erasureFromRow);
    },
  };
}

function evidenceFromRow(row: Omit<EvidenceTable, "key_id" | "has_key" | "locked">): Evidence {
  return {
    account: row.account as AccountId,
    id: row.evidence_id as EvidenceId,
    kind: row.kind as EvidenceKind,
    format: row.format as EvidenceFormat,
    bytes: row.bytes,
    givenAt: instantOf(row.given_at.getTime()),
  };
}

export function erasureFromRow(row: ErasuresTable): Erasure {
  return {
    id: row.erasure_id as ErasureId,
    account: row.account as AccountId,
    at: instantOf(row.at.getTime()),
    reason: row.reason as ErasureReason,
    reference: row.reference,
    repeats: row.repeats && instantOf(row.repeats.getTime()),
    evidence: row.evidence,
  };
}
