import { sql, type Transaction } from "kysely";
import type { WitnessedHead } from "../../src/application/audit-findings.ts";
import { BooksUnavailable, codeOf } from "../../src/application/books-unavailable.ts";
import { type VerifiedAudit, verifyAudit } from "../../src/application/verify-audit.ts";
import type { Services } from "../../src/services.ts";
import { readAudit } from "../../src/store/audit-source.ts";
import { INVARIANTS } from "../../src/store/invariants/check-books.ts";
import type { Tables } from "../../src/store/tables.ts";

export interface Detected {
  readonly audit: VerifiedAudit;
  /** Ids of the invariants that do not hold. */
  readonly invariants: readonly string[];
}

class Undone extends Error {}

/** The service goes on meanwhile, and takes its locks in another order than whoever changes all tables at once. */
const ATTEMPTS = 10;
/** Deadlock, lock timeout, and a connection that was cut for either. */
const IN_EACH_OTHERS_WAY = new Set(["40P01", "55P03", "25P03"]);

async function tamper(
  { database, chainKeys }: Pick<Services, "database" | "chainKeys">,
  statements: readonly string[],
  witnessed: readonly WitnessedHead[],
): Promise<Detected> {
  let detected: Detected | null = null;
  await database
    .transaction()
    .execute(async (transaction) => {
      await standAside(transaction);
      for (const statement of statements) {
        const { numAffectedRows } = await sql.raw(statement).execute(transaction);
        if (numAffectedRows === 0n) throw new Error(`nothing was changed by: ${statement}`);
      }
      const audit = await verifyAudit(
        { audit: { read: (work) => work(readAudit(transaction)) }, chainKeys },
        { witnessed, most: 20 },
      );
      const invariants: string[] = [];
      for (const { id, find } of INVARIANTS) if ((await find(transaction, 1)).length > 0) invariants.push(id);
      detected = { audit, invariants };
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  if (detected === null) throw new Error("nobody has looked");
  return detected;
}

/**
 * Does to the books what somebody with all power over the database could do, looks at them as `audit verify` does, and
 * undoes it. Triggers stand aside; so do the constraints that are named, as they could be dropped and made again.
 */
export async function afterTampering(...what: Parameters<typeof tamper>): Promise<Detected> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tamper(...what);
    } catch (error) {
      const isInTheWay = error instanceof BooksUnavailable || IN_EACH_OTHERS_WAY.has(codeOf(error));
      if (attempt === ATTEMPTS || !isInTheWay) throw error;
    }
  }
}

async function standAside(transaction: Transaction<Tables>): Promise<void> {
  await sql`DO $$
    DECLARE one record;
    BEGIN
      FOR one IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relhastriggers LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', one.name);
      END LOOP;
      FOR one IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
        WHERE contype = 'f' AND connamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.name, one.conname);
      END LOOP;
      FOR one IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.name, one.conname);
      END LOOP;
      ALTER TABLE audit_entries DROP CONSTRAINT one_entry_per_position;
      ALTER TABLE outbox DROP CONSTRAINT one_event_per_position;
    END $$`.execute(transaction);
}
