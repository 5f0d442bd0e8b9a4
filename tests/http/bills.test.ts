import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractJson, DecisionJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";

interface BillJson {
  readonly account: string;
  readonly cycle: string;
  readonly state: string;
  readonly total: string;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly contract: { readonly number: string; readonly standing: string } | null;
  readonly decision: DecisionJson;
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

const ACCOUNT = "/v1/bills/demo-enterprise";

function put(cycle: string, body: unknown = billBody(), account = ACCOUNT): Promise<Response> {
  return seller.put(`${account}/${cycle}`, body);
}

async function outcomeOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  return (await read<{ outcome: string }>(response)).outcome;
}

async function shown(cycle: string, caller = seller): Promise<BillJson> {
  const response = await caller.get(`${ACCOUNT}/${cycle}`, { "accept-language": "en" });
  expect(response.status).toBe(200);
  return read<BillJson>(response);
}

describe("a bill is reported as it now is (R13)", () => {
  const open = billBody({ state: "open" });

  test("open, again, changed, final, again", async () => {
    expect(await outcomeOf(await put("2026-01", open))).toBe("created");
    expect(await outcomeOf(await put("2026-01", open))).toBe("unchanged");
    expect(await outcomeOf(await put("2026-01", { ...open, lines: open.lines.slice(0, 1) }))).toBe("updated");
    expect(await outcomeOf(await put("2026-01"))).toBe("updated");
    expect(await outcomeOf(await put("2026-01"))).toBe("unchanged");
  });

  test("an open state that comes after the final one changes nothing", async () => {
    await put("2026-02");
    expect(await outcomeOf(await put("2026-02", { ...open, lines: open.lines.slice(0, 1) }))).toBe("stale");
    expect(await shown("2026-02")).toMatchObject({ state: "final", total: "159.00" });
  });

  test("a final bill with other content is refused, and stays as it was", async () => {
    await put("2026-03");
    const before = await shown("2026-03");
    for (const changed of [
      billBody({ lines: billBody().lines.slice(0, 1) }),
      billBody({ currency: "USD" }),
      billBody({ seller: "demo-software" }),
    ]) {
      const response = await put("2026-03", changed);
      expect(response.status).toBe(422);
      expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field: "state" });
    }
    expect(await shown("2026-03")).toEqual(before);
  });

  test("eight first reports at once: one creates it, the others find it", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => put("2026-04")));
    const outcomes = await Promise.all(answers.map(outcomeOf));
    expect(outcomes.sort()).toEqual(["created", ...Array<string>(7).fill("unchanged")]);
  });

  test("open and final at once: the final one is what stays", async () => {
    for (let round = 1; round <= 6; round++) {
      const cycle = `2020-0${round}`;
      const answers = await Promise.all([put(cycle, open), put(cycle), put(cycle, open), put(cycle)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect((await shown(cycle)).state).toBe("final");
    }
  });

  test.each<[string, unknown, string]>([
    ["an amount that is a JSON number", { total: 106 }, "lines[0].total"],
    ["a tax that is a JSON number", { tax: 6.0 }, "lines[0].tax"],
    ["no tax", { tax: undefined }, "lines[0].tax"],
    ["a fraction of a cent", { total: "106.001" }, "lines[0].total"],
    ["a field that nobody reads", { amount: "1.00" }, "lines[0].amount"],
    ["a character that no font has", { description: "😀" }, "lines[0].description"],
  ])("%s is refused by the name of its field", async (_, change, field) => {
    const [line] = billBody().lines;
    const response = await put("2026-05", billBody({ lines: [{ ...line, ...(change as object) }] as never }));
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field });
    expect((await seller.get(`${ACCOUNT}/2026-05`)).status).toBe(404);
  });

  test("a seller or account that is not known is refused; a month that is none is not found", async () => {
    expect(await problemOf(await put("2026-05", billBody({ seller: "nobody" })))).toMatchObject({ field: "seller" });
    expect(await problemOf(await put("2026-05", billBody(), "/v1/bills/nobody"))).toMatchObject({ field: "account" });
    for (const cycle of ["2026-13", "2026-1", "202601", "2026-00", "now"]) {
      expect((await put(cycle)).status).toBe(404);
    }
  });

  test("a document that names another month or account than its address is refused", async () => {
    expect(await problemOf(await put("2026-05", { ...billBody(), cycle: "2026-06" }))).toMatchObject({
      field: "cycle",
    });
    expect(await problemOf(await put("2026-05", { ...billBody(), account: "demo-domains" }))).toMatchObject({
      field: "account",
    });
  });
});

describe("bills are listed and shown with their decision", () => {
  test("newest month first, page by page, a buyer's own only", async () => {
    await put("2025-11", billBody({ state: "open" }));
    await put("2025-12");
    await put("2025-12", billBody(), "/v1/bills/demo-domains");
    const cycles: string[] = [];
    let cursor = "";
    do {
      const page = await read<{ items: BillJson[]; next: string | null }>(
        await enterprise.get(`/v1/bills?limit=2${cursor}`),
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      for (const { account, cycle } of page.items) {
        expect(account).toBe("demo-enterprise");
        cycles.push(cycle);
      }
      cursor = page.next === null ? "" : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor !== "");
    expect(cycles).toEqual(cycles.toSorted().reverse());
    expect(new Set(cycles).size).toBe(cycles.length);
    expect(cycles).toEqual(expect.arrayContaining(["2025-11", "2025-12"]));
    const others = await read<{ items: BillJson[] }>(await seller.get("/v1/bills?account=demo-domains"));
    expect(others.items.map(({ account, cycle }) => [account, cycle])).toEqual([["demo-domains", "2025-12"]]);
  });

  test("with lines and totals, named by the catalogue where the source names nothing", async () => {
    await put("2025-10");
    const bill = await shown("2025-10", enterprise);
    expect(bill).toMatchObject({ total: "159.00", contract: null, decision: { kind: "issue", amountShown: true } });
    expect(bill.lines.map(({ name, list, discount, tax, total }) => [name, list, discount, tax, total])).toEqual([
      [expect.objectContaining({ en: "Elastic Compute Service" }), "106.00", "0.00", "6.00", "106.00"],
      [expect.objectContaining({ en: "OSS storage plan" }), "60.00", "7.00", "3.00", "53.00"],
    ]);
  });

  test("another account's bills are not found, exactly like none", async () => {
    await put("2025-09", billBody(), "/v1/bills/demo-domains");
    const answers = await Promise.all(
      [
        "/v1/bills/demo-domains/2025-09",
        "/v1/bills/demo-domains/2025-08",
        "/v1/bills/nobody/2025-09",
        "/v1/bills/demo-enterprise/2024-01",
        "/v1/bills/demo-enterprise/nonsense",
        "/v1/bills?account=demo-domains",
        "/v1/bills?account=nobody",
        "/v1/bills/demo-domains/2025-09/preview.pdf",
      ].map(async (path) => {
        const response = await enterprise.get(path);
        return { status: response.status, body: await response.text() };
      }),
    );
    expect(answers[0]?.status).toBe(404);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const requests = await Promise.all(
      ["demo-domains/2025-09", "demo-domains/2025-08", "nobody/2025-09"].map(async (path) => {
        const response = await enterprise.post(`/v1/bills/${path}/contract`, {});
        return { status: response.status, body: await response.text() };
      }),
    );
    for (const answer of requests) expect(answer).toEqual(answers[0]);
  });
});

describe("a bill has one contract, once it is final (R13)", () => {
  const request = (cycle: string, caller = enterprise, headers = {}) =>
    caller.post(`${ACCOUNT}/${cycle}/contract`, { language: "en" }, { "accept-language": "en", ...headers });

  test("before it is final: refused, with the day from which it can be requested", async () => {
    await put("2999-12", billBody({ state: "open" }));
    const response = await request("2999-12");
    expect(response.status).toBe(409);
    const problem = await problemOf(response);
    expect(problem).toMatchObject({
      code: "bill_not_final",
      rule: "R13",
      policyVersion: 1,
      // 4 January in the seller's zone.
      nextStep: { action: "request_later", from: "3000-01-03T16:00:00Z" },
    });
    const { decision } = await shown("2999-12", enterprise);
    expect(decision).toMatchObject({ kind: "refuse", code: "bill_not_final", nextStep: problem.nextStep });
  });

  test("an overdue one can be requested tomorrow at the earliest", async () => {
    await put("2021-01", billBody({ state: "open" }));
    const { nextStep } = await problemOf(await request("2021-01"));
    const from = Date.parse(nextStep?.from ?? "");
    expect(from).toBeGreaterThan(Date.now());
    expect(from - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
  });

  test("issued, it shows the month's lines and amounts, and belongs to no order", async () => {
    await put("2025-07");
    const response = await request("2025-07");
    expect(response.status).toBe(201);
    const contract = await read<ContractJson>(response);
    expect(contract).toMatchObject({
      order: null,
      bill: "2025-07",
      standing: "in_force",
      holdUntil: null,
      form: "sealed",
    });
    const { snapshot } = await server.services.database
      .selectFrom("contracts")
      .select("snapshot")
      .where("number", "=", contract.number)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(snapshot)).toMatchObject({
      order: null,
      bill: { cycle: "2025-07" },
      term: { startsAt: "2025-06-30T16:00:00Z", endsAt: "2025-07-31T16:00:00Z" },
      amounts: { total: "159.00", tax: "9.00" },
      lines: [{ amounts: { total: "106.00" } }, { amounts: { total: "53.00" } }],
    });
    const file = await enterprise.get(`/v1/contracts/${contract.number}/document.pdf`);
    const pdf = new Uint8Array(await file.arrayBuffer());
    const verified = await seller.send("POST", "/v1/verifications", { "content-type": "application/pdf" }, pdf);
    expect(await read(verified)).toMatchObject({ verdict: "passed", issuedHere: true, standing: "in_force" });
    expect((await shown("2025-07", enterprise)).contract).toMatchObject({
      number: contract.number,
      standing: "in_force",
    });
    const listed = await read<{ items: ContractJson[] }>(await enterprise.get("/v1/contracts"));
    expect(listed.items).toContainEqual(contract);
  });

  test("ten simultaneous requests give one; the others are pointed at it", async () => {
    await put("2025-06");
    const answers = await Promise.all(Array.from({ length: 10 }, () => request("2025-06")));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    const numbers = await Promise.all(
      answers.map(async (answer) =>
        answer.status === 201
          ? (await read<ContractJson>(answer)).number
          : (await problemOf(answer)).nextStep?.contract,
      ),
    );
    expect(new Set(numbers).size).toBe(1);
  });

  test("repeated with the same Idempotency-Key, the first answer comes again", async () => {
    await put("2025-05");
    const key = { "idempotency-key": "bill-2025-05" };
    const [first, again] = [await request("2025-05", seller, key), await request("2025-05", seller, key)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await read(again)).toEqual(await read(first));
  });

  test("an account that is not verified, or is served by a partner, gets none", async () => {
    for (const [account, code] of [
      ["demo-unverified", "identity_not_verified"],
      ["demo-partner-customer", "served_by_partner"],
    ] as const) {
      await put("2025-04", billBody(), `/v1/bills/${account}`);
      const response = await (await buyer(server, account)).post(`/v1/bills/${account}/2025-04/contract`, {});
      expect(response.status).toBe(403);
      expect(await problemOf(response)).toMatchObject({ code });
    }
  });

  test("the desk may request it; a bill that is not there is not found", async () => {
    await put("2025-03");
    const person = await desk(server, "contract-desk-1");
    expect((await request("2025-03", person)).status).toBe(201);
    expect((await request("2025-02", person)).status).toBe(404);
  });
});
