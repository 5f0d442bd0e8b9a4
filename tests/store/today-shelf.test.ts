import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finishInterrupted } from "../../src/application/finish-interrupted.ts";
import type { RequestContractPorts } from "../../src/application/request-contract.ts";
import { showToday } from "../../src/application/show-today.ts";
import { openSealKeyRegister } from "../../src/document/sealing-outlook.ts";
import { type Instant, instantOf } from "../../src/domain/time.ts";
import { BROKEN_RENDERER, type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";

let bench: IssuingBench;
let quick: RequestContractPorts;
beforeAll(async () => {
  bench = await openIssuingBench();
  quick = bench.quickPorts();
});
afterAll(() => bench.close());

/** What whoever may see everything sees of contracts without a file, so many seconds from now. */
async function unsealed(secondsFromNow: number) {
  const { services } = bench;
  const at = instantOf(services.clock.now() + secondsFromNow * 1000);
  const ports = { ...services, clock: { now: (): Instant => at }, sealKeys: openSealKeyRegister(services.keys) };
  const { sealing } = await showToday(ports, { name: "tester", may: () => true, queues: null });
  if (!sealing) throw new Error("they may be seen");
  const shown = ({ count, first }: typeof sealing.stuck) => ({ count, orders: first.map(({ order }) => order) });
  return { stuck: shown(sealing.stuck), waiting: shown(sealing.waitingForTimestamp), sealing };
}

test("a contract whose sealing failed is stuck after a minute, and no more once it is finished", async () => {
  for (const order of ["STUCK-1", "STUCK-2"]) {
    await bench.place(order);
    expect(await requestOf({ ...quick, renderer: BROKEN_RENDERER }, order)).toMatchObject({ kind: "issuing" });
  }
  expect((await unsealed(0)).stuck).toEqual({ count: 0, orders: [] });
  expect((await unsealed(61)).stuck).toEqual({ count: 2, orders: ["STUCK-1", "STUCK-2"] });
  await sql`UPDATE contracts SET claimed_until = now() - interval '1 second'`.execute(bench.services.database);
  await finishInterrupted(quick, () => {});
  expect((await unsealed(61)).stuck).toEqual({ count: 0, orders: [] });
});

test("one that waits for a timestamp is not stuck: it says since when, and how the authority failed", async () => {
  const sealer: RequestContractPorts["sealer"] = {
    seal: async () => ({ kind: "no_timestamp", failure: { reason: "timeout", detail: "as the test wants it" } }),
  };
  for (let each = 1; each <= 11; each++) {
    await bench.place(`WAITING-${each}`);
    await requestOf({ ...quick, sealer, timestamps: { ...quick.timestamps, isConfigured: true } }, `WAITING-${each}`);
  }
  const { stuck, waiting, sealing } = await unsealed(61);
  expect(stuck.count).toBe(0);
  expect(waiting).toEqual({ count: 11, orders: Array.from({ length: 10 }, (_, each) => `WAITING-${each + 1}`) });
  expect(sealing.waitingForTimestamp.first[0]).toMatchObject({ reason: "timeout", account: "bench-account" });
});

test("what was told of refusals stays, of an order or a bill and of nobody else's", async () => {
  await bench.place("TOLD", { lines: [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }] });
  expect(await requestOf(quick, "TOLD")).toMatchObject({ kind: "refused" });
  const run = (statement: string) =>
    sql`${sql.raw(statement)}`.execute(bench.services.database).then(
      () => "done",
      (error: Error) => error.message,
    );
  expect(await run("UPDATE refusals SET code = 'x'")).toMatch(/append-only/);
  expect(await run("DELETE FROM refusals")).toMatch(/append-only/);
  expect(await run("TRUNCATE refusals CASCADE")).toMatch(/append-only/);
  const again = (
    columns: string,
  ) => `INSERT INTO refusals (account, refusal_id, at, day, code, policy_version, order_id,
    cycle, asked_for, actor_kind) SELECT ${columns} FROM refusals LIMIT 1`;
  const rest = "asked_for, actor_kind";
  expect(
    await run(again(`account, gen_random_uuid(), at, day, code, policy_version, order_id, cycle, ${rest}`)),
  ).toMatch(/told_once_a_day/);
  expect(await run(again(`account, gen_random_uuid(), at, day, 'x', policy_version, NULL, NULL, ${rest}`))).toMatch(
    /order_or_bill/,
  );
  expect(
    await run(again(`'other', gen_random_uuid(), at, day, 'x', policy_version, order_id, cycle, ${rest}`)),
  ).toMatch(/foreign key/);
});
