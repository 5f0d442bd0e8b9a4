import { sql, type Transaction } from "kysely";
import type { RetainedBooks } from "../application/retained-books.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Tables } from "./tables.ts";

/** What is deleted when its time is over. What somebody else has locked is left for the next time. */
export function retainedBooks(database: Transaction<Tables>): RetainedBooks {
  return {
    async deleteDueEvidence(before, most) {
      const cutoff = new Date(before);
      const { rows } = await sql<{ account: AccountId; pieces: number }>`WITH due AS (
          SELECT evidence.account, evidence_id FROM evidence
          WHERE given_at < ${cutoff}
            AND NOT EXISTS (SELECT FROM evidence newer WHERE newer.account = evidence.account AND newer.given_at >= ${cutoff})
            AND NOT EXISTS (SELECT FROM orders WHERE orders.account = evidence.account AND (orders.occurred_at >= ${cutoff}
              OR orders.state IN ('unpaid', 'paid') AND jsonb_path_exists(orders.body, '$.lines[*].term ? (@.endsAt == null || @.endsAt >= $before)',
                jsonb_build_object('before', ${before}::bigint))))
            AND NOT EXISTS (SELECT FROM bills WHERE bills.account = evidence.account
              AND bills.cycle >= to_char(${cutoff}::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM'))
            AND NOT EXISTS (SELECT FROM contracts WHERE contracts.account = evidence.account
              AND greatest(requested_at, issued_at, voided_at, hold_until) >= ${cutoff})
            AND NOT EXISTS (SELECT FROM tickets WHERE tickets.account = evidence.account
              AND (closed_at IS NULL OR closed_at >= ${cutoff}))
          ORDER BY given_at LIMIT ${most} FOR UPDATE SKIP LOCKED),
        gone AS (DELETE FROM evidence USING due
          WHERE evidence.account = due.account AND evidence.evidence_id = due.evidence_id RETURNING evidence.account)
        SELECT account, count(*)::integer AS pieces FROM gone GROUP BY account ORDER BY account`.execute(database);
      return new Map(rows.map(({ account, pieces }) => [account, pieces]));
    },
    async deleteOldDeliveries(days, most) {
      const { numAffectedRows } = await sql`DELETE FROM webhook_deliveries USING (
          SELECT endpoint_id, position FROM webhook_deliveries
          WHERE state = 'delivered' AND settled_at < now() - ${days} * interval '1 day'
          ORDER BY settled_at LIMIT ${most} FOR UPDATE SKIP LOCKED) old
        WHERE webhook_deliveries.endpoint_id = old.endpoint_id AND webhook_deliveries.position = old.position`.execute(
        database,
      );
      return Number(numAffectedRows ?? 0n);
    },
  };
}
