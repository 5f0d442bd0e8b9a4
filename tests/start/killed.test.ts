import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractJson } from "../../src/http/schemas.ts";
import { type Caller, machine, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { processTree } from "./listening.ts";
import { isRunning, type NewMachine, newMachine, type StartedService } from "./running-service.ts";

const ORDERS = 12;

interface Acknowledged {
  readonly contract: ContractJson;
  readonly pdf: Buffer | null;
}

let computer: NewMachine;
let service: StartedService;
let seller: Caller;
beforeAll(async () => {
  computer = await newMachine();
  service = await computer.start();
  const { key } = JSON.parse((await computer.run(["api-keys", "create", "--json"])).out) as { key: string };
  seller = machine({ url: computer.url, apiKey: key });
}, 90_000);
afterAll(() => computer.remove());

async function contracts(): Promise<readonly ContractJson[]> {
  const { items } = await read<{ items: ContractJson[] }>(await seller.get("/v1/contracts?limit=200"));
  return items;
}

async function documentOf(number: string): Promise<Buffer | null> {
  const response = await seller.get(`/v1/contracts/${number}/document.pdf`);
  return response.status === 200 ? Buffer.from(await response.arrayBuffer()) : null;
}

/**
 * Requests contracts for many orders, and runs `kill` as soon as some of them are issued; on a busy machine, where most
 * are answered while they are still being made (202), when all are answered.
 */
async function requestUntil(prefix: string, kill: () => void): Promise<readonly Acknowledged[]> {
  const orders = Array.from({ length: ORDERS }, (_, index) => `${prefix}-${index}`);
  await Promise.all(orders.map((order) => seller.put(`/v1/orders/${order}`, orderBody())));
  const acknowledged: Acknowledged[] = [];
  let killed = false;
  await Promise.all(
    orders.map(async (order) => {
      try {
        const response = await seller.post(`/v1/orders/${order}/contract`, {}, { "idempotency-key": order });
        if (response.status === 201) acknowledged.push({ contract: await read<ContractJson>(response), pdf: null });
      } catch {
        return;
      }
      if (acknowledged.length < 3 || killed) return;
      killed = true;
      kill();
    }),
  );
  if (!killed) kill();
  return acknowledged;
}

async function expectNothingLost(acknowledged: readonly Acknowledged[]): Promise<void> {
  const found = await contracts();
  expect(new Set(found.map(({ order }) => order)).size).toBe(found.length);
  expect(new Set(found.map(({ number }) => number)).size).toBe(found.length);
  for (const { contract, pdf } of acknowledged) {
    expect(found.find(({ number }) => number === contract.number)).toEqual(contract);
    const now = await documentOf(contract.number);
    expect(now && createHash("sha256").update(now).digest("hex")).toBe(contract.sha256);
    if (pdf !== null) expect(now?.equals(pdf)).toBe(true);
  }
}

/** In their own time: that it takes ten seconds on a machine with nothing else to do, `npm run torture` measures. */
async function expectNothingLeftIssuing(): Promise<void> {
  await expect
    .poll(async () => (await contracts()).filter(({ state }) => state !== "issued"), { timeout: 45_000, interval: 200 })
    .toEqual([]);
  const running = (await contracts()).map(({ number }) => Number(number.split("-")[2]));
  expect(running.toSorted((left, right) => left - right)).toEqual(running.map((_, index) => index + 1));
}

describe("kill -9 while contracts are being issued", { timeout: 120_000 }, () => {
  let kept: readonly Acknowledged[] = [];

  test("of the service: started again it joins its database, has lost nothing, and finishes what was left", async () => {
    const postmaster = await computer.postmaster();
    const before = await requestUntil("KILL", () => void service.signal("SIGKILL"));
    await service.ended;
    expect(postmaster !== null && isRunning(postmaster)).toBe(true);
    service = await computer.start();
    expect(await computer.postmaster()).toBe(postmaster);
    await expectNothingLost(before);
    await expectNothingLeftIssuing();
    kept = await Promise.all(
      before.map(async ({ contract }) => ({ contract, pdf: await documentOf(contract.number) })),
    );
  });

  test("a request that was cut off is made again with its key, and gets the contract it began", async () => {
    const began = (await contracts()).filter(({ order }) => order?.startsWith("KILL-"));
    for (const { order, number } of began) {
      if (order === null) throw new Error("not a contract on an order");
      const again = await seller.post(`/v1/orders/${order}/contract`, {}, { "idempotency-key": order });
      expect([again.status, (await read<ContractJson>(again)).number]).toEqual([201, number]);
    }
  });

  test("of the service and of the database: started again it recovers, and has lost nothing", async () => {
    const postmaster = await computer.postmaster();
    const before = await requestUntil("CRASH", () => {
      process.kill(postmaster ?? 0, "SIGKILL");
      void service.signal("SIGKILL");
    });
    await service.ended;
    while (postmaster !== null && isRunning(postmaster)) await sleep(10);
    service = await computer.start();
    expect(await computer.postmaster()).not.toBe(postmaster);
    await expectNothingLost([...kept, ...before]);
    await expectNothingLeftIssuing();
  });

  test("the processes that drew for the killed service are gone", async (context) => {
    if (process.platform !== "linux") return context.skip("/proc is Linux's");
    const database = processTree((await computer.postmaster()) ?? 0);
    const drawing = processTree(service.pid).filter((pid) => pid !== service.pid && !database.includes(pid));
    expect(drawing.length).toBeGreaterThan(0);
    await service.signal("SIGKILL");
    await expect.poll(() => drawing.filter(isRunning), { timeout: 5_000 }).toEqual([]);
  });
});
