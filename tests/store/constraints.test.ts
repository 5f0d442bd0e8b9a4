import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { BROKEN_RENDERER, type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";

let bench: IssuingBench;
let database: Database;
beforeAll(async () => {
  bench = await openIssuingBench();
  ({ database } = bench.services);
  for (const order of ["ISSUED", "ISSUING", "FREE"]) await bench.place(order);
  expect((await requestOf(bench.quickPorts(), "ISSUED", "key")).kind).toBe("issued");
  expect((await requestOf({ ...bench.quickPorts(), renderer: BROKEN_RENDERER }, "ISSUING")).kind).toBe("issuing");
});
afterAll(() => bench.close());

/** Runs the statement as somebody with a database client would; the database's own words when it refuses. */
async function run(statement: string): Promise<string> {
  return sql
    .raw(statement)
    .execute(database)
    .then(
      ({ numAffectedRows }) => `done: ${numAffectedRows}`,
      (error: Error) => error.message,
    );
}

/** A row like that of ISSUED, with columns replaced by SQL expressions. */
function copyOf(changes: Readonly<Record<string, string>>): string {
  const columns =
    "account, contract_id, order_id, seller, number, state, requested_at, hold_until, policy_version, snapshot, snapshot_sha256, verification_code, issued_at, document_sha256, unsealed_sha256";
  const free = { contract_id: `'${randomUUID()}'`, order_id: "'FREE'", number: "'DEMO-209901-000001-X'" };
  const given: Readonly<Record<string, string>> = { ...free, ...changes };
  const values = columns.split(", ").map((column) => given[column] ?? column);
  return `INSERT INTO contracts (${columns}) SELECT ${values.join(", ")} FROM contracts WHERE order_id = 'ISSUED'`;
}

describe("the database itself refuses", () => {
  test.each<[string, () => string, RegExp]>([
    ["a second contract for an order (R4)", () => copyOf({ order_id: "order_id" }), /one_contract_per_order/],
    ["a contract of no order", () => copyOf({ order_id: "'NONE'" }), /foreign key/],
    ["a contract of another account's order", () => copyOf({ account: "'other'" }), /foreign key/],
    ["a contract of no seller", () => copyOf({ seller: "'nobody'" }), /foreign key/],
    [
      "a snapshot that is not what its hash says (R7)",
      () => copyOf({ snapshot: "snapshot || ' '" }),
      /snapshot_sha256|check/,
    ],
    ["a hash that does not fit its snapshot", () => copyOf({ snapshot_sha256: "repeat('0', 64)" }), /check/],
    ["an issued contract without a file", () => copyOf({ document_sha256: "NULL" }), /check/],
    ["an issued contract without a time", () => copyOf({ issued_at: "NULL" }), /check/],
    ["a contract being issued that has a file", () => copyOf({ state: "'issuing'" }), /check/],
    ["a state that is none", () => copyOf({ state: "'void'" }), /check/],
    ["a file hash that is none", () => copyOf({ document_sha256: "'abc'" }), /check/],
    ["an issued contract whose drawn document was not kept", () => copyOf({ unsealed_sha256: "NULL" }), /check/],
    ["a hold that ends before it starts (R8)", () => copyOf({ hold_until: "requested_at" }), /check/],
    ["a policy version that was never published", () => copyOf({ policy_version: "99" }), /foreign key/],
    ["a code that can be guessed", () => copyOf({ verification_code: "'1234'" }), /check/],
    [
      "a number twice",
      () => "INSERT INTO contract_numbers SELECT number, account, contract_id FROM contract_numbers LIMIT 1",
      /contract_numbers_pkey/,
    ],
    ["an order number of two accounts", () => "INSERT INTO order_numbers VALUES ('FREE', 'bench-account')", /pkey/],
    ["deleting an order that has a contract", () => "DELETE FROM orders WHERE order_id = 'ISSUED'", /foreign key/],
    [
      "renaming an order that has a contract",
      () => "UPDATE orders SET order_id = 'X' WHERE order_id = 'ISSUED'",
      /order_is_its_body/,
    ],
    [
      "a verified identity without a name (R6)",
      () => `UPDATE accounts SET identity = '{"state": "verified", "legalName": ""}'`,
      /check/,
    ],
    ["an order of revision zero", () => "UPDATE orders SET revision = 0", /check/],
  ])("%s", async (_, statement, complaint) => {
    expect(await run(statement())).toMatch(complaint);
  });

  test("and takes the same row where nothing is wrong with it", async () => {
    await database
      .transaction()
      .execute(async (transaction) => {
        const { numAffectedRows } = await sql.raw(copyOf({})).execute(transaction);
        expect(numAffectedRows).toBe(1n);
        throw new Error("undo");
      })
      .catch((error: Error) => expect(error.message).toBe("undo"));
  });
});

describe("an issued contract is never changed (R5, R7)", () => {
  test.each([
    "state = 'issuing', issued_at = NULL, document_sha256 = NULL",
    "document_sha256 = repeat('a', 64)",
    "issued_at = issued_at + interval '1 second'",
    "snapshot = snapshot || ' ', snapshot_sha256 = encode(sha256(convert_to(snapshot || ' ', 'UTF8')), 'hex')",
    "number = 'DEMO-209901-000002-X'",
    "order_id = 'FREE'",
    "hold_until = requested_at + interval '90 days'",
    "verification_code = repeat('A', 16)",
    "requested_at = requested_at - interval '1 day', hold_until = NULL",
    "claimed_until = now()",
  ])("not by SET %s", async (change) => {
    expect(await run(`UPDATE contracts SET ${change} WHERE order_id = 'ISSUED'`)).toMatch(/cannot be changed/);
  });

  test("nor deleted, nor is one that is being issued", async () => {
    expect(await run("DELETE FROM contracts WHERE order_id = 'ISSUED'")).toMatch(/cannot be deleted/);
    expect(await run("DELETE FROM contracts WHERE order_id = 'ISSUING'")).toMatch(/cannot be deleted/);
    expect(await run("TRUNCATE contracts")).toMatch(/referenced in a foreign key/);
  });

  test("one that is being issued keeps what was frozen, too", async () => {
    for (const change of [
      "hold_until = requested_at + interval '90 days'",
      "number = 'X'",
      "seller = 'demo-software'",
    ]) {
      expect(await run(`UPDATE contracts SET ${change} WHERE order_id = 'ISSUING'`)).toMatch(/cannot be changed/);
    }
  });

  test("nor issued without a file", async () => {
    expect(await run("UPDATE contracts SET state = 'issued' WHERE order_id = 'ISSUING'")).toMatch(/check/);
  });
});

describe("what was written down stays written", () => {
  test.each(["audit_entries", "policies"])("%s is append-only", async (table) => {
    expect(await run(`SELECT 1 FROM ${table} LIMIT 1`)).not.toMatch(/does not exist/);
    const column = table === "policies" ? "body" : "detail";
    expect(await run(`UPDATE ${table} SET ${column} = '{}'`)).toMatch(/append-only/);
    expect(await run(`DELETE FROM ${table}`)).toMatch(/append-only/);
  });

  test.each(["contracts", "contract_numbers", "audit_entries", "policies"])("%s is never emptied", async (table) => {
    expect(await run(`TRUNCATE ${table} CASCADE`)).toMatch(/append-only/);
  });

  test("a number is never given to another contract", async () => {
    expect(await run("UPDATE contract_numbers SET account = 'other'")).toMatch(/append-only/);
    expect(await run("DELETE FROM contract_numbers")).toMatch(/append-only/);
  });

  test("a refused request leaves no number behind: the next contract gets the next one", async () => {
    const numbers = await database.selectFrom("contracts").select("number").orderBy("number").execute();
    await expect(
      requestOf({ ...bench.quickPorts(), identifiers: { newId: () => "no uuid", newCode: () => "x" } }, "FREE"),
    ).rejects.toThrow();
    const next = await requestOf(bench.quickPorts(), "FREE");
    if (next.kind !== "issued") throw new Error(next.kind);
    const running = (number: string | undefined) => Number(number?.split("-")[2]);
    expect(running(next.contract.number)).toBe(running(numbers.at(-1)?.number) + 1);
  });
});
