import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";

/** Ten seconds is what we promise; the claim of whoever worked on a contract when it broke runs out within them. */
const PATIENCE_MS = 10_000;

/** Waits until nothing is being issued any more, and answers all that is not as it must be then. */
export async function comesToRest(database: Database, patienceMs = PATIENCE_MS): Promise<readonly string[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const issuing = await database.selectFrom("contracts").select("number").where("state", "=", "issuing").execute();
    if (issuing.length === 0) return findUnsound(database);
    if (performance.now() > until) {
      return [...issuing.map(({ number }) => `${number}: still being issued`), ...(await findUnsound(database))];
    }
    await setTimeout(50);
  }
}

/** A sentence for everything in the books that must not be, once they have come to rest. */
async function findUnsound(database: Database): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(UNSOUND).map(async ([sentence, query]) => {
      const { rows } = await sql.raw<{ what: string }>(query).execute(database);
      return rows.map(({ what }) => `${what}: ${sentence}`);
    }),
  );
  return found.flat();
}

const announced = (type: string) => `(SELECT count(*) FROM outbox WHERE subject = number AND type = '${type}')`;
const audited = (action: string) =>
  `(SELECT count(*) FROM audit_entries WHERE object_id = number AND action = '${action}')`;

/** Each query answers what breaks the sentence before it. */
const UNSOUND: Readonly<Record<string, string>> = {
  "an order with more than one contract": `SELECT order_id AS what FROM contracts WHERE order_id IS NOT NULL
    GROUP BY account, order_id HAVING count(*) > 1`,
  "numbers with a gap, or one that no contract has": `SELECT seller || ' ' || year_month AS what FROM contract_counters k
    WHERE last <> (SELECT count(*) FROM contracts c JOIN contract_numbers n USING (number)
      WHERE c.seller = k.seller AND split_part(c.number, '-', 2) = k.year_month)`,
  "a contract that was not requested exactly once": `SELECT number AS what FROM contracts WHERE form = 'sealed'
    AND (${announced("contract.requested")} <> 1 OR ${audited("contract.requested")} <> 1)`,
  "a contract that is issued and was not said to be, exactly once": `SELECT number AS what FROM contracts
    WHERE state = 'issued' AND (${announced("contract.issued")} <> 1 OR ${audited("contract.issued")} <> 1)`,
  "a contract said to be issued that is not": `SELECT subject AS what FROM outbox o WHERE type = 'contract.issued'
    AND NOT EXISTS (SELECT FROM contracts WHERE number = o.subject AND state = 'issued')`,
  "a contract that is void and was not said to be, exactly once": `SELECT number AS what FROM contracts
    WHERE voided_at IS NOT NULL AND (${announced("contract.voided")} <> 1 OR ${audited("contract.voided")} <> 1)`,
  "a ticket that was not closed exactly once": `SELECT ticket_id::text AS what FROM tickets t WHERE state <> 'open'
    AND (SELECT count(*) FROM outbox WHERE subject = t.ticket_id::text AND type IN ('ticket.resolved', 'ticket.rejected')) <> 1`,
};
