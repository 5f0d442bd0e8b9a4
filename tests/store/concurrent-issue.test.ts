import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { openLedger } from "../../src/store/ledger.ts";
import { type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";

let bench: IssuingBench;
beforeAll(async () => {
  bench = await openIssuingBench();
});
afterAll(() => bench.close());

test("thirty orders contracted at once have thirty numbers without a gap or a duplicate", async () => {
  const orders = Array.from({ length: 30 }, (_, index) => `GAPLESS-${index}`);
  await Promise.all(orders.map((order) => bench.place(order)));
  const outcomes = await Promise.all(orders.map((order) => requestOf(bench.quickPorts(), order)));
  const running = outcomes.map((outcome) =>
    outcome.kind === "issued" ? Number(outcome.contract.number.split("-")[2]) : Number.NaN,
  );
  expect(running.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
});

test("two services on one database give one contract for one order", async () => {
  const other = openDatabase({ connectionString: bench.databaseUrl });
  try {
    const ours = bench.quickPorts();
    const theirs = { ...ours, ledger: openLedger(other) };
    for (let round = 0; round < 10; round++) {
      const order = `NODES-${round}`;
      await bench.place(order);
      const outcomes = await Promise.all([ours, theirs, ours, theirs].map((ports) => requestOf(ports, order)));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["issued", "refused", "refused", "refused"]);
    }
  } finally {
    await other.destroy();
  }
});

describe("a transaction", () => {
  test.each(["40001", "40P01"])("that PostgreSQL undid (%s) runs again from the start", async (state) => {
    let attempts = 0;
    const value = await bench.services.ledger.transaction(async () => {
      attempts += 1;
      if (attempts < 3) await raise(state);
      return attempts;
    });
    expect(value).toBe(3);
  });

  test("that never goes through is given up after some attempts", async () => {
    let attempts = 0;
    const work = bench.services.ledger.transaction(() => {
      attempts += 1;
      return raise("40001");
    });
    await expect(work).rejects.toMatchObject({ code: "40001" });
    expect(attempts).toBe(5);
  });

  test("that failed otherwise is not run again", async () => {
    let attempts = 0;
    const work = bench.services.ledger.transaction(() => {
      attempts += 1;
      return raise("23505");
    });
    await expect(work).rejects.toMatchObject({ code: "23505" });
    expect(attempts).toBe(1);
  });

  test("that throws leaves nothing in the books", async () => {
    const { ledger } = bench.services;
    const product = (await ledger.products()).values().next().value;
    if (!product) throw new Error("no product");
    const name = { "zh-CN": "改", en: "changed" };
    const work = ledger.transaction(async (transaction) => {
      await transaction.saveProduct({ ...product, name });
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect((await ledger.products()).get(product.code)).toEqual(product);
  });

  test("a real deadlock is resolved by running one of the two again", async () => {
    await bench.place("LOCK-A");
    await bench.place("LOCK-B");
    const { ledger } = bench.services;
    const account = "bench-account" as Parameters<
      Parameters<Parameters<typeof ledger.transaction>[0]>[0]["lockOrder"]
    >[0];
    type Id = Parameters<Parameters<Parameters<typeof ledger.transaction>[0]>[0]["lockOrder"]>[1];
    let runs = 0;
    const lock = (first: string, second: string) =>
      ledger.transaction(async (transaction) => {
        runs += 1;
        await transaction.lockOrder(account, first as Id);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return transaction.lockOrder(account, second as Id);
      });
    const locked = await Promise.all([lock("LOCK-A", "LOCK-B"), lock("LOCK-B", "LOCK-A")]);
    expect(locked.map((order) => order?.id)).toEqual(["LOCK-B", "LOCK-A"]);
    // The one that runs again may take its first lock before the other one wakes up, and so meet it once more.
    expect(runs).toBeGreaterThanOrEqual(3);
  });
});

/** Lets PostgreSQL fail with this SQLSTATE. */
async function raise(state: string): Promise<never> {
  await sql
    .raw(`DO $$ BEGIN RAISE EXCEPTION 'made to fail' USING ERRCODE = '${state}'; END $$`)
    .execute(bench.services.database);
  throw new Error("nothing was raised");
}
