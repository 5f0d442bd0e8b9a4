import { spawn } from "node:child_process";
import { once } from "node:events";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerOnce } from "../../src/application/answer-once.ts";
import { forgetExpired } from "../../src/application/forget-expired.ts";
import { oncePerKey } from "../../src/application/once-per-key.ts";
import type { Ledger } from "../../src/application/ports.ts";
import { fingerprintOf, type RepeatableRequest } from "../../src/application/repeatable-request.ts";
import { parseAccountId } from "../../src/domain/identifiers.ts";
import { forgettingRound } from "../../src/jobs/forgetting-round.ts";
import { startSchedule } from "../../src/jobs/schedule.ts";
import { type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";

let bench: IssuingBench;
let ledger: Ledger;
beforeAll(async () => {
  bench = await openIssuingBench();
  ({ ledger } = bench.services);
});
beforeEach(async () => {
  await bench.services.database.deleteFrom("idempotency_keys").execute();
});
afterAll(() => bench.close());

function request(key: string, content: unknown = "the same"): RepeatableRequest {
  const owner = parseAccountId("bench-account");
  if (!owner) throw new Error("no account id");
  return { owner, route: "requestContract", key, fingerprint: fingerprintOf(content) };
}

/** Work whose answer is what it is given; `ran` counts how often it was done. */
function work(answer: string | null, ran = { times: 0 }) {
  return {
    ran,
    run: async () => {
      ran.times++;
      return answer ?? "nothing";
    },
    keep: () => answer,
    again: async (kept: string) => `${kept}, again`,
  };
}

async function keptAnswers(): Promise<readonly unknown[]> {
  const rows = await bench.services.database.selectFrom("idempotency_keys").select("answer").orderBy("key").execute();
  return rows.map(({ answer }) => answer);
}

/** A first request that holds its key until it is told to end. */
function holding(key: string): { held: Promise<void>; end: (how: "done" | "broken") => Promise<unknown> } {
  let hold = () => {};
  let release = (_: "done" | "broken") => {};
  const held = new Promise<void>((resolve) => {
    hold = resolve;
  });
  const told = new Promise<"done" | "broken">((resolve) => {
    release = resolve;
  });
  const run = async () => {
    hold();
    if ((await told) === "broken") throw new Error("the first request broke");
    return "first";
  };
  const ended = oncePerKey(ledger, request(key), { ...work("first"), run }).catch((error: unknown) => error);
  const end = (how: "done" | "broken") => {
    release(how);
    return ended;
  };
  return { held, end };
}

/** The ledger, which tells when a transaction on it has come to nothing because the key is held. */
function watched(): { ledger: Ledger; looked: Promise<void> } {
  let tell = () => {};
  const looked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const transaction: Ledger["transaction"] = async (run) => {
    try {
      return await ledger.transaction(run);
    } finally {
      tell();
    }
  };
  return { ledger: { ...ledger, transaction }, looked };
}

/** Somebody else's transaction that has locked an order. */
async function lockOrder(order: string): Promise<{ waiting: () => Promise<number>; end: () => Promise<unknown> }> {
  const { database } = bench.services;
  const lock = await database.startTransaction().execute();
  await lock.selectFrom("orders").select("order_id").where("order_id", "=", order).forUpdate().execute();
  const waiting = async () => {
    const { rows } = await sql`SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%"orders"%'`.execute(database);
    return rows.length;
  };
  return { waiting, end: () => lock.commit().execute() };
}

describe("while the first request under a key is running", () => {
  test("a second one gives up after a while, and has done nothing", async () => {
    const first = holding("held");
    await first.held;
    const second = work("second");
    expect(await oncePerKey(ledger, request("held"), second)).toEqual({ kind: "request_still_running" });
    expect(second.ran.times).toBe(0);
    expect(await first.end("done")).toBe("first");
    expect(await keptAnswers()).toEqual(["first"]);
  });

  test("a second one waits for it, and is answered as it was", async () => {
    const first = holding("soon");
    await first.held;
    const { ledger: own, looked } = watched();
    const second = work("second");
    const answered = oncePerKey(own, request("soon"), second);
    await looked;
    await first.end("done");
    expect(await answered).toBe("first, again");
    expect(second.ran.times).toBe(0);
  });

  test("a second one does the work itself when the first one breaks", async () => {
    const first = holding("breaks");
    await first.held;
    const { ledger: own, looked } = watched();
    const answered = oncePerKey(own, request("breaks"), work("second"));
    await looked;
    expect(await first.end("broken")).toMatchObject({ message: "the first request broke" });
    expect(await answered).toBe("second");
    expect(await keptAnswers()).toEqual(["second"]);
  });

  test("those who wait leave connections to others: a pool's worth of them and more keep nobody out", async () => {
    const first = holding("crowd");
    await first.held;
    await bench.place("CROWD-OTHER");
    const waiting = Array.from({ length: 40 }, () => oncePerKey(ledger, request("crowd"), work("one of many")));
    expect(await requestOf(bench.quickPorts(), "CROWD-OTHER", "another key")).toMatchObject({ kind: "issued" });
    for (const outcome of await Promise.all(waiting)) expect(outcome).toEqual({ kind: "request_still_running" });
    await first.end("done");
  });

  test("a lock that the work itself has to wait for is no sign of another request", async () => {
    await bench.place("PATIENT");
    const own = await lockOrder("PATIENT");
    const answered = requestOf(bench.quickPorts(), "PATIENT", "patient");
    await expect.poll(own.waiting, { timeout: 10_000 }).toBe(1);
    // Longer than anybody waits for a key.
    await sql`SELECT pg_sleep(0.2)`.execute(bench.services.database);
    await own.end();
    expect(await answered).toMatchObject({ kind: "issued" });
  });
});

describe("what is left of a request", () => {
  test("that was done is its answer, for the same request; another one under the key is told so", async () => {
    expect(await oncePerKey(ledger, request("kept"), work("done"))).toBe("done");
    expect(await oncePerKey(ledger, request("kept"), work("other"))).toBe("done, again");
    const other = work("other");
    expect(await oncePerKey(ledger, request("kept", "another"), other)).toEqual({ kind: "idempotency_key_reused" });
    expect(other.ran.times).toBe(0);
  });

  test("is never a key without an answer: the database does not commit it", async () => {
    const claimed = ledger.transaction((transaction) => transaction.claimKey(request("unanswered")));
    await expect(claimed).rejects.toThrow("a key of bench-account on requestContract was claimed and not answered");
    expect(await keptAnswers()).toEqual([]);
  });

  test("that did nothing is nothing, so that something else may be asked for under its key", async () => {
    expect(await oncePerKey(ledger, request("free"), work(null))).toBe("nothing");
    expect(await keptAnswers()).toEqual([]);
    expect(await oncePerKey(ledger, request("free", "another"), work("done"))).toBe("done");
  });

  test("whose process was killed before it was done is nothing: the next one does the work", async () => {
    const holder = spawn(process.execPath, ["--input-type=module", "--eval", HOLD_AND_SAY_SO], {
      env: { ...process.env, DATABASE_URL: bench.databaseUrl },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(holder.stdout, "data");
    const next = () => oncePerKey(ledger, request("killed"), work("done by the next one"));
    expect(await next()).toEqual({ kind: "request_still_running" });
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await expect.poll(next, { timeout: 10_000 }).toMatch(/^done by the next one/);
    expect(await keptAnswers()).toEqual(["done by the next one"]);
  });
});

describe("a use case that is done once under a key", () => {
  const KEPT = { done: true, closed: true, busy: false } as const;
  type Outcome = { readonly kind: keyof typeof KEPT; readonly note?: string };
  const once = (key: string, useCase: (ports: { ledger: Ledger }) => Promise<Outcome>) =>
    answerOnce<{ ledger: Ledger }, Outcome>({ ledger }, request(key), KEPT, useCase);

  test("decides nothing beside its transaction that would hide the first answer", async () => {
    const first = { kind: "done", note: "first" } as const;
    await once("beside", ({ ledger: own }) => own.transaction(async () => first));
    for (const kind of ["closed", "busy"] as const) expect(await once("beside", async () => ({ kind }))).toEqual(first);
    expect(await once("closed", async () => ({ kind: "closed" }))).toEqual({ kind: "closed" });
    expect(await once("closed", async () => ({ kind: "done" }))).toEqual({ kind: "closed" });
    expect(await once("busy", async () => ({ kind: "busy" }))).toEqual({ kind: "busy" });
    expect(await once("busy", async () => ({ kind: "done" }))).toEqual({ kind: "done" });
  });

  test("has one transaction, whose answer is its outcome; any other is a bug", async () => {
    const twice = once("twice", async ({ ledger: own }) => {
      await own.transaction(async () => ({ kind: "done" }));
      return own.transaction(async () => ({ kind: "done" }));
    });
    await expect(twice).rejects.toThrow("has one transaction");
    const changed = once("changed", async ({ ledger: own }) => {
      await own.transaction(async () => ({ kind: "busy" }));
      return { kind: "done" };
    });
    await expect(changed).rejects.toThrow("answers what its transaction does");
  });
});

/** Another process, which has claimed the key and not come to an end. */
const HOLD_AND_SAY_SO = `
  import pg from "pg";
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c orderseal.sees=*" });
  await client.connect();
  await client.query("BEGIN");
  await client.query("INSERT INTO idempotency_keys (owner, route, key, fingerprint) VALUES ($1, $2, $3, $4)",
    ["bench-account", "requestContract", "killed", "whatever"]);
  console.log("held");
  setInterval(() => {}, 1000);
`;

describe("answers are kept for 48 hours, and sessions until an hour after their end", () => {
  async function age(key: string, hours: number): Promise<void> {
    await oncePerKey(ledger, request(key), work(key));
    const created_at = sql<Date>`now() - ${hours} * interval '1 hour'`;
    await bench.services.database.updateTable("idempotency_keys").set({ created_at }).where("key", "=", key).execute();
  }

  test("the old ones are forgotten, the younger are not", async () => {
    await age("old", 48.1);
    await age("young", 47.9);
    expect(await forgetExpired(bench.services)).toBe(false);
    expect(await keptAnswers()).toEqual(["young"]);
    expect(await oncePerKey(ledger, request("old"), work("anew"))).toBe("anew");
  });

  test("sessions likewise", async () => {
    const { clock, database } = bench.services;
    const holder = { kind: "staff", roles: ["contract_desk"], name: "li.na" } as const;
    const at = (hours: number) => (clock.now() + hours * 3_600_000) as ReturnType<typeof clock.now>;
    const kept = { holder, source: "demo", openedAt: at(-9), returnUrl: null, language: null } as const;
    for (const [token, end] of [
      ["ended", at(-1.1)],
      ["just ended", at(-0.9)],
      ["runs", at(1)],
    ] as const) {
      const session = { ...kept, expiresAt: end, idleUntil: end };
      await bench.services.ledger.transaction((transaction) => transaction.saveSession(token, session));
    }
    await forgetExpired(bench.services);
    const left = await database.selectFrom("sessions").select("token_sha256").orderBy("expires_at").execute();
    expect(left.map(({ token_sha256 }) => token_sha256)).toEqual(["just ended", "runs"]);
  });

  test("many are forgotten batch by batch; when all are, there is a rest of a minute", async () => {
    const { database, clock } = bench.services;
    await sql`INSERT INTO idempotency_keys (owner, route, key, fingerprint, answer, created_at)
      SELECT 'bench-account', 'openTicket', n::text, 'f', '{}', now() - interval '50 hours'
      FROM generate_series(1, 1100) n`.execute(database);
    const count = async () => (await keptAnswers()).length;
    const round = forgettingRound({ ...bench.services, clock });
    await round();
    expect(await count()).toBe(600);
    await round();
    await round();
    expect(await count()).toBe(0);
    await age("after the last batch", 50);
    await round();
    expect(await count()).toBe(1);
  });

  test("the schedule sees to it", async () => {
    await age("scheduled", 50);
    const ports = {
      ...bench.quickPorts(),
      access: bench.services.access,
      retention: bench.services.environment.retention,
    };
    const broken: unknown[] = [];
    const schedule = startSchedule(ports, (error) => broken.push(error));
    try {
      await expect.poll(keptAnswers, { timeout: 10_000 }).toEqual([]);
    } finally {
      await schedule.stop();
    }
    expect(broken).toEqual([]);
  });
});
