import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { finishInterrupted } from "../../src/application/finish-interrupted.ts";
import { issueContract } from "../../src/application/issue-contract.ts";
import { EVERY_CONTRACT } from "../../src/application/listed.ts";
import type { RequestContractPorts } from "../../src/application/request-contract.ts";
import type { TimestampFault } from "../../src/domain/timestamp-fault.ts";
import { ACTOR, BROKEN_RENDERER, type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";

let bench: IssuingBench;
let quick: RequestContractPorts;
beforeAll(async () => {
  bench = await openIssuingBench();
  const ports = bench.quickPorts();
  quick = { ...ports, timestamps: { ...ports.timestamps, isConfigured: true } };
});
afterEach(async () => {
  await endPauses();
  await finishInterrupted(quick, () => {});
});
afterAll(() => bench.close());

/** Ports whose authority fails so; `asked` counts. */
function failing(reason: TimestampFault) {
  const asked = { times: 0 };
  const sealer: RequestContractPorts["sealer"] = {
    seal: async () => {
      asked.times++;
      return { kind: "no_timestamp", failure: { reason, detail: "as the test wants it" } };
    },
  };
  return { ...quick, sealer, asked };
}

async function waiting(order: string, reason: TimestampFault = "unreachable"): Promise<void> {
  await bench.place(order);
  const outcome = await requestOf(failing(reason), order);
  expect(outcome).toMatchObject({ kind: "issuing", contract: { waitingFor: { what: "timestamp", reason } } });
}

async function endPauses(): Promise<void> {
  await sql`UPDATE contracts SET claimed_until = now() - interval '1 second' WHERE state = 'issuing'`.execute(
    bench.services.database,
  );
}

async function rowOf(order: string) {
  const { rows } = await sql<{ state: string; pause: number; waiting_for: string | null; events: string[] }>`
    SELECT state, waiting_for, extract(epoch FROM claimed_until - now())::float8 AS pause,
      ARRAY(SELECT type FROM outbox WHERE subject = number ORDER BY event_id) AS events
    FROM contracts WHERE order_id = ${order}`.execute(bench.services.database);
  const [row] = rows;
  if (!row) throw new Error(`${order} has no contract`);
  return row;
}

const finish = (ports: RequestContractPorts) => finishInterrupted(ports, () => {});

test("the pauses between attempts grow, and never beyond thirty seconds", async () => {
  await waiting("PAUSES");
  const pauses = [(await rowOf("PAUSES")).pause];
  for (let attempt = 0; attempt < 7; attempt++) {
    await endPauses();
    await finish(failing("timeout"));
    pauses.push((await rowOf("PAUSES")).pause);
  }
  const longest = [1, 2, 4, 8, 16, 30, 30, 30];
  pauses.forEach((pause, index) => {
    expect(pause).toBeLessThanOrEqual(longest[index] ?? 0);
    expect(pause).toBeGreaterThan((longest[index] ?? 0) / 4 - 0.5);
  });
});

test("where no authority is configured any more, whoever waits goes on waiting rather than be issued without", async () => {
  await waiting("PROMISED");
  await endPauses();
  await finish({ ...quick, timestamps: { ...quick.timestamps, isConfigured: false } });
  expect(await rowOf("PROMISED")).toMatchObject({ state: "issuing", waiting_for: "timestamp" });
  await finish(quick);
  expect(await rowOf("PROMISED")).toMatchObject({ state: "issued", waiting_for: null });
});

test("many that wait ask an authority that is down once a round, and keep nobody else from being finished", async () => {
  for (const order of ["ROUND-1", "ROUND-2", "ROUND-3"]) await waiting(order);
  await bench.place("OTHER");
  await requestOf({ ...quick, renderer: BROKEN_RENDERER, reportFailure: () => {} }, "OTHER");
  await endPauses();
  const ports = failing("unreachable");
  const picky: RequestContractPorts = {
    ...ports,
    sealer: {
      seal: async (rendered, snapshot, ...rest) => {
        const { order_id } = await bench.services.database
          .selectFrom("contracts")
          .select("order_id")
          .where("number", "=", snapshot.number ?? "")
          .executeTakeFirstOrThrow();
        return (order_id === "OTHER" ? quick : ports).sealer.seal(rendered, snapshot, ...rest);
      },
    },
  };
  expect(await finish(picky)).toBe(1);
  expect((await rowOf("OTHER")).state).toBe("issued");
  expect(ports.asked.times).toBe(1);
});

test("once one has its timestamp the others have theirs in the same round, their pauses over or not", async () => {
  for (const order of ["BACK-1", "BACK-2", "BACK-3"]) await waiting(order);
  await sql`UPDATE contracts SET claimed_until = now() + interval '29 seconds' WHERE order_id IN ('BACK-1', 'BACK-2')`.execute(
    bench.services.database,
  );
  await sql`UPDATE contracts SET claimed_until = now() WHERE order_id = 'BACK-3'`.execute(bench.services.database);
  expect(await finish(quick)).toBe(3);
  for (const order of ["BACK-1", "BACK-2", "BACK-3"]) {
    expect(await rowOf(order)).toMatchObject({
      state: "issued",
      waiting_for: null,
      events: ["contract.requested", "contract.timestamp_pending", "contract.issued"],
    });
  }
});

test("a contract that one works on is left alone by the others, also when they hurry", async () => {
  for (const order of ["CLAIM-1", "CLAIM-2"]) await waiting(order);
  await endPauses();
  const claimed = await bench.services.ledger.claimInterruptedContract("waiting");
  expect(claimed).not.toBeNull();
  expect(await finish(quick)).toBe(1);
  expect(await bench.services.ledger.claimInterruptedContract("waiting_early")).toBeNull();
});

test("one worker gets no timestamp after another got one: the contract is issued, and does not begin to wait again", async () => {
  await waiting("LATE");
  await endPauses();
  const issuing = await bench.services.ledger.claimInterruptedContract("waiting");
  if (!issuing) throw new Error("nothing waits");
  expect((await issueContract(quick, ACTOR, issuing)).kind).toBe("issued");
  expect((await issueContract(failing("timeout"), ACTOR, issuing)).kind).toBe("issued");
  expect(await rowOf("LATE")).toMatchObject({ state: "issued", waiting_for: null });
});

test("how many wait, and since when the first", async () => {
  expect(await bench.services.ledger.waitingForTimestamp()).toBeNull();
  await waiting("COUNT-1");
  await waiting("COUNT-2");
  const outcome = await bench.services.ledger.waitingForTimestamp();
  const { contract } =
    (await bench.services.ledger.listContracts(EVERY_CONTRACT, { limit: 2, cursor: null })).items[1] ?? {};
  expect(outcome).toEqual({ count: 2, since: contract?.state === "issuing" ? contract.waitingFor?.since : null });
});

test.each([
  ["waiting for something else", `waiting_for = 'rain', waiting_since = now(), waiting_reason = 'x'`],
  ["waiting for no reason", `waiting_for = 'timestamp', waiting_since = now(), waiting_reason = NULL`],
  ["since never", `waiting_for = 'timestamp', waiting_since = NULL, waiting_reason = 'timeout'`],
  [
    "issued while waiting",
    `state = 'issued', issued_at = now(), document_sha256 = repeat('a', 64), unsealed_sha256 = repeat('b', 64)`,
  ],
])("the database refuses a contract that is %s", async (name, change) => {
  const order = `REFUSED-${name.replaceAll(" ", "-")}`;
  await waiting(order);
  const database = bench.services.database;
  await expect(sql.raw(`UPDATE contracts SET ${change} WHERE order_id = '${order}'`).execute(database)).rejects.toThrow(
    /violates check constraint/,
  );
});
