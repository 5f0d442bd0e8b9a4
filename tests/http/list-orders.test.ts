import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OrderJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface Page {
  readonly items: readonly OrderJson[];
  readonly next: string | null;
}

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  await seller.put("/v1/accounts/paged", {
    identity: { state: "verified", kind: "enterprise", legalName: "北京分页公司" },
  });
});
afterAll(() => server.close());

async function list(query: string, caller = seller): Promise<Page> {
  const response = await caller.get(`/v1/orders${query}`);
  expect(response.status).toBe(200);
  return read<Page>(response);
}

async function numbers(query: string, caller = seller): Promise<readonly string[]> {
  return (await list(query, caller)).items.map(({ order }) => order);
}

/** Reads to the end, page by page; `between` runs after each page. */
async function allPages(query: string, between = async (_page: number) => {}): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor = "";
  for (let page = 1; page < 500; page++) {
    const { items, next } = await list(`${query}${cursor}`);
    found.push(...items.map(({ order }) => order));
    if (next === null) return found;
    cursor = `&cursor=${encodeURIComponent(next)}`;
    await between(page);
  }
  throw new Error("the pages do not end");
}

async function place(order: string, changes: Parameters<typeof orderBody>[0]): Promise<void> {
  const response = await seller.put(`/v1/orders/${order}`, orderBody({ account: "paged", ...changes }));
  expect(response.status).toBe(200);
}

describe("pages", () => {
  const ids = Array.from({ length: 23 }, (_, index) => `PAGE-${String(index).padStart(2, "0")}`);
  beforeAll(async () => {
    // Many of them were placed at the same instant, so that the order number has to decide.
    for (const [index, id] of ids.entries()) {
      const placedAt = `2026-04-0${1 + Math.floor(index / 8)}T00:00:00Z`;
      await place(id, { placedAt });
    }
  });

  test("are complete and without duplicates, newest first, whatever the limit", async () => {
    const newestFirst = ids.toReversed();
    for (const limit of [1, 4, 23, 200]) {
      expect(await allPages(`?account=paged&limit=${limit}`)).toEqual(newestFirst);
    }
  });

  test("neither lose nor repeat an order while others come in", async () => {
    const found = await allPages("?account=paged&limit=4", async (page) => {
      // One newer than all, one between what was read and what comes, one older than all.
      await place(`PAGE-NEW-${page}`, { placedAt: "2026-05-01T00:00:00Z" });
      await place(`PAGE-00-${page}`, { placedAt: "2026-04-01T00:00:00Z" });
      await place(`PAGE-OLD-${page}`, { placedAt: "2026-02-01T00:00:00Z" });
    });
    expect(found.filter((id) => ids.includes(id))).toEqual(ids.toReversed());
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((id) => id.startsWith("PAGE-NEW"))).toEqual([]);
  });

  test.each(["0", "201", "-1", "1.5", "many", ""])("of a limit of %j are refused", async (limit) => {
    const response = await seller.get(`/v1/orders?limit=${limit}`);
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ field: "limit" });
  });

  test.each([
    ["rubbish", "rubbish"],
    ["another list's cursor", Buffer.from("2026-01-01T00:00:00.000Z|no-uuid").toString("base64url")],
    ["a NUL", Buffer.from("2026-01-01T00:00:00.000Z|a\u0000").toString("base64url")],
    ["a time out of the calendar", Buffer.from("+275760-09-13T00:00:00.000Z|a").toString("base64url")],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x7c, 0x41]).toString("base64url")],
  ])("after a cursor that is %s never break the service", async (_, cursor) => {
    for (const path of ["/v1/orders", "/v1/contracts"]) {
      const { status } = await seller.get(`${path}?cursor=${encodeURIComponent(cursor)}`);
      expect([200, 422]).toContain(status);
    }
    expect(server.printed.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  test("with a parameter that is not known are refused, so that a slip of the pen is no full list", async () => {
    expect((await seller.get("/v1/orders?veiw=unpaid")).status).toBe(422);
  });
});

describe("views (R1)", () => {
  test("all: every order of the account, contractable or not, newest first", async () => {
    const found = await numbers("?account=demo-enterprise&limit=200");
    expect(found).toEqual(
      [
        "D100000000008",
        "D100000000003",
        "D100000000007",
        "D100000000006",
        "D100000000005",
        "D100000000004",
        "D100000000002",
        "D100000000001",
      ].sort((left, right) => found.indexOf(left) - found.indexOf(right)),
    );
    expect(found).toHaveLength(8);
  });

  test("contractable: what may have a contract or has one, without marketplace orders (R18)", async () => {
    expect([...(await numbers("?account=demo-enterprise&view=contractable"))].sort()).toEqual([
      "D100000000001",
      "D100000000002",
      "D100000000003",
      "D100000000004",
      "D100000000008",
    ]);
    expect([...(await numbers("?account=demo-domains&view=contractable"))].sort()).toEqual([
      "D200000000001",
      "D200000000003",
    ]);
  });

  test("contractable read one by one is complete, too", async () => {
    const one = await allPages("?account=demo-enterprise&view=contractable&limit=1");
    expect([...one].sort()).toEqual([...(await numbers("?account=demo-enterprise&view=contractable"))].sort());
  });

  test("unpaid: what waits for its payment", async () => {
    expect(await numbers("?account=demo-enterprise&view=unpaid")).toEqual(["D100000000003"]);
    expect([...(await numbers("?account=demo-domains&view=unpaid"))].sort()).toEqual([
      "D200000000001",
      "D200000000002",
      "D300000000002",
    ]);
  });

  test("by state and by product", async () => {
    expect(await numbers("?account=demo-enterprise&state=cancelled")).toEqual(["D100000000006"]);
    expect(await numbers("?account=demo-enterprise&product=oss")).toEqual(["D100000000003"]);
    expect(await numbers("?product=no-such-product")).toEqual([]);
    expect((await seller.get("/v1/orders?state=lost")).status).toBe(422);
  });

  test("by a product code that cannot be one: nothing, not everything", async () => {
    expect(await numbers("?product=***")).toEqual([]);
  });
});

describe("searching", () => {
  beforeAll(async () => {
    await place("Q_1", {});
    await place("QX1", {});
    await place("Q.domain", { domain: { service: "registration", name: "100%-Sale_x.example.CN" } });
    await place("Q.other", { domain: { service: "registration", name: "1000-salexx.example.cn" } });
  });

  const q = (text: string) => numbers(`?account=paged&q=${encodeURIComponent(text)}`);

  test("% and _ stand for themselves", async () => {
    expect(await q("Q_1")).toEqual(["Q_1"]);
    expect(await q("100%")).toEqual(["Q.domain"]);
    expect(await q("sale_")).toEqual(["Q.domain"]);
    expect(await q("%")).toEqual(["Q.domain"]);
    expect(await q("\\")).toEqual([]);
  });

  test("finds a domain name in any case, and an order number by any part", async () => {
    expect(await q("SALE_X.Example")).toEqual(["Q.domain"]);
    expect([...(await q("example.cn"))].sort()).toEqual(["Q.domain", "Q.other"]);
    expect(await q("X1")).toEqual(["QX1"]);
  });

  test("blanks alone find everything, and blanks around do not matter", async () => {
    expect(await numbers("?account=demo-unverified&q=%20%20")).toEqual(["D400000000001"]);
    expect(await numbers("?account=demo-unverified&q=%20D4000%20")).toEqual(["D400000000001"]);
  });

  test("for what no database can hold finds nothing and breaks nothing", async () => {
    expect([200, 422]).toContain((await seller.get("/v1/orders?q=a%00b")).status);
    expect((await seller.get("/v1/orders?q=%27;DROP%20TABLE%20orders;--")).status).toBe(200);
    expect(server.printed.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe("a buyer", () => {
  let enterprise: Caller;
  beforeAll(async () => {
    enterprise = await buyer(server, "demo-enterprise");
  });

  test("sees the own account's orders and no others, without naming the account", async () => {
    const accounts = (await list("?limit=200", enterprise)).items.map(({ account }) => account);
    expect(new Set(accounts)).toEqual(new Set(["demo-enterprise"]));
    expect(await numbers("?q=D2000", enterprise)).toEqual([]);
  });

  test("cannot tell another account from none: both are not found, in every byte but the date", async () => {
    const answers = ["?account=demo-domains", "?account=nobody", "?account=***"].map((query) => `/v1/orders${query}`);
    await expectAlike(enterprise, answers);
    await expectAlike(enterprise, ["/v1/orders/D200000000001", "/v1/orders/D999999999999", "/v1/orders/***"]);
    await expectAlike(enterprise, ["/v1/contracts?account=demo-domains", "/v1/contracts?account=nobody"]);
  });
});

async function expectAlike(caller: Caller, paths: readonly string[]): Promise<void> {
  const answers = await Promise.all(
    paths.map(async (path) => {
      const response = await caller.get(path);
      const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "date"));
      return { status: response.status, headers, body: await response.text() };
    }),
  );
  expect(answers[0]?.status).toBe(404);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
}
