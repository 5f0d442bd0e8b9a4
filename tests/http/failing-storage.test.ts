import { readdir } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type FaultPoints, NO_FAULTS } from "../../src/application/fault-points.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { objectDirectory } from "../object-directory.ts";
import { type FailingStep, failingStep } from "../store/failing-step.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { postPdf, scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";
import type { Thread } from "./ticket-thread.ts";

/** The whole service on a disk that fails when it is told to; its database does not. */
let disk: FailingStep;
let isDown = false;
let server: TestServer;
let seller: Caller;
let enterprise: Caller;
beforeAll(async () => {
  disk = failingStep();
  const ofFiles = (step: string) => /^(file|folder) /.test(step);
  const faults: FaultPoints = {
    before: async (step) => {
      if (!ofFiles(step)) return NO_FAULTS.before(step);
      if (isDown) throw new Error("the disk was made to fail");
      await disk.before(step);
    },
    after: async (step) => (ofFiles(step) ? disk.after(step) : NO_FAULTS.after(step)),
  };
  server = await startTestServer({}, { faults });
  seller = machine(server);
  enterprise = await buyer(server, "demo-enterprise");
});
afterAll(() => server.close());
afterEach(() => {
  isDown = false;
  disk.heal();
});

let orders = 0;
async function newOrder(changes: Parameters<typeof orderBody>[0] = {}): Promise<string> {
  const order = `DISK-${++orders}`;
  expect((await seller.put(`/v1/orders/${order}`, orderBody(changes))).status).toBe(200);
  return order;
}

async function newTicket(): Promise<string> {
  const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
  const order = await newOrder({ lines });
  return `/v1/tickets/${(await read<Thread>(await enterprise.post("/v1/tickets", { order }))).ticket}`;
}

async function issued(number: string): Promise<void> {
  await expect.poll(async () => (await seller.get(`/v1/contracts/${number}/document.pdf`)).status, WAIT).toBe(200);
}

async function eventsOf(number: string): Promise<readonly string[]> {
  const found = server.services.database.selectFrom("outbox").select("type").where("subject", "=", number);
  return (await found.execute()).map(({ type }) => type);
}

const WAIT = { timeout: 25_000, interval: 100 };

async function unfinishedFiles(): Promise<readonly string[]> {
  return (await readdir(objectDirectory(server.services), { recursive: true })).filter((name) => /\.tmp$/.test(name));
}

describe("while no file can be kept", () => {
  test("a request is taken and answered 202, nothing is called issued; the contract is finished by itself", async () => {
    isDown = true;
    const order = await newOrder();
    const response = await seller.post(`/v1/orders/${order}/contract`, {});
    expect(response.status).toBe(202);
    const { number } = await read<ContractJson>(response);
    expect(await read<ContractJson>(await seller.get(`/v1/contracts/${number}`))).toMatchObject({ sha256: null });
    expect(await eventsOf(number)).not.toContain("contract.issued");
    // Long enough that it has failed in the sweep, too.
    await expect.poll(() => server.printed.filter((line) => line.includes(number)).length, WAIT).toBeGreaterThan(1);
    expect(server.printed.join("\n")).toContain("cannot be kept or read");
    isDown = false;
    await issued(number);
    expect(await unfinishedFiles()).toEqual([]);
  }, 60_000);

  test("an upload is answered 503 in both languages, with a time to try again, and leaves nothing", async () => {
    const path = await newTicket();
    const contractDesk = await desk(server, "contract-desk-1");
    isDown = true;
    for (const [caller, way] of [
      [enterprise, "attachments"],
      [contractDesk, "resolve"],
    ] as const) {
      const response = await postPdf(caller, `${path}/${way}`, scannedPdf());
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
      expect(await problemOf(response)).toMatchObject({ code: "storage_unavailable" });
    }
    const before = await read<Thread>(await enterprise.get(path));
    expect([before.state, before.attachments, before.contract]).toEqual(["open", [], null]);
    isDown = false;
    expect((await postPdf(contractDesk, `${path}/resolve`, scannedPdf())).status).toBe(200);
  });

  test("a download is answered 503, not 404 and not half; afterwards it is the same file", async () => {
    const { number } = await read<ContractJson>(await seller.post(`/v1/orders/${await newOrder()}/contract`, {}));
    await issued(number);
    isDown = true;
    const response = await seller.get(`/v1/contracts/${number}/document.pdf`);
    expect(response.status).toBe(503);
    expect((await problemOf(response)).code).toBe("storage_unavailable");
    const zip = await seller.post("/v1/contracts:download", { contracts: [number] });
    expect(zip.status).toBe(503);
    isDown = false;
    await issued(number);
  });
});

test("whichever step of the disk fails in a request, the contract is issued once and its file is whole", async () => {
  const numbers: string[] = [];
  // Every fifth, since each is a real contract; npm run torture -- --only storage takes them all.
  for (const when of ["before", "after"] as const) {
    for (let step = 0, hasFailed = true; hasFailed; step += 5) {
      const order = await newOrder();
      disk.fail(step, when);
      const response = await seller.post(`/v1/orders/${order}/contract`, {});
      hasFailed = disk.hasFailed();
      disk.heal();
      numbers.push((await read<ContractJson>(response)).number);
    }
  }
  expect(numbers.length).toBeGreaterThanOrEqual(6);
  for (const number of numbers) {
    await issued(number);
    expect((await eventsOf(number)).filter((type) => type === "contract.issued")).toHaveLength(1);
  }
  expect(await unfinishedFiles()).toEqual([]);
}, 120_000);
