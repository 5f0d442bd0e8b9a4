import { sql } from "kysely";
import type { BooksChecker, CheckedInvariant } from "../../application/books-checker.ts";
import type { Database } from "../database.ts";
import { ANNOUNCEMENT_INVARIANTS } from "./announcement-invariants.ts";
import { CONTRACT_INVARIANTS } from "./contract-invariants.ts";
import { NUMBER_INVARIANTS } from "./number-invariants.ts";
import { RECORD_INVARIANTS } from "./record-invariants.ts";
import type { StoredInvariant } from "./stored-invariant.ts";

/** Every invariant of the books, in the order of docs/invariants.md. */
export const INVARIANTS: readonly StoredInvariant[] = [
  ...CONTRACT_INVARIANTS,
  ...NUMBER_INVARIANTS,
  ...ANNOUNCEMENT_INVARIANTS,
  ...RECORD_INVARIANTS,
];

/** Looks through the books in PostgreSQL: one snapshot of them, for all invariants. */
export function openBooksChecker(database: Database): BooksChecker {
  return { checkBooks: (most, report) => checkBooks(database, most, report) };
}

async function checkBooks(
  database: Database,
  most: number,
  report: (checked: CheckedInvariant) => void,
): Promise<void> {
  await database
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (transaction) => {
      for (const { id, sentence, find } of INVARIANTS) {
        const found = await find(transaction, most + 1);
        report({ invariant: { id, sentence }, violations: found.slice(0, most), more: found.length > most });
      }
    });
}

const NAMED_AT_MOST = 20;

/** What is wrong with the books, a sentence each; empty when nothing is. For harnesses that look after each failure. */
export async function brokenInvariants(database: Database): Promise<readonly string[]> {
  const broken: string[] = [];
  await checkBooks(database, NAMED_AT_MOST, ({ invariant, violations }) => {
    for (const { kind, name, account, found } of violations) {
      const owner = account === null ? "" : ` of ${account}`;
      broken.push(`${invariant.id} (${invariant.sentence.en}): ${kind} ${name}${owner} ${JSON.stringify(found)}`);
    }
  });
  return broken;
}

/**
 * Numbers of contracts that have been left `issuing` for longer than that while they wait for no timestamp. Not an
 * invariant: between a crash and the next sweep, there are some; it is a matter of time.
 */
export async function contractsLeftIssuing(database: Database, seconds: number): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("contracts")
    .select("number")
    .where("state", "=", "issuing")
    .where("waiting_for", "is", null)
    .where(sql<boolean>`requested_at < now() - ${seconds} * interval '1 second'`)
    .orderBy("number")
    .execute();
  return rows.map(({ number }) => number);
}
