import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ACCOUNT,
  attachment,
  type Case,
  closeTicket,
  deleteClosedTicket,
  draft,
  idOf,
  openRulesBench,
  openTicket,
  publishing,
  type RulesBench,
  session,
  TICKET,
} from "./rules-bench.ts";

let bench: RulesBench;
beforeAll(async () => {
  bench = await openRulesBench();
});
afterAll(() => bench.close());

describe("the database itself refuses", () => {
  test.each<Case>([
    ["a policy that its drafter published", () => publishing(9, "body", "'draft', 'a', 'a'"), /two_persons/],
    ["a drafted policy without a drafter", () => publishing(9, "body", "'draft', NULL, 'a'"), /two_persons/],
    [
      "one that its drafter published by another spelling",
      () => publishing(9, "body", "'draft', 'a', ' A'"),
      /two_persons/,
    ],
    ["a policy of unknown origin", () => publishing(9, "body", "'rumour', NULL, 'a'"), /origin_check/],
    ["a draft against no version", () => draft("99", "'a'"), /foreign key/],
    ["a draft by nobody", () => draft("1", "''"), /drafted_by_check/],
    ["two open drafts", () => `${draft("1", "'a'")}; ${draft("1", "'b'")}`, /one_open_draft/],
  ])("%s", async (_, statement, complaint) => {
    expect(await bench.tryOut(statement())).toMatch(complaint);
  });

  test.each<Case>([
    ["two open tickets on one order", () => openTicket({ order_id: "'FREE'" }), /one_open_ticket_per_order/],
    [
      "telling of a late payment twice",
      () =>
        Array(2)
          .fill(openTicket({ topic: "'paid_after_hold'" }))
          .join("; "),
      /late_payment_told_once/,
    ],
    ["a queue that is none", () => openTicket({ queue: "'sales'" }), /queue_check/],
    ["a ticket on no order", () => openTicket({ order_id: "'NONE'" }), /foreign key/],
    ["one that begins closed, by nobody", () => openTicket({ state: "'rejected'", rejection: "'x'" }), /check/],
    ["an open one with a rejection", () => openTicket({ rejection: "'x'" }), /check/],
    ["an open one with a contract", () => openTicket({ contract_id: idOf("ISSUED") }), /check/],
    ["one resolved without a contract", () => `${closeTicket}, state = 'resolved' WHERE state = 'open'`, /check/],
    [
      "one resolved with no contract",
      () => `${closeTicket}, state = 'resolved', contract_id = gen_random_uuid() WHERE state = 'open'`,
      /foreign key/,
    ],
    [
      "one resolved with another order's contract",
      () => `${closeTicket}, state = 'resolved', contract_id = ${idOf("VOIDED")} WHERE state = 'open'`,
      /foreign key/,
    ],
    ["one rejected without a reason", () => `${closeTicket}, state = 'rejected' WHERE state = 'open'`, /check/],
    [
      "one rejected with an empty one",
      () => `${closeTicket}, state = 'rejected', rejection = '' WHERE state = 'open'`,
      /check/,
    ],
    [
      "another account for a ticket",
      () => "UPDATE tickets SET account = 'demo-enterprise' WHERE state = 'open'",
      /cannot be changed/,
    ],
    [
      "another queue for it",
      () => "UPDATE tickets SET queue = 'marketplace_desk' WHERE state = 'open'",
      /cannot be changed/,
    ],
    [
      "changing a closed ticket",
      () => "UPDATE tickets SET rejection = 'y' WHERE state = 'rejected'",
      /cannot be changed/,
    ],
    [
      "opening a closed one again",
      () =>
        "UPDATE tickets SET state = 'open', closed_at = NULL, closed_by = NULL, rejection = NULL WHERE state = 'rejected'",
      /cannot be changed/,
    ],
    ["deleting a ticket", () => deleteClosedTicket, /cannot be changed/],
    [
      "a message on no ticket",
      () =>
        `INSERT INTO ticket_messages VALUES ('${ACCOUNT}', gen_random_uuid(), gen_random_uuid(), now(), 'buyer', 'a', 'x')`,
      /foreign key/,
    ],
    [
      "an empty message",
      () =>
        `INSERT INTO ticket_messages VALUES ('${ACCOUNT}', '${TICKET}', gen_random_uuid(), now(), 'buyer', 'a', '')`,
      /text_check/,
    ],
    [
      "a message of no side",
      () =>
        `INSERT INTO ticket_messages VALUES ('${ACCOUNT}', '${TICKET}', gen_random_uuid(), now(), 'press', 'a', 'x')`,
      /side_check/,
    ],
    ["an attachment without a name", () => attachment({ name: "''" }), /name_check/],
    ["an attachment of nothing", () => attachment({ bytes: "0" }), /bytes_check/],
    ["an attachment whose hash is none", () => attachment({ sha256: "'abc'" }), /sha256_check/],
    ["an attachment by the system", () => attachment({ side: "'system'" }), /side_check/],
  ])("%s", async (_, statement, complaint) => {
    expect(await bench.tryOut(statement())).toMatch(complaint);
  });

  test.each<Case>([
    ["a buyer's session without an account", () => session("NULL", "'buyer_requester'"), /buyer_or_staff/],
    ["a desk's session with one", () => session(`'${ACCOUNT}'`, "'contract_desk'"), /buyer_or_staff/],
    ["a session of no role", () => session("NULL", "'machine'"), /buyer_or_staff/],
    [
      "a key of no role",
      () => `INSERT INTO api_keys (key_id, token_sha256, name, created_at, created_by, roles)
        VALUES (gen_random_uuid(), 'x', 'x', now(), 'x', '{buyer_requester}')`,
      /roles_of_the_seller/,
    ],
  ])("%s", async (_, statement, complaint) => {
    expect(await bench.tryOut(statement())).toMatch(complaint);
  });
});

describe("what was written down stays written", () => {
  test.each([
    ["order_reports", "body = '{}'"],
    ["ticket_messages", "text = 'other'"],
    ["ticket_attachments", "name = 'other'"],
  ])("%s is append-only", async (table, change) => {
    expect(await bench.tryOut(`UPDATE ${table} SET ${change}`)).toMatch(/append-only/);
    expect(await bench.tryOut(`DELETE FROM ${table}`)).toMatch(/append-only/);
  });

  test.each(["order_reports", "ticket_messages", "ticket_attachments", "tickets", "bills"])(
    "%s is never emptied",
    async (table) => {
      expect(await bench.tryOut(`TRUNCATE ${table} CASCADE`)).toMatch(/append-only/);
    },
  );

  test("a revision is reported once, and only of an order that exists", async () => {
    const copy = (order: string) =>
      `INSERT INTO order_reports SELECT account, ${order}, revision, occurred_at, arrived_at, body FROM order_reports LIMIT 1`;
    expect(await bench.tryOut(copy("order_id"))).toMatch(/order_reports_pkey/);
    expect(await bench.tryOut(copy("'NONE'"))).toMatch(/foreign key/);
  });
});

test("and the same rows go in where nothing is wrong with them", async () => {
  for (const statement of [
    publishing(4, "body", "'draft', 'a', 'b'"),
    draft("1", "'a'"),
    openTicket({}),
    openTicket({ order_id: "'FREE'", topic: "'paid_after_hold'" }),
    attachment({}),
    session("NULL", "'marketplace_desk'"),
    session(`'${ACCOUNT}'`, "'buyer_requester'"),
  ]) {
    expect([statement, await bench.tryOut(statement)]).toEqual([statement, "done: 1"]);
  }
  const resolved = `${closeTicket}, state = 'resolved', contract_id = ${idOf("ISSUED")} WHERE order_id = 'ISSUED'`;
  expect(await bench.tryOut(`${openTicket({})}; ${resolved}`)).toMatch(/^done/);
});
