import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Invariant, ViolatedKind, Violation } from "../../application/books-checker.ts";
import type { Tables } from "../tables.ts";

/** An invariant with what finds its violations, at most `most` of them, within one read-only transaction. */
export interface StoredInvariant extends Invariant {
  find(database: Transaction<Tables>, most: number): Promise<readonly Violation[]>;
}

/** What a query of violations selects. */
export interface ViolationRow {
  readonly kind: ViolatedKind;
  readonly name: string;
  readonly account: string | null;
  readonly found: Readonly<Record<string, unknown>>;
}

/** An invariant whose violations one query selects: kind, name, account and, as JSON, what was found. */
export function invariantOf(
  id: string,
  sentence: { readonly zh: string; readonly en: string },
  query: RawBuilder<ViolationRow>,
): StoredInvariant {
  return {
    id,
    sentence: { "zh-CN": sentence.zh, en: sentence.en },
    find: async (database, most) => {
      const { rows } = await sql<ViolationRow>`SELECT kind, name, account, found FROM (${query}) violations
        LIMIT ${most}`.execute(database);
      return rows;
    },
  };
}
