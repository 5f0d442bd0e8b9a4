import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, type Problem, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface Result {
  readonly order: string;
  readonly outcome: string;
  readonly contract: ContractJson | null;
  readonly problem: Problem | null;
}

let server: TestServer;
let seller: Caller;
let enterprise: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  enterprise = await buyer(server, "demo-enterprise");
});
afterAll(() => server.close());

async function place(...orders: string[]): Promise<void> {
  for (const order of orders) expect((await seller.put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
}

function batch(orders: unknown, more: object = {}, headers: Record<string, string> = {}, caller = enterprise) {
  return caller.post("/v1/contracts:batch", { orders, ...more }, headers);
}

async function resultsOf(response: Response): Promise<readonly Result[]> {
  expect(response.status).toBe(200);
  return (await read<{ items: Result[] }>(response)).items;
}

function download(contracts: unknown, caller = enterprise): Promise<Response> {
  return caller.post("/v1/contracts:download", { contracts });
}

describe("several orders at once: one contract each, one list of results (R23)", () => {
  test("each in its place: issued, or refused with the very problem of a single request", async () => {
    await place("B-1", "B-2", "B-3");
    const orders = ["B-3", "D100000000005", "B-1", "D100000000006", "B-2"];
    const results = await resultsOf(await batch(orders, { language: "en", contact: "Ms. Li" }));
    expect(results.map(({ order, outcome }) => [order, outcome])).toEqual([
      ["B-3", "issued"],
      ["D100000000005", "refused"],
      ["B-1", "issued"],
      ["D100000000006", "refused"],
      ["B-2", "issued"],
    ]);
    for (const { order, contract, problem } of results) {
      if (contract) {
        expect(contract.order).toBe(order);
        expect(await read(await enterprise.get(`/v1/contracts/${contract.number}`))).toEqual(contract);
      } else expect(problem).toEqual(await problemOf(await enterprise.post(`/v1/orders/${order}/contract`, {})));
    }
    expect(new Set(results.flatMap(({ contract }) => contract?.number ?? [])).size).toBe(3);
  });

  test("another account's orders are not found, exactly like none and like nonsense; the others go on", async () => {
    await place("B-OWN");
    const results = await resultsOf(await batch(["D200000000001", "D999999999999", "*** ", "B-OWN"]));
    expect(results.map(({ outcome }) => outcome)).toEqual(["not_found", "not_found", "not_found", "issued"]);
    const [foreign, ...others] = results.slice(0, 3).map(({ order: _, ...result }) => result);
    expect(foreign).toMatchObject({ contract: null, problem: { status: 404, code: "not_found" } });
    for (const other of others) expect(other).toEqual(foreign);
    expect(await read(await seller.get("/v1/orders/D200000000001"))).toMatchObject({ contract: null });
  });

  test("a machine may name orders of several accounts", async () => {
    await place("B-MACHINE");
    const results = await resultsOf(await batch(["B-MACHINE", "D200000000003"], {}, {}, seller));
    expect(results.map(({ contract }) => contract?.account)).toEqual(["demo-enterprise", "demo-domains"]);
  });

  test.each<[string, unknown]>([
    ["the same order twice", ["B-1", "B-1"]],
    ["none", []],
    ["more than a hundred", Array.from({ length: 101 }, (_, index) => `X-${index}`)],
    ["a number", [7]],
    ["a text", "B-1"],
    ["too long a name", ["x".repeat(65)]],
  ])("%s: refused as a whole", async (_, orders) => {
    const response = await batch(orders);
    expect(response.status).toBe(422);
    expect((await problemOf(response)).code).toBe("invalid_input");
  });

  test("a hundred are answered, one by one", async () => {
    const orders = Array.from({ length: 100 }, (_, index) => `NONE-${index}`);
    const results = await resultsOf(await batch(orders));
    expect(results.map(({ order }) => order)).toEqual(orders);
  });

  test("a contact that no font has: every order is told, none is contracted", async () => {
    await place("B-GLYPH");
    const [result] = await resultsOf(await batch(["B-GLYPH"], { contact: "😀" }));
    expect(result).toMatchObject({ outcome: "invalid", contract: null, problem: { field: "contact" } });
    expect(await read(await enterprise.get("/v1/orders/B-GLYPH"))).toMatchObject({ contract: null });
  });
});

describe("a batch sent again with its Idempotency-Key", () => {
  test("gets the same results, also where an order was refused and could have its contract by now", async () => {
    await place("B-KEY-1", "B-KEY-2");
    const lines = [{ line: "1", product: "later", quantity: "1", total: "1.00", tax: "0.00" }];
    await seller.put("/v1/orders/B-KEY-3", orderBody({ lines }));
    const orders = ["B-KEY-1", "B-KEY-3", "B-KEY-2"];
    const key = { "idempotency-key": "batch-1" };
    const first = await resultsOf(await batch(orders, {}, key));
    expect(first.map(({ outcome }) => outcome)).toEqual(["issued", "refused", "issued"]);
    await seller.put("/v1/products/later", { name: { "zh-CN": "后来", en: "Later" }, selfService: ["subscription"] });
    expect(await resultsOf(await batch(orders, {}, key))).toEqual(first);
    const twice = await Promise.all([batch(orders, {}, key), batch(orders, {}, key)]);
    for (const response of twice) expect(await resultsOf(response)).toEqual(first);
  });

  test("with another content is refused, order by order", async () => {
    await place("B-KEY-4");
    const key = { "idempotency-key": "batch-2" };
    await batch(["B-KEY-4"], { contact: "甲" }, key);
    const [result] = await resultsOf(await batch(["B-KEY-4"], { contact: "乙" }, key));
    expect(result).toMatchObject({ outcome: "idempotency_key_reused", problem: { code: "idempotency_key_reused" } });
  });

  test("sent eight times at once makes one contract for each order", async () => {
    await place("B-KEY-5", "B-KEY-6");
    const key = { "idempotency-key": "batch-3" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => batch(["B-KEY-5", "B-KEY-6"], {}, key)));
    const numbers = await Promise.all(
      answers.map(async (answer) => (await resultsOf(answer)).map(({ contract }) => contract?.number).join()),
    );
    expect(new Set(numbers).size).toBe(1);
  });
});

describe("one zip of several contracts (R23)", () => {
  test("holds each file byte for byte under its number", async () => {
    await place("Z-1", "Z-2", "Z-3");
    const results = await resultsOf(await batch(["Z-1", "Z-2", "Z-3"]));
    const contracts = results.flatMap(({ contract }) => contract ?? []);
    const response = await download(contracts.map(({ number }) => number));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/zip");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="contracts.zip"');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    expect(Object.keys(files)).toEqual(contracts.map(({ number }) => `${number}.pdf`));
    for (const { number, sha256 } of contracts) {
      const file = files[`${number}.pdf`] ?? new Uint8Array();
      expect(createHash("sha256").update(file).digest("hex")).toBe(sha256);
    }
  });

  test("with one number written twice, in whatever case, it holds the file once", async () => {
    await place("Z-4");
    const [result] = await resultsOf(await batch(["Z-4"]));
    const number = result?.contract?.number ?? "";
    expect((await download([number, number])).status).toBe(422);
    const response = await download([number, number.toLowerCase()]);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    const inDirectory = bytes.toString("latin1").split("PK\u0001\u0002").length - 1;
    expect(inDirectory).toBe(1);
  });

  test("another account's contract is not found, exactly like none, and nothing is sent", async () => {
    const theirs = await read<ContractJson>(await seller.post("/v1/orders/D200000000001/contract", {}));
    const [own] = await read<{ items: ContractJson[] }>(await enterprise.get("/v1/contracts?limit=1")).then(
      ({ items }) => items,
    );
    for (const number of [theirs.number, "DEMO-209901-000001-X", "nonsense"]) {
      const response = await download([own?.number, number]);
      expect(response.status).toBe(404);
      expect(await problemOf(response)).toMatchObject({ code: "not_found", field: number });
    }
    for (const list of [[], Array.from({ length: 101 }, (_, index) => `N-${index}`)]) {
      expect((await download(list)).status).toBe(422);
    }
  });
});
