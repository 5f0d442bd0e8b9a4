import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ACCOUNT,
  type Case,
  chained,
  copyOf,
  idOf,
  offline,
  onBill,
  openRulesBench,
  type RulesBench,
} from "./rules-bench.ts";

let bench: RulesBench;
beforeAll(async () => {
  bench = await openRulesBench();
});
afterAll(() => bench.close());

describe("the database itself refuses", () => {
  test.each<Case>([
    ["less than no quota (R18)", () => "UPDATE sellers SET quota_left = -1", /quota_left_check/],
    ["a second contract for a bill (R13)", () => `${onBill("2026-02")}; ${onBill("2026-02")}`, /one_contract_per_bill/],
    ["a contract on an open bill", () => onBill("2026-01"), /not final/],
    ["a contract on no bill", () => onBill("2026-03"), /not final|foreign key/],
    ["a contract on no bill by the calendar", () => onBill("2026-03", { policy_version: "3" }), /foreign key/],
    ["a contract on an order and a bill", () => onBill("2026-02", { order_id: "'FREE'" }), /order_or_bill/],
    ["a contract on neither", () => copyOf({ order_id: "NULL" }), /order_or_bill/],
    ["changing a final bill", () => "UPDATE bills SET body = '[]' WHERE state = 'final'", /cannot be changed/],
    ["opening a final bill again", () => "UPDATE bills SET state = 'open' WHERE state = 'final'", /cannot be changed/],
    [
      "moving a bill to another month",
      () => "UPDATE bills SET cycle = '2019-01' WHERE state = 'open'",
      /cannot be changed/,
    ],
    [
      "moving a bill to another account",
      () => "UPDATE bills SET account = 'x' WHERE state = 'open'",
      /cannot be changed/,
    ],
    ["deleting a bill", () => "DELETE FROM bills WHERE state = 'open'", /cannot be changed/],
    [
      "a bill of no month",
      () => "UPDATE bills SET cycle = '2026-13' WHERE state = 'open'",
      /cycle_check|cannot be changed/,
    ],
    ["a bill in no state", () => "UPDATE bills SET state = 'paid' WHERE state = 'open'", /state_check/],
  ])("%s", async (_, statement, complaint) => {
    expect(await bench.tryOut(statement())).toMatch(complaint);
  });

  test.each<Case>([
    [
      "without the policy's leave",
      () => copyOf({ ...chained, policy_version: "1", replaces: idOf("VOIDED") }),
      /may not/,
    ],
    [
      "of one that is in force",
      () => copyOf({ ...chained, order_id: "'ISSUED'", replaces: idOf("ISSUED") }),
      /may not/,
    ],
    ["of another order's", () => copyOf({ ...chained, order_id: "'FREE'", replaces: idOf("VOIDED") }), /may not/],
    [
      "of an order's by a bill's",
      () => onBill("2026-02", { policy_version: "2", replaces: idOf("VOIDED") }),
      /may not/,
    ],
    [
      "of another account's",
      () => copyOf({ ...chained, account: "'demo-enterprise'", replaces: idOf("VOIDED") }),
      /may not|foreign key/,
    ],
    ["of none", () => copyOf({ ...chained, replaces: "gen_random_uuid()" }), /may not/],
    [
      "of itself",
      () => copyOf({ ...chained, contract_id: idOf("VOIDED"), replaces: idOf("VOIDED") }),
      /replaces|may not|check/,
    ],
    ["twice", () => copyOf({ ...chained, order_id: "'REPLACED'", replaces: idOf("REPLACED") }), /replaced_once/],
    ["by a second first one", () => copyOf({ order_id: "'VOIDED'", policy_version: "2" }), /one_contract_per_order/],
  ])("a contract in the place %s (R4)", async (_, statement, complaint) => {
    expect(await bench.tryOut(statement())).toMatch(complaint);
  });

  test.each<Case>([
    ["voiding without a reason (R22)", () => "voided_at = now(), voided_by = 'x'", /void_with_reason/],
    ["with an empty reason", () => "voided_at = now(), voided_by = 'x', void_reason = ''", /void_reason_check/],
    ["by nobody", () => "voided_at = now(), void_reason = 'x'", /void_with_reason/],
    ["at no time", () => "voided_by = 'x', void_reason = 'x'", /cannot be changed|void_with_reason/],
    [
      "and changing the file at once",
      () => "voided_at = now(), voided_by = 'x', void_reason = 'x', document_sha256 = repeat('a', 64)",
      /cannot be changed/,
    ],
    ["making it an offline one", () => "form = 'offline'", /cannot be changed/],
    ["making it another's successor", () => `replaces = ${idOf("VOIDED")}`, /cannot be changed/],
    ["moving it to a bill", () => "order_id = NULL, cycle = '2026-02'", /cannot be changed/],
  ])("%s", async (_, change, complaint) => {
    expect(await bench.tryOut(`UPDATE contracts SET ${change()} WHERE order_id = 'ISSUED'`)).toMatch(complaint);
  });

  test.each([
    "voided_at = NULL, voided_by = NULL, void_reason = NULL",
    "void_reason = 'another'",
    "voided_at = now() + interval '1 day'",
    "voided_by = 'somebody else'",
  ])("undoing or changing a voiding by SET %s", async (change) => {
    expect(await bench.tryOut(`UPDATE contracts SET ${change} WHERE order_id = 'VOIDED'`)).toMatch(/cannot be changed/);
  });

  test("voiding one that is still being sealed", async () => {
    const change = "voided_at = now(), voided_by = 'x', void_reason = 'x'";
    expect(await bench.tryOut(`UPDATE contracts SET ${change} WHERE order_id = 'ISSUING'`)).toMatch(
      /void_with_reason|cannot be changed/,
    );
  });

  test.each<Case>([
    ["an offline contract without an order (R20)", () => onBill("2026-02", offline), /check/],
    [
      "one that is being sealed",
      () => copyOf({ ...offline, state: "'issuing'", issued_at: "NULL", document_sha256: "NULL" }),
      /check/,
    ],
    ["one with a drawn document", () => copyOf({ form: "'offline'" }), /check/],
    ["a sealed one without", () => copyOf({ unsealed_sha256: "NULL" }), /check/],
    ["a form that is none", () => copyOf({ form: "'paper'" }), /check/],
    [
      "a hold of no contract",
      () => `INSERT INTO open_holds VALUES ('${ACCOUNT}', gen_random_uuid(), now())`,
      /foreign key/,
    ],
  ])("%s", async (_, statement, complaint) => {
    expect(await bench.tryOut(statement())).toMatch(complaint);
  });
});

test("and the same rows go in where nothing is wrong with them", async () => {
  for (const statement of [
    copyOf({}),
    copyOf(offline),
    copyOf({ ...chained, replaces: idOf("VOIDED") }),
    onBill("2026-02"),
    onBill("2026-01", { policy_version: "3" }),
    "UPDATE bills SET state = 'final' WHERE state = 'open'",
    "UPDATE contracts SET voided_at = now(), voided_by = 'x', void_reason = 'x' WHERE order_id = 'ISSUED'",
    "UPDATE sellers SET quota_left = 0 WHERE seller = 'demo-cloud'",
  ]) {
    expect([statement, await bench.tryOut(statement)]).toEqual([statement, "done: 1"]);
  }
});
