import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { announceEndedHolds } from "../../src/application/announce-ended-holds.ts";
import type { OrderDocument } from "../../src/application/order-document.ts";
import type { AccountId, OrderId } from "../../src/domain/identifiers.ts";
import { instantOf } from "../../src/domain/time.ts";
import type { ContractJson, OrderJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
});
afterAll(() => server.close());

const DAY_MS = 86_400_000;

/** The books as the sweep finds them so many days from now. */
function inDays(days: number) {
  return { ledger: server.services.ledger, clock: { now: () => instantOf(Date.now() + days * DAY_MS) } };
}

function day(offset: number): string {
  return new Date(Date.now() + offset * DAY_MS).toISOString();
}

type Status = OrderDocument["status"];
const UNPAID: Status = { state: "unpaid" };
const paid = (offset: number): Status => ({ state: "paid", paidAt: day(offset) });
const cancelled = (offset: number): Status => ({ state: "cancelled", cancelledAt: day(offset) });
const expired = (offset: number): Status => ({ state: "expired", expiredAt: day(offset) });
const refunded = (offset: number): Status => ({ state: "refunded", refundedAt: day(offset) });

async function report(order: string, revision: number, status: Status, changes = {}): Promise<string> {
  const response = await seller.put(`/v1/orders/${order}`, orderBody({ revision, status, ...changes }));
  expect(response.status).toBe(200);
  return (await read<{ outcome: string }>(response)).outcome;
}

async function contracted(order: string): Promise<string> {
  expect(await report(order, 1, UNPAID)).toBe("created");
  const response = await seller.post(`/v1/orders/${order}/contract`, {});
  expect(response.status).toBe(201);
  return (await read<ContractJson>(response)).number;
}

async function standingOf(number: string): Promise<string> {
  return (await read<ContractJson>(await seller.get(`/v1/contracts/${number}`))).standing;
}

async function events(order: string, number: string): Promise<readonly string[]> {
  const rows = await server.services.database
    .selectFrom("outbox")
    .select("type")
    .where("subject", "in", [order, number])
    .orderBy("event_id")
    .execute();
  return rows.map(({ type }) => type).filter((type) => !/requested|issued|hold_started/.test(type));
}

async function lateTickets(order: string): Promise<number> {
  const rows = await server.services.database
    .selectFrom("tickets")
    .select("topic")
    .where("order_id", "=", order)
    .execute();
  expect(new Set(rows.map(({ topic }) => topic)).size).toBeLessThanOrEqual(1);
  return rows.length;
}

describe("what happened first counts, not what arrived first (R9, R10, R11)", () => {
  test("paid in time, and told twice and late: in force, announced once", async () => {
    const number = await contracted("LIFE-1");
    const body = orderBody({ revision: 3, status: paid(1) });
    const put = async () => (await read<{ outcome: string }>(await seller.put("/v1/orders/LIFE-1", body))).outcome;
    expect(await put()).toBe("updated");
    expect(await standingOf(number)).toBe("in_force");
    expect(await put()).toBe("unchanged");
    expect(await report("LIFE-1", 2, UNPAID)).toBe("stale");
    expect(await standingOf(number)).toBe("in_force");
    expect(await events("LIFE-1", number)).toEqual(["contract.in_force", "order.hold_ended"]);
  });

  test("a payment that is told after a later refund still puts the contract in force (R11)", async () => {
    const number = await contracted("LIFE-2");
    expect(await report("LIFE-2", 3, refunded(5))).toBe("updated");
    expect(await report("LIFE-2", 2, paid(2))).toBe("stale");
    expect(await standingOf(number)).toBe("in_force");
    const { decision, state } = await read<OrderJson>(await seller.get("/v1/orders/LIFE-2"));
    expect([state, decision]).toMatchObject(["refunded", { code: "already_contracted" }]);
  });

  test("cancelled before it is paid, and told after: void from then on (R9)", async () => {
    const number = await contracted("LIFE-3");
    expect(await report("LIFE-3", 3, cancelled(3))).toBe("updated");
    expect(await standingOf(number)).toBe("void");
    expect(await report("LIFE-3", 2, UNPAID, { occurredAt: day(-1) })).toBe("stale");
    expect(await standingOf(number)).toBe("void");
    expect(await report("LIFE-3", 4, paid(4))).toBe("updated");
    expect(await standingOf(number)).toBe("void");
    expect(await events("LIFE-3", number)).toEqual(["contract.voided", "order.hold_ended"]);
  });

  test("the same reports in every order give the same standing", async () => {
    const histories: readonly (readonly [string, readonly Status[]])[] = [
      ["in_force", [paid(1), refunded(2)]],
      ["void", [paid(1), cancelled(2)]],
      ["pending_payment", [paid(1), UNPAID]],
      ["lapsed", [paid(60), refunded(61)]],
      ["void", [cancelled(1), paid(2)]],
      ["lapsed", [paid(60), cancelled(61)]],
      ["lapsed", [expired(1), cancelled(2)]],
      ["void", [cancelled(1), expired(2)]],
    ];
    for (const [index, [standing, statuses]] of histories.entries()) {
      for (const [turn, order] of [
        [0, 1, 0],
        [1, 0, 1, 0],
      ].entries()) {
        const name = `PERMUTED-${index}-${turn}`;
        const number = await contracted(name);
        const bodies = statuses.map((status, at) => orderBody({ revision: at + 2, status }));
        for (const [told, at] of order.entries()) {
          expect((await seller.put(`/v1/orders/${name}`, bodies[at])).status).toBe(200);
          // Once both are told it stands, whatever is told again.
          if (told > 0) expect([name, await standingOf(number)]).toEqual([name, standing]);
        }
      }
    }
  });
});

describe("paid after the hold had ended (R10)", () => {
  test("the contract has lapsed and stays so; the desk has exactly one ticket, however often it is told", async () => {
    const number = await contracted("LATE-1");
    const body = orderBody({ revision: 2, status: paid(45) });
    const answers = await Promise.all(Array.from({ length: 6 }, () => seller.put("/v1/orders/LATE-1", body)));
    const outcomes = await Promise.all(
      answers.map(async (answer) => (await read<{ outcome: string }>(answer)).outcome),
    );
    expect(outcomes.sort()).toEqual([...Array<string>(5).fill("unchanged"), "updated"]);
    expect(await standingOf(number)).toBe("lapsed");
    await report("LATE-1", 3, paid(46));
    await report("LATE-1", 5, UNPAID);
    await report("LATE-1", 6, paid(47));
    await report("LATE-1", 4, paid(48));
    expect(await standingOf(number)).toBe("lapsed");
    expect(await lateTickets("LATE-1")).toBe(1);
    expect(await problemOf(await seller.post("/v1/orders/LATE-1/contract", {}))).toMatchObject({
      code: "already_contracted",
    });
  });

  test("a later report that corrects the instant of the payment puts it in force after all", async () => {
    const number = await contracted("LATE-2");
    await report("LATE-2", 2, paid(45));
    expect(await standingOf(number)).toBe("lapsed");
    await report("LATE-2", 3, paid(3));
    expect(await standingOf(number)).toBe("in_force");
    expect(await lateTickets("LATE-2")).toBe(1);
  });

  test("a cancellation that a later report puts after the end of the hold had hidden it: the desk is told then", async () => {
    await contracted("LATE-4");
    await report("LATE-4", 2, cancelled(5));
    await report("LATE-4", 4, paid(45));
    expect(await lateTickets("LATE-4")).toBe(0);
    expect(await report("LATE-4", 3, cancelled(40))).toBe("stale");
    expect(await lateTickets("LATE-4")).toBe(1);
  });

  test("paid in time there is no ticket", async () => {
    await contracted("LATE-3");
    await report("LATE-3", 2, paid(5));
    expect(await lateTickets("LATE-3")).toBe(0);
  });
});

describe("what is announced of a hold (R8, R10)", () => {
  test("an order that its source reports expired before the hold has ended is announced lapsed once", async () => {
    const number = await contracted("HOLD-1");
    await report("HOLD-1", 2, expired(0));
    const announced = ["contract.lapsed", "order.hold_ended"];
    expect(await events("HOLD-1", number)).toEqual(announced);
    await announceEndedHolds(inDays(60));
    expect(await events("HOLD-1", number)).toEqual(announced);
  });

  test("a payment that is taken back inside the hold starts it again, and its end is announced", async () => {
    const number = await contracted("HOLD-2");
    await report("HOLD-2", 2, paid(1));
    await report("HOLD-2", 3, UNPAID);
    expect(await standingOf(number)).toBe("pending_payment");
    await announceEndedHolds(inDays(60));
    const rows = await server.services.database
      .selectFrom("outbox")
      .select("type")
      .where("subject", "in", ["HOLD-2", number])
      .orderBy("event_id")
      .execute();
    expect(rows.slice(3).map(({ type }) => type)).toEqual([
      "contract.in_force",
      "order.hold_ended",
      "order.hold_started",
      "contract.lapsed",
      "order.hold_ended",
    ]);
  });
});

test("a hold that ends while its order is being reported waits for nobody: neither is undone for the other", async () => {
  const number = await contracted("HOLD-3");
  const { database, ledger } = server.services;
  const [order, account] = ["HOLD-3" as OrderId, "demo-enterprise" as AccountId];
  const deadlocks = async () =>
    (
      await sql<{ n: number }>`SELECT deadlocks::integer AS n FROM pg_stat_database
        WHERE datname = current_database()`.execute(database)
    ).rows[0]?.n;
  await ledger.transaction(async (transaction) => {
    await transaction.lockOrder(account, order);
    await announceEndedHolds(inDays(60));
    const contract = await transaction.contractOn(account, { kind: "order", order });
    if (!contract) throw new Error("no contract");
    expect(await transaction.settleHold(contract)).toBe(true);
    // Whoever settles a hold tells of its end, or the database does not commit it.
    await transaction.publish({
      ...{ type: "order.hold_ended", at: inDays(60).clock.now(), account, subject: order },
      data: { contract: number, outcome: "in_force" },
    });
  });
  expect(await deadlocks()).toBe(0);
  expect(await events("HOLD-3", number)).toEqual(["order.hold_ended"]);
});

describe("a revision is said once", () => {
  test("with other content it is refused by name, whether it is the newest or an older one", async () => {
    await report("REVISION-1", 1, UNPAID);
    await report("REVISION-1", 2, paid(0));
    const before = await read<OrderJson>(await seller.get("/v1/orders/REVISION-1"));
    for (const revision of [1, 2]) {
      const response = await seller.put("/v1/orders/REVISION-1", orderBody({ revision, currency: "USD" }));
      expect(response.status).toBe(422);
      expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field: "revision" });
    }
    expect(await read(await seller.get("/v1/orders/REVISION-1"))).toEqual(before);
  });

  test("told by several senders at once, in any order, it is entered once and the newest stands", async () => {
    const bodies = [1, 2, 3, 4].map((revision) =>
      orderBody({ revision, status: revision === 4 ? paid(0) : UNPAID, occurredAt: day(-9 + revision) }),
    );
    const senders = [3, 1, 0, 2, 3, 0].map((at) => seller.put("/v1/orders/REVISION-2", bodies[at]));
    const answers = await Promise.all(senders);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    const outcomes = await Promise.all(
      answers.map(async (answer) => (await read<{ outcome: string }>(answer)).outcome),
    );
    expect(outcomes.filter((outcome) => outcome === "unchanged")).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
    expect(await read(await seller.get("/v1/orders/REVISION-2"))).toMatchObject({ revision: 4, state: "paid" });
  });
});
