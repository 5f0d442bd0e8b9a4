import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BooksUnavailable } from "../../src/application/books-unavailable.ts";
import type { AuditEntry, LedgerTransaction } from "../../src/application/ports.ts";
import type { SellerId } from "../../src/domain/identifiers.ts";
import { instantOf } from "../../src/domain/time.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { runTransaction } from "../../src/store/run-transaction.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { type Cut, openForwarder, type PostgresForwarder } from "../torture/outages/postgres-forwarder.ts";

let own: TestDatabase;
let forwarder: PostgresForwarder;
/** Not by way of the forwarder. */
let direct: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  forwarder = await openForwarder(own.url);
  direct = openDatabase({ connectionString: own.url, max: 4 });
});
afterAll(async () => {
  await direct.destroy();
  await forwarder.close();
  await own.drop();
});

let database: Database;
beforeEach(async () => {
  forwarder.comeBack();
  database = openDatabase({ connectionString: forwarder.url, max: 2 });
  // A new connection has a statement of its own.
  await sql`SELECT 1`.execute(database);
});
afterEach(() => database.destroy());

function cutAt(statement: number, when: Cut["when"]): void {
  forwarder.cutAt({ application: "orderseal", statement, when });
}

function entry(action: string): AuditEntry {
  const actor = { kind: "operator", id: "test" } as const;
  return {
    at: instantOf(Date.now()),
    actor,
    action,
    account: null,
    objectKind: "test",
    objectId: "1",
    policyVersion: null,
    detail: {},
  };
}

async function entered(action: string): Promise<number> {
  const rows = await direct.selectFrom("audit_entries").select("entry_id").where("action", "=", action).execute();
  return rows.length;
}

/** Does its work, which answers how often it was begun, in a transaction of three statements: begin, both entries, commit. */
async function enterTwice(action: string, meanwhile: () => void = () => {}): Promise<number> {
  let begun = 0;
  const work = async (transaction: LedgerTransaction) => {
    begun += 1;
    await transaction.audit(entry(action));
    meanwhile();
    await transaction.audit(entry(action));
    return begun;
  };
  return runTransaction(database, work, 1_000);
}

describe("a transaction whose connection breaks", () => {
  test.each<[string, number, Cut["when"], number]>([
    ["before it has begun", 1, "before", 1],
    ["when it has begun", 1, "after", 1],
    ["before its first change", 2, "before", 2],
    ["after its last change", 2, "after", 2],
    ["before the commit has arrived", 3, "before", 2],
    ["when the commit is done and its answer under way", 3, "after", 1],
  ])("%s, is done once", async (where, statement, when, times) => {
    const action = `test.${where}`;
    cutAt(statement, when);
    expect(await enterTwice(action)).toBe(times);
    expect(forwarder.endCut().done).toBe(true);
    expect(await entered(action)).toBe(2);
  });

  test("for good, fails as one that passes, and has done nothing", async () => {
    const failed = await enterTwice("test.gone", () => forwarder.goAway()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(BooksUnavailable);
    expect(failed).toMatchObject({ kind: "unreachable" });
    expect(await entered("test.gone")).toBe(0);
  });

  test("for good in the middle of its commit, fails in doubt", async () => {
    const committing = enterTwice("test.doubt", () => cutAt(2, "after")).catch((error: unknown) => error);
    // The entries and the commit; then nobody can be asked any more.
    await expect.poll(() => forwarder.isCut(), { interval: 1 }).toBe(true);
    forwarder.goAway();
    expect(await committing).toMatchObject({ name: "BooksUnavailable", kind: "in_doubt" });
    expect(await entered("test.doubt")).toBe(2);
  });

  test("in the middle of its commit with nothing changed, is simply done again", async () => {
    cutAt(3, "after");
    const policy = await runTransaction(database, (transaction) => transaction.currentPolicy());
    expect(policy.version).toBe(1);
    expect(forwarder.endCut().done).toBe(true);
  });
});

test("a change on its own, whose answer was lost, is in doubt; it is not made again", async () => {
  const values = {
    key_id: randomUUID(),
    token_sha256: "a".repeat(64),
    name: "lost",
    roles: [],
    scopes: [],
    created_by: "x",
    created_at: new Date(),
    revoked_at: null,
  };
  cutAt(1, "after");
  const lost = await database
    .insertInto("api_keys")
    .values(values)
    .execute()
    .catch((error: unknown) => error);
  expect(lost).toMatchObject({ name: "BooksUnavailable", kind: "in_doubt" });
  expect(await direct.selectFrom("api_keys").select("name").execute()).toEqual([{ name: "lost" }]);
});

describe("connections", () => {
  test("that broke while idle are replaced, and a read that met one is sent again", async () => {
    const read = () => sql<{ one: number }>`SELECT 1 AS one`.execute(database);
    await Promise.all([read(), read()]);
    cutAt(1, "before");
    expect((await read()).rows).toEqual([{ one: 1 }]);
    forwarder.goAway();
    const reading = read();
    await setTimeout(200);
    forwarder.comeBack();
    expect((await reading).rows).toEqual([{ one: 1 }]);
  });

  test("that break while nothing is asked of them end neither the process nor the request", async () => {
    let begun = 0;
    const answer = await runTransaction(database, async (transaction) => {
      begun += 1;
      await transaction.currentPolicy();
      if (begun === 1) {
        await endSessions();
        await setTimeout(50);
      }
      return (await transaction.currentPolicy()).version;
    });
    expect([answer, begun]).toEqual([1, 2]);
  });

  async function endSessions(): Promise<void> {
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'idle in transaction'`.execute(direct);
  }

  test("that say nothing any more are given up after a while, and replaced", async () => {
    const impatient = openDatabase({ connectionString: forwarder.url, max: 1, query_timeout: 300 });
    try {
      const products = () => impatient.selectFrom("products").select("code").execute();
      const before = await products();
      forwarder.fallSilent();
      const reading = products().catch((error: unknown) => error);
      expect(await reading).toMatchObject({ name: "BooksUnavailable", kind: "unreachable" });
      forwarder.comeBack();
      expect(await products()).toEqual(before);
    } finally {
      await impatient.destroy();
    }
  });

  test("left in the middle of a transaction are lent to nobody else", async () => {
    const once = { failed: false };
    const faults = {
      before: async () => {},
      after: async (step: string) => {
        if (step !== "sql begin" || once.failed) return;
        once.failed = true;
        throw new Error("between begin and what follows");
      },
    };
    const narrow = openDatabase({ connectionString: own.url, max: 1 }, faults);
    try {
      await expect(runTransaction(narrow, async () => {})).rejects.toThrow("between begin");
      const { rows } = await sql<{ same: boolean }>`SELECT now() = statement_timestamp() AS same`.execute(narrow);
      expect(rows).toEqual([{ same: true }]);
      const open = sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`;
      expect((await open.execute(direct)).rows).toEqual([]);
    } finally {
      await narrow.destroy();
    }
  });

  test("a node that hangs gives up its locks, and what it had begun is undone", async () => {
    const hanging = openDatabase({ connectionString: own.url, max: 1, idle_in_transaction_session_timeout: 1_000 });
    const held = await hanging.startTransaction().execute();
    try {
      await sql`LOCK TABLE partners`.execute(held);
      const locks = sql`SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
        WHERE mode = 'AccessExclusiveLock' AND datname = current_database()`;
      await expect.poll(async () => (await locks.execute(direct)).rows).toEqual([]);
      await expect(held.commit().execute()).rejects.toBeInstanceOf(BooksUnavailable);
    } finally {
      await held
        .rollback()
        .execute()
        .catch(() => {});
      await hanging.destroy();
    }
  });
});

test("more than the pool can do is refused after a while, as one that passes", async () => {
  const narrow = openDatabase({ connectionString: own.url, max: 1, connectionTimeoutMillis: 300 });
  try {
    const held = await narrow.startTransaction().execute();
    const refused = await sql`SELECT 1`.execute(narrow).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "BooksUnavailable", kind: "busy" });
    await held.rollback().execute();
    expect((await sql`SELECT 1`.execute(narrow)).rows).toHaveLength(1);
  } finally {
    await narrow.destroy();
  }
});

test("a transaction of which a statement failed unnoticed is not taken for committed", async () => {
  const swallowing = runTransaction(database, async (transaction) => {
    await transaction.takeQuota("\0" as SellerId).catch(() => {});
  });
  await expect(swallowing).rejects.toThrow("undone, not committed");
});
