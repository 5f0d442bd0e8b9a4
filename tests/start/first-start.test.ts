import { readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractJson, OrderJson } from "../../src/http/schemas.ts";
import { linesOf } from "../cli/command-line.ts";
import { buyer, machine, read, stranger } from "../http/caller.ts";
import { listeningAddresses } from "./listening.ts";
import { isRunning, type NewMachine, newMachine, type StartedService } from "./running-service.ts";

let computer: NewMachine;
let service: StartedService;
beforeAll(async () => {
  computer = await newMachine();
  service = await computer.start();
}, 90_000);
afterAll(() => computer.remove());

async function documentOf(number: string): Promise<Buffer> {
  const enterprise = await buyer(computer, "demo-enterprise");
  const response = await enterprise.get(`/v1/contracts/${number}/document.pdf`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe("a newcomer's first start, with nothing but the command", () => {
  let contract: ContractJson;
  let listed: readonly string[];

  test("says where it is and how to sign in", () => {
    expect(service.said()).toContain(`Console  ${computer.url}/`);
    expect(service.said()).toContain("API key  npx orderseal api-keys create");
    expect(service.said()).toMatch(/DEMO/);
  });

  test("has the demo accounts with orders of every kind, and the console", async () => {
    const { items } = await read<{ items: { id: string; orders: number }[] }>(
      await stranger(computer).get("/v1/demo/accounts"),
    );
    expect(items.map(({ id, orders }) => [id, orders > 0])).toEqual([
      ["demo-domains", true],
      ["demo-enterprise", true],
      ["demo-partner-customer", true],
      ["demo-unverified", true],
    ]);
    const page = await stranger(computer).get("/", { accept: "text/html" });
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  });

  test("gives a buyer a sealed contract", async () => {
    const enterprise = await buyer(computer, "demo-enterprise");
    const response = await enterprise.post("/v1/orders/D100000000001/contract", {});
    expect(response.status).toBe(201);
    contract = await read<ContractJson>(response);
    expect((await documentOf(contract.number)).subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("listens on 127.0.0.1 and its port, and nowhere else; the database has no TCP port at all", async (context) => {
    if (process.platform !== "linux") return context.skip("/proc is Linux's");
    const postmaster = await computer.postmaster();
    expect(postmaster).not.toBeNull();
    expect(listeningAddresses([service.pid])).toEqual([`127.0.0.1:${computer.port}`]);
    expect(listeningAddresses([postmaster ?? 0])).toEqual([]);
  });

  test("keeps keys and database from other users of the machine", async () => {
    for (const path of ["keys/sellers/demo-cloud/demo/key.pem", "objects", "database/data"]) {
      expect([path, (await stat(join(computer.home, path))).mode & 0o077]).toEqual([path, 0]);
    }
    expect(await readdir(computer.home)).toEqual(expect.arrayContaining(["database", "keys", "objects"]));
  });

  test("lets commands join the database while it runs", async () => {
    const { exitCode, out, err } = await computer.run(["orders", "list", "--json"]);
    expect([exitCode, err]).toEqual([0, ""]);
    const orders = linesOf(out).map((line) => JSON.parse(line) as { order: string; contract: string | null });
    listed = orders.map(({ order }) => order);
    expect(orders.find(({ order }) => order === "D100000000001")?.contract).toBe(contract.number);
    expect((await stranger(computer).get("/readyz")).status).toBe(200);
  });

  test("started a second time on the same port says so in one sentence, exit 3, and harms nobody", async () => {
    const second = await computer.run(["serve"]);
    expect(second.exitCode).toBe(3);
    expect(linesOf(second.err)).toEqual([
      `Port ${computer.port} of 127.0.0.1 is in use; stop what listens there, or set ORDERSEAL_PORT to another.`,
    ]);
    expect((await stranger(computer).get("/readyz")).status).toBe(200);
  });

  test("SIGTERM lets running requests end, stops the database, exit 0", async () => {
    const enterprise = await buyer(computer, "demo-enterprise");
    const orders = ["D100000000002", "D100000000003", "D100000000004", "D100000000008"];
    const postmaster = await computer.postmaster();
    const answers = orders.map((order) => enterprise.post(`/v1/orders/${order}/contract`, {}));
    await Promise.race(answers);
    const { exitCode } = await service.signal("SIGTERM");
    expect(exitCode).toBe(0);
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(postmaster !== null && isRunning(postmaster)).toBe(false);
    expect(await computer.postmaster()).toBeNull();
  });

  test("a second start keeps everything, and makes no demo order twice", async () => {
    service = await computer.start();
    const made = await computer.run(["api-keys", "create", "--json"]);
    const seller = machine({ url: computer.url, apiKey: (JSON.parse(made.out) as { key: string }).key });
    const { items } = await read<{ items: OrderJson[] }>(await seller.get("/v1/orders?limit=200"));
    expect(items.map(({ order }) => order)).toEqual(listed);
    const contracts = items.filter((order) => order.contract !== null);
    expect(contracts).toHaveLength(5);
    for (const { contract } of contracts) expect(contract?.state).toBe("issued");
    const again = await documentOf(contract.number);
    const verified = await stranger(computer).send(
      "POST",
      "/v1/verifications",
      { "content-type": "application/pdf" },
      new Uint8Array(again),
    );
    expect(await read(verified)).toMatchObject({ verdict: "passed", issuedHere: true, number: contract.number });
    expect((await service.signal("SIGINT")).exitCode).toBe(0);
  });
});

test("a port that another program has is told in one sentence, exit 3, and the database is down again", async () => {
  const other = createServer().listen(computer.port, "127.0.0.1");
  try {
    const run = await computer.run(["serve"]);
    expect([run.exitCode, linesOf(run.err).length]).toEqual([3, 1]);
    expect(run.err).toContain("ORDERSEAL_PORT");
    expect(await computer.postmaster()).toBeNull();
  } finally {
    other.close();
  }
});

test("demonstration keys are never used on a public address: exit 2 when asked for, exit 3 when they are there", async () => {
  const asked = await computer.run(["serve"], { ORDERSEAL_HOST: "0.0.0.0", ORDERSEAL_DEMO: "1" });
  expect([asked.exitCode, linesOf(asked.err)]).toEqual([2, [expect.stringMatching(/^ORDERSEAL_DEMO .*\.$/)]]);
  const address = { ORDERSEAL_HOST: "0.0.0.0", ORDERSEAL_PUBLIC_URL: "https://contracts.example" };
  const there = await computer.run(["serve"], address);
  expect([there.exitCode, linesOf(there.err)]).toEqual([3, [expect.stringMatching(/demonstration keys.*\.$/)]]);
  expect(await computer.postmaster()).toBeNull();
});
