import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractJson } from "../../src/http/schemas.ts";
import { objectDirectory } from "../object-directory.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
});
afterAll(() => server.close());

async function place(order: string, changes: Parameters<typeof orderBody>[0] = {}): Promise<void> {
  expect((await seller.put(`/v1/orders/${order}`, orderBody(changes))).status).toBe(200);
}

function request(order: string, body: unknown = {}, headers: Record<string, string> = {}, caller = seller) {
  return caller.post(`/v1/orders/${order}/contract`, body, headers);
}

async function issued(order: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<ContractJson> {
  const response = await request(order, body, headers);
  expect(response.status).toBe(201);
  return read<ContractJson>(response);
}

async function countRows(order: string) {
  const { database } = server.services;
  const contracts = await database.selectFrom("contracts").selectAll().where("order_id", "=", order).execute();
  const events = await database.selectFrom("outbox").select(["type", "subject"]).execute();
  const numbers = contracts.map(({ number }) => number);
  const about = events.filter(({ subject }) => numbers.includes(subject));
  return { contracts, events: about.map(({ type }) => type).sort() };
}

async function storedFiles(): Promise<readonly string[]> {
  const found = await readdir(objectDirectory(server.services), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe("one order, at most one contract, ever (R4)", () => {
  test("the request is answered 201 with the issued contract and where it is", async () => {
    await place("ONE");
    const response = await request("ONE", { language: "en", contact: " 采购部 \u0041\u030a. Li " });
    expect(response.status).toBe(201);
    const contract = await read<ContractJson>(response);
    expect(contract.number).toMatch(/^DEMO-\d{6}-\d{6}-[0-9A-Z]$/);
    expect(response.headers.get("location")).toBe(`/v1/contracts/${contract.number}`);
    expect(contract).toMatchObject({ order: "ONE", account: "demo-enterprise", seller: "demo-cloud", state: "issued" });
    expect(await read(await seller.get(`/v1/contracts/${contract.number}`))).toEqual(contract);
    const { contracts } = await countRows("ONE");
    // R6: the name is the verified identity's, the contact is as typed, trimmed and in normal form.
    expect(JSON.parse(contracts[0]?.snapshot ?? "{}")).toMatchObject({
      buyer: { nameZh: "深圳示例智造有限公司", contact: "采购部 Å. Li" },
      language: "en",
      demo: true,
    });
  });

  test("a second request is refused and points at the first contract", async () => {
    await place("TWICE");
    const { number } = await issued("TWICE");
    const response = await request("TWICE", { language: "en" });
    expect(response.status).toBe(409);
    expect(await problemOf(response)).toMatchObject({
      code: "already_contracted",
      rule: "R4",
      nextStep: { action: "view_contract", contract: number },
    });
  });

  test("a contract that its order's cancelling has voided still occupies the order (R9)", async () => {
    await place("VOIDED", { status: { state: "unpaid" } });
    const { number, standing } = await issued("VOIDED");
    expect(standing).toBe("pending_payment");
    await place("VOIDED", { revision: 2, status: { state: "cancelled", cancelledAt: "2026-03-05T00:00:00Z" } });
    expect(await read(await seller.get(`/v1/contracts/${number}`))).toMatchObject({ standing: "void" });
    await place("VOIDED", { revision: 3 });
    expect(await problemOf(await request("VOIDED"))).toMatchObject({ code: "already_contracted" });
  });

  test("twenty simultaneous requests give one contract, one number, one file, one announcement", async () => {
    await place("RACE");
    const before = await storedFiles();
    const answers = await Promise.all(Array.from({ length: 20 }, () => request("RACE")));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
    const numbers = await Promise.all(
      answers.map(async (answer) =>
        answer.status === 201
          ? (await read<ContractJson>(answer)).number
          : (await problemOf(answer)).nextStep?.contract,
      ),
    );
    expect(new Set(numbers).size).toBe(1);
    const { contracts, events } = await countRows("RACE");
    expect(contracts.map(({ number, state }) => [number, state])).toEqual([[numbers[0], "issued"]]);
    expect(events).toEqual(["contract.issued", "contract.requested"]);
    const audited = await server.services.database
      .selectFrom("audit_entries")
      .select("action")
      .where("object_id", "=", numbers[0] ?? "")
      .execute();
    expect(audited.map(({ action }) => action).sort()).toEqual(["contract.issued", "contract.requested"]);
    // The drawn document and the sealed one.
    expect((await storedFiles()).length - before.length).toBe(2);
  });

  test("buyers and machines at once get one contract, too", async () => {
    await place("MIXED");
    const enterprise = await buyer(server, "demo-enterprise");
    const callers = [seller, enterprise, seller, enterprise, seller, enterprise, seller, enterprise];
    const statuses = (await Promise.all(callers.map((one) => request("MIXED", {}, {}, one)))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([201, ...Array<number>(7).fill(409)]);
    expect((await countRows("MIXED")).contracts).toHaveLength(1);
  });

  test("a request while the order is cancelled gives a contract before or a refusal after, never a half", async () => {
    for (let round = 0; round < 5; round++) {
      const order = `CANCEL-${round}`;
      await place(order, { status: { state: "unpaid" } });
      const cancelled = { state: "cancelled", cancelledAt: "2026-03-05T00:00:00Z" } as const;
      const [answer] = await Promise.all([request(order), place(order, { revision: 2, status: cancelled })]);
      const { contracts } = await countRows(order);
      expect([answer.status, contracts.length]).toEqual(answer.status === 201 ? [201, 1] : [409, 0]);
    }
  });
});

describe("what the buyer fills in (R6)", () => {
  const filledIn = {
    contact: "采购部 李工",
    postalAddress: "上海市浦东新区张江路 88 号",
    phone: "+86 21 5550 0188 转 6",
    email: "li@buyer.example",
    purchaseOrder: "PO-2026/0815",
  };
  const { purchaseOrder, ...ofTheBuyer } = filledIn;

  test("is frozen with the contract on an order, one of several, or a bill", async () => {
    expect((await seller.put("/v1/bills/demo-enterprise/2026-01", billBody())).status).toBe(200);
    await Promise.all([place("FILLED-1"), place("FILLED-2")]);
    await issued("FILLED-1", filledIn);
    expect((await seller.post("/v1/contracts:batch", { orders: ["FILLED-2"], ...filledIn })).status).toBe(200);
    expect((await seller.post("/v1/bills/demo-enterprise/2026-01/contract", filledIn)).status).toBe(201);
    const rows = await server.services.database
      .selectFrom("contracts")
      .select("snapshot")
      .where((where) => where.or([where("order_id", "in", ["FILLED-1", "FILLED-2"]), where("cycle", "=", "2026-01")]))
      .execute();
    expect(rows.map(({ snapshot }) => JSON.parse(snapshot))).toEqual(
      Array(3).fill(expect.objectContaining({ purchaseOrder, buyer: expect.objectContaining(ofTheBuyer) })),
    );
  });

  test("a fault names the field and the way out at every door, in the reader's language", async () => {
    await place("FAULTY", { status: { state: "unpaid" } });
    const language = { "accept-language": "en" };
    const wrong = { email: "li" };
    const answers = [
      await request("FAULTY", wrong, language),
      await seller.post("/v1/contracts:batch", { orders: ["FAULTY"], ...wrong }, language),
      await seller.get("/v1/orders/FAULTY/preview.pdf?email=li", language),
      await seller.get("/v1/orders/FAULTY/checklist.pdf?email=li", language),
    ];
    for (const answer of answers) {
      expect([answer.status, await problemOf(answer)]).toEqual([
        422,
        expect.objectContaining({
          code: "invalid_input",
          field: "email",
          detail: "email: the e-mail address is not one; write a single address such as name@example.com.",
        }),
      ]);
    }
    const long = await problemOf(await request("FAULTY", { phone: "1".repeat(61) }, language));
    expect(long).toMatchObject({
      field: "phone",
      detail: "phone: must not be longer than 60 characters; shorten it.",
    });
  });

  test("another PO number under the same key is another request; one of the first release is still known", async () => {
    await place("KEY-PO");
    const key = { "idempotency-key": "key-po" };
    await issued("KEY-PO", { purchaseOrder: "1" }, key);
    expect((await request("KEY-PO", { purchaseOrder: "1" }, key)).status).toBe(201);
    const other = await problemOf(await request("KEY-PO", { purchaseOrder: "2" }, key));
    expect(other.code).toBe("idempotency_key_reused");
    await place("KEY-OLD");
    await issued("KEY-OLD", { contact: "甲" }, { "idempotency-key": "key-old" });
    const fingerprint = createHash("sha256")
      .update('{"contact":"甲","kind":"order","language":"zh-CN+en","order":"KEY-OLD"}')
      .digest("hex");
    const row = server.services.database.selectFrom("idempotency_keys").select("fingerprint");
    expect(await row.where("key", "=", "key-old").executeTakeFirstOrThrow()).toEqual({ fingerprint });
  });
});

describe("what was frozen stays frozen (R5, R7)", () => {
  test("later changes of name, product and order alter neither the contract nor its file", async () => {
    const account = (legalName: string) =>
      seller.put("/v1/accounts/frozen", { identity: { state: "verified", kind: "enterprise", legalName } });
    expect((await account("原名有限公司")).status).toBe(204);
    await place("FROZEN", { account: "frozen" });
    const contract = await issued("FROZEN");
    const download = async () =>
      Buffer.from(await (await seller.get(`/v1/contracts/${contract.number}/document.pdf`)).arrayBuffer());
    const first = await download();
    expect((await account("新名有限公司")).status).toBe(204);
    await place("FROZEN", { account: "frozen", revision: 2, currency: "USD" });
    expect((await download()).equals(first)).toBe(true);
    expect(createHash("sha256").update(first).digest("hex")).toBe(contract.sha256);
    const { contracts } = await countRows("FROZEN");
    expect(JSON.parse(contracts[0]?.snapshot ?? "{}")).toMatchObject({
      buyer: { nameZh: "原名有限公司" },
      currency: "CNY",
    });
  });

  test("a pay-as-you-go contract holds no amount and no end anywhere (R12)", async () => {
    const line = { line: "1", product: "ecs", quantity: "1", total: "777.77", startsAt: "2026-03-02T08:00:00Z" };
    await place("PAYG", { billing: "pay_as_you_go", lines: [{ ...line, endsAt: "2117-06-08T09:41:30Z" }] });
    await issued("PAYG");
    const { contracts } = await countRows("PAYG");
    // The address to verify at is told without its port, whose digits are any.
    const { verificationUrl: _, ...frozen } = JSON.parse(contracts[0]?.snapshot ?? "{}");
    expect(JSON.stringify(frozen)).not.toMatch(/777\.77|2117-/);
    expect(frozen).toMatchObject({
      amounts: null,
      lines: [{ amounts: null, term: { endsAt: null } }],
      term: { endsAt: null },
    });
  });
});

describe("a request that cannot be taken", () => {
  test.each<[string, unknown]>([
    ["an address of e-mail that is none", { email: "li at buyer.example" }],
    ["a phone number with words in it", { phone: "ask Li" }],
    ["a PO number that is too long", { purchaseOrder: "9".repeat(65) }],
    ["a postal address of two lines", { postalAddress: "上海市\n浦东新区" }],
    ["a character of a PO number that no font has", { purchaseOrder: "PO-😀" }],
    ["a language that is none of ours", { language: "de" }],
    ["a legal name, which comes from the identity only (R6)", { legalName: "别的公司" }],
    ["a contact that is too long", { contact: "长".repeat(201) }],
    ["a contact that is no text", { contact: {} }],
    ["a character that no font has", { contact: "😀" }],
    ["a control character", { contact: "a\u0007b" }],
    ["a line break", { contact: "甲\n乙" }],
    ["a NUL", { contact: "a\u0000b" }],
    ["half a character", { contact: "\ud800" }],
    ["a direction override", { contact: "abc\u202ecba" }],
    ["a list", []],
    ["a text", "zh-CN"],
  ])("%s is refused, and the order stays free", async (_, body) => {
    await place("INVALID");
    for (const headers of [{}, { "idempotency-key": `invalid-${_}` }]) {
      const response = await request("INVALID", body, headers);
      expect(response.status).toBe(422);
      const { code, detail } = await problemOf(response);
      expect(code).toBe("invalid_input");
      expect(detail.length).toBeGreaterThan(10);
    }
    expect((await countRows("INVALID")).contracts).toEqual([]);
  });

  test("a request without a body asks for both languages", async () => {
    await place("NO-BODY");
    await issued("NO-BODY", undefined);
    expect(JSON.parse((await countRows("NO-BODY")).contracts[0]?.snapshot ?? "{}")).toMatchObject({
      language: "zh-CN+en",
    });
  });

  test("another account's order is not found, exactly like none", async () => {
    const enterprise = await buyer(server, "demo-enterprise");
    const answers = await Promise.all(
      ["D200000000001", "D999999999999", "***"].map(async (order) => {
        const response = await request(order, {}, {}, enterprise);
        const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "date"));
        return { status: response.status, headers, body: await response.text() };
      }),
    );
    expect(answers[0]?.status).toBe(404);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect((await countRows("D200000000001")).contracts).toEqual([]);
  });
});

describe("a repeated request with the same Idempotency-Key", () => {
  const key = (value: string) => ({ "idempotency-key": value });

  test("gets the first contract again", async () => {
    await place("KEY-1");
    const first = await issued("KEY-1", { contact: "甲" }, key("first"));
    const again = await issued("KEY-1", { contact: "甲" }, key("first"));
    expect(again).toEqual(first);
    expect((await countRows("KEY-1")).contracts).toHaveLength(1);
  });

  test("with another body, or for another order, is refused", async () => {
    await place("KEY-2");
    await place("KEY-2B");
    await issued("KEY-2", { contact: "甲" }, key("second"));
    for (const response of [
      await request("KEY-2", { contact: "乙" }, key("second")),
      await request("KEY-2", { contact: "甲", language: "en" }, key("second")),
      await request("KEY-2B", { contact: "甲" }, key("second")),
    ]) {
      expect(response.status).toBe(422);
      expect(await problemOf(response)).toMatchObject({ code: "idempotency_key_reused" });
    }
    expect((await countRows("KEY-2B")).contracts).toEqual([]);
  });

  test("of another account is another key", async () => {
    await place("KEY-3A");
    await place("KEY-3B", { account: "demo-domains" });
    await issued("KEY-3A", {}, key("third"));
    await issued("KEY-3B", {}, key("third"));
  });

  test("eight at once give the same contract to all", async () => {
    await place("KEY-4");
    const answers = await Promise.all(Array.from({ length: 8 }, () => request("KEY-4", {}, key("fourth"))));
    for (const { status } of answers) expect([201, 202]).toContain(status);
    const numbers = await Promise.all(answers.map(async (answer) => (await read<ContractJson>(answer)).number));
    expect(new Set(numbers).size).toBe(1);
    const { contracts, events } = await countRows("KEY-4");
    expect(contracts).toHaveLength(1);
    expect(events).toEqual(["contract.issued", "contract.requested"]);
  });

  test("gets the first refusal again, even when the order could have its contract by now", async () => {
    await place("KEY-5", { lines: [{ line: "1", product: "later", quantity: "1", total: "1.00" }] });
    const first = await request("KEY-5", {}, key("fifth"));
    expect(first.status).toBe(422);
    const refusal = await problemOf(first);
    expect(refusal).toMatchObject({ code: "product_not_self_service" });
    await seller.put("/v1/products/later", { name: { "zh-CN": "后来", en: "Later" }, selfService: ["subscription"] });
    const again = await request("KEY-5", {}, key("fifth"));
    expect(await problemOf(again)).toEqual(refusal);
    await issued("KEY-5", {}, key("fifth, a new request"));
  });

  test("that found no order may be made again, also eight times at once", async () => {
    expect((await request("KEY-6", {}, key("sixth"))).status).toBe(404);
    const enterprise = await buyer(server, "demo-enterprise");
    expect((await request("KEY-6", {}, key("sixth"), enterprise)).status).toBe(404);
    await place("KEY-6");
    const answers = await Promise.all(Array.from({ length: 8 }, () => request("KEY-6", {}, key("sixth"), enterprise)));
    for (const { status } of answers) expect([201, 202]).toContain(status);
    expect((await countRows("KEY-6")).contracts).toHaveLength(1);
    expect((await request("KEY-6", {}, key("sixth"), enterprise)).status).toBe(201);
  });

  test("that is empty or too long is refused", async () => {
    await place("KEY-7");
    expect((await request("KEY-7", {}, key(""))).status).toBe(422);
    expect((await request("KEY-7", {}, key("k".repeat(201)))).status).toBe(422);
  });
});
