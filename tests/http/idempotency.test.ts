import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read, stranger } from "./caller.ts";
import { postPdf, scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";
import { type RepeatableRoute, repeatableRoutes, type Subject } from "./repeatable-routes.ts";
import type { Thread } from "./ticket-thread.ts";

/** By their place in the table: what the routes need is there only once the server runs. */
const OF_ACCOUNTS = [
  "requestContract",
  "requestBillContract",
  "requestContracts",
  "openTicket",
  "answerTicket",
  "attachToTicket",
  "resolveTicket, resolved with a PDF",
  "resolveTicket, rejected",
  "voidContract",
  "createPortalSession",
  "giveEvidence",
  "createContactProfile",
].map((name, index) => [name, index] as const);
/** These change what belongs to no account. */
const OF_NO_ACCOUNT = ["publishPolicy", "publishWording", "createWebhookEndpoint", "createApiKey"].map(
  (name, index) => [name, index + OF_ACCOUNTS.length] as const,
);
/** POSTs that make nothing which a second one would make twice. */
const WITHOUT_KEY = [
  // Decided once, it stays decided: a second time is told so.
  "approveProposal",
  // Whose it is already, it stays; and nobody takes it from somebody else without naming them.
  "assignTicket",
  "downloadContracts",
  "importOrders",
  "openDemoSession",
  "rejectProposal",
  // What is sent once more has the ids of before, and whoever did not see a new secret needs another one.
  "replayWebhookDelivery",
  "replayWebhooks",
  "rotateWebhookSecret",
  "verifyPdf",
  "withdrawProposal",
];

let server: TestServer;
let routes: readonly RepeatableRoute[];
let seller: Caller;
let contractDesk: Caller;
beforeAll(async () => {
  server = await startTestServer({ ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.0/8" });
  routes = await repeatableRoutes(server);
  seller = machine(server);
  contractDesk = await desk(server, "contract-desk-1");
});
afterAll(() => server.close());

function routeAt(index: number): RepeatableRoute {
  const route = routes[index];
  if (!route) throw new Error(`there is no route ${index}`);
  return route;
}

/** How often it was done since `before`, by the audit. */
async function timesDone(action: string, before = 0): Promise<number> {
  const rows = server.services.database.selectFrom("audit_entries").select("entry_id").where("action", "=", action);
  return (await rows.execute()).length - before;
}

/** The answer once it is done: a busy machine seals later than a request waits, and tells so (202) until it has. */
async function answered(subject: Subject, key: string, status: number): Promise<Response> {
  let response = await subject.send(key);
  while (response.status === 202) {
    await setTimeout(100);
    response = await subject.send(key);
  }
  expect(response.status).toBe(status);
  return response;
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
}

test("every POST takes a key, or makes nothing that a second one would make twice", async () => {
  const { paths } = await read<{
    paths: Record<string, { post?: { operationId: string; parameters?: { name: string }[] } }>;
  }>(await stranger(server).get("/openapi.json"));
  const posts = Object.values(paths).flatMap(({ post }) => post ?? []);
  const takesKey = ({ parameters = [] }: (typeof posts)[number]) =>
    parameters.some(({ name }) => name === "idempotency-key");
  const named = (some: typeof posts) => some.map(({ operationId }) => operationId).sort();
  expect(named(posts.filter((post) => !takesKey(post)))).toEqual(WITHOUT_KEY);
  expect(named(posts.filter(takesKey))).toEqual([...new Set(routes.map(({ operation }) => operation))].sort());
});

describe.each([...OF_ACCOUNTS, ...OF_NO_ACCOUNT])("%s", (name, index) => {
  test("repeated with its key is done once and answered as the first time", async () => {
    const { begin, action, status } = routeAt(index);
    const subject = await begin();
    const before = await timesDone(action);
    const first = await answered(subject, `again ${name}`, status);
    const body = await first.text();
    for (let times = 0; times < 2; times++) {
      const again = await subject.send(`again ${name}`);
      expect([again.status, await again.text()]).toEqual([status, body]);
      expect(again.headers.get("location")).toBe(first.headers.get("location"));
    }
    expect(await timesDone(action, before)).toBe(1);
  });

  test("twenty at once with one key are done once", async () => {
    const { begin, action, status } = routeAt(index);
    const subject = await begin();
    const before = await timesDone(action);
    const answers = await Promise.all(Array.from({ length: 20 }, () => subject.send(`at once ${name}`)));
    // A busy machine may take longer than a request waits, and more uploads than that are put off.
    for (const answer of answers) expect([status, 202, 409, 429]).toContain(answer.status);
    for (const answer of answers.filter((each) => each.status === 409)) {
      expect((await problemOf(answer)).code).toBe("request_still_running");
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    await answered(subject, `at once ${name}`, status);
    expect(await timesDone(action, before)).toBe(1);
  });
});

const WITH_A_BODY = [...OF_ACCOUNTS, ...OF_NO_ACCOUNT].filter(([name]) => !name.startsWith("publish"));

describe.each(WITH_A_BODY)("%s", (name, index) => {
  test("with something else under the same key is refused, and nothing is done", async () => {
    const { begin, action, status, answersEach } = routeAt(index);
    const subject = await begin();
    await answered(subject, `other ${name}`, status);
    const another = await begin();
    const before = await timesDone(action);
    await expectProblem(await subject.send(`other ${name}`, "other"), 422, "idempotency_key_reused");
    if (!answersEach) await expectProblem(await another.send(`other ${name}`), 422, "idempotency_key_reused");
    expect(await timesDone(action, before)).toBe(0);
  });
});

describe.each(OF_ACCOUNTS)("%s", (name, index) => {
  test("of another account with the same key is another request", async () => {
    const { begin, action, status } = routeAt(index);
    const subjects = [await begin("demo-enterprise"), await begin("demo-domains")];
    const before = await timesDone(action);
    for (const subject of subjects) await answered(subject, `both ${name}`, status);
    expect(await timesDone(action, before)).toBe(2);
  });
});

describe("a key", () => {
  const key = { "idempotency-key": "one for all" };

  async function bespokeOrder(id: string, account = "demo-enterprise"): Promise<string> {
    const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
    expect((await seller.put(`/v1/orders/${id}`, orderBody({ account, lines }))).status).toBe(200);
    return id;
  }

  async function openedTicket(id: string): Promise<string> {
    const opened = await seller.post("/v1/tickets", { order: await bespokeOrder(id) });
    return `/v1/tickets/${(await read<Thread>(opened)).ticket}`;
  }

  test("on another route is another key", async () => {
    const order = await bespokeOrder("ROUTES-1");
    const opened = await seller.post("/v1/tickets", { order }, key);
    expect(opened.status).toBe(201);
    const path = `/v1/tickets/${(await read<Thread>(opened)).ticket}`;
    expect((await seller.post(`${path}/messages`, { text: "甲" }, key)).status).toBe(201);
    const file = new Uint8Array(scannedPdf());
    const headers = { ...key, "content-type": "application/pdf" };
    expect((await seller.send("POST", `${path}/attachments`, headers, file)).status).toBe(201);
    expect((await contractDesk.send("POST", `${path}/resolve`, headers, file)).status).toBe(200);
    const thread = await read<Thread>(await seller.get(path));
    expect(thread).toMatchObject({ state: "resolved", messages: [{}, { text: "甲" }], attachments: [{}] });
    const batch = await seller.post("/v1/contracts:batch", { orders: [order] }, key);
    expect(await read(batch)).toMatchObject({ items: [{ problem: { code: "already_contracted" } }] });
    await expectProblem(await seller.post(`/v1/orders/${order}/contract`, {}, key), 409, "already_contracted");
  });

  test("that was sent by one role is refused to another, which would say something else with the same words", async () => {
    const path = await openedTicket("ROLES-1");
    const enterprise = await buyer(server, "demo-enterprise");
    expect((await enterprise.post(`${path}/messages`, { text: "同意" }, key)).status).toBe(422);
    const own = { "idempotency-key": "said by both" };
    expect((await enterprise.post(`${path}/messages`, { text: "同意" }, own)).status).toBe(201);
    const answer = await contractDesk.post(`${path}/messages`, { text: "同意" }, own);
    await expectProblem(answer, 422, "idempotency_key_reused");
  });

  test("of a person of the desk is that person's: a colleague's of the same text is another", async () => {
    const colleague = await desk(server, "contract-desk-2");
    const versions: number[] = [];
    for (const [drafting, publishing] of [
      [contractDesk, colleague],
      [colleague, contractDesk],
    ] as const) {
      const { rules } = await read<{ rules: object }>(await seller.get("/v1/policy"));
      const hold = { start: "request", count: "days", days: 100 + versions.length };
      expect((await drafting.put("/v1/policy/draft", { ...rules, hold })).status).toBe(200);
      const published = await publishing.post("/v1/policy/draft/publish", undefined, key);
      versions.push((await read<{ version: number }>(published)).version);
    }
    expect(versions[1]).toBe((versions[0] ?? 0) + 1);
    const again = await colleague.post("/v1/policy/draft/publish", undefined, key);
    expect((await read<{ version: number }>(again)).version).toBe(versions[0]);
  });

  test("brings the first refusal again, in the language of whoever asks again", async () => {
    const path = await openedTicket("REFUSED-1");
    const rejected = { outcome: "rejected", reason: "资料不全" };
    expect((await contractDesk.post(`${path}/resolve`, rejected)).status).toBe(200);
    const refused = (language: string) =>
      seller.post(`${path}/messages`, { text: "?" }, { "idempotency-key": "late", "accept-language": language });
    const [zh, en] = [await problemOf(await refused("zh-CN")), await problemOf(await refused("en"))];
    expect([zh.code, en.code, zh.status, en.status]).toEqual(["ticket_closed", "ticket_closed", 409, 409]);
    expect(zh.detail).not.toBe(en.detail);
  });

  test("of a request that did nothing is free: mended, it may be sent with it again", async () => {
    const path = await openedTicket("MENDED-1");
    const mended = { "idempotency-key": "mended" };
    const notPdf = { ...mended, "content-type": "application/pdf" };
    const attachments = `${path}/attachments`;
    await expectProblem(await seller.send("POST", attachments, notPdf, "no PDF"), 422, "not_a_pdf");
    expect((await seller.send("POST", attachments, notPdf, new Uint8Array(scannedPdf()))).status).toBe(201);
    const late = "/v1/orders/MENDED-LATE/contract";
    await expectProblem(await seller.post(late, {}, mended), 404, "not_found");
    await seller.put("/v1/orders/MENDED-LATE", orderBody());
    await expectProblem(await seller.post(late, { contact: "😀" }, mended), 422, "invalid_input");
    expect([201, 202]).toContain((await seller.post(late, { contact: "甲" }, mended)).status);
  });

  test("still works for a file that was taken, when nothing would be taken any more", async () => {
    const path = await openedTicket("FULL-1");
    const file = new Uint8Array(scannedPdf());
    const headers = { "idempotency-key": "full", "content-type": "application/pdf" };
    const first = await seller.send("POST", `${path}/attachments`, headers, file);
    expect((await postPdf(contractDesk, `${path}/resolve`, scannedPdf())).status).toBe(200);
    const again = await seller.send("POST", `${path}/attachments`, headers, file);
    expect([again.status, await again.text()]).toEqual([201, await first.text()]);
  });

  test("of a request that is still running: 409, when to ask again, and nothing done; free again, it is done", async () => {
    const path = await openedTicket("HELD-1");
    await seller.put("/v1/orders/HELD-2", orderBody());
    const order = "/v1/orders/HELD-2/contract";
    const enterprise = await buyer(server, "demo-enterprise");
    const holders = [
      await holdKey("answerTicket", "held"),
      await holdKey("requestContract", "held"),
      await holdKey("requestContracts", "HELD-2:held"),
    ];
    const held = { "idempotency-key": "held" };
    const [message, zh, en, batch] = await Promise.all([
      enterprise.post(`${path}/messages`, { text: "甲" }, held),
      seller.post(order, {}, { ...held, "accept-language": "zh-CN" }),
      seller.post(order, {}, { ...held, "accept-language": "en" }),
      seller.post("/v1/contracts:batch", { orders: ["HELD-2"] }, held),
    ]);
    for (const response of [message, zh, en]) {
      expect(response.headers.get("retry-after")).toBe("1");
      await expectProblem(response.clone(), 409, "request_still_running");
    }
    expect((await problemOf(zh)).title).toBe("请求仍在处理");
    expect((await problemOf(en)).title).toBe("Request still running");
    expect(await read(batch)).toMatchObject({ items: [{ outcome: "request_still_running", contract: null }] });
    expect(await read(await seller.get("/v1/orders/HELD-2"))).toMatchObject({ contract: null });
    expect((await read<Thread>(await seller.get(path))).messages).toHaveLength(1);
    for (const holder of holders) await holder.rollback().execute();
    expect((await enterprise.post(`${path}/messages`, { text: "甲" }, held)).status).toBe(201);
    expect([201, 202]).toContain((await seller.post(order, {}, held)).status);
  });

  /** Somebody's transaction under a key of the account, on whatever node, that has not come to an end. */
  async function holdKey(route: string, text: string) {
    const holder = await server.services.database.startTransaction().execute();
    const row = { owner: "demo-enterprise", route, key: text, fingerprint: "whatever", answer: null };
    await holder.insertInto("idempotency_keys").values(row).execute();
    return holder;
  }

  test.each([
    ["none", ""],
    ["too long", "k".repeat(201)],
    ["not ASCII", "schlüssel"],
    ["a control character", "a\tb"],
  ])("%s is refused in one sentence that says what is right", async (_, text) => {
    await seller.put("/v1/orders/KEY-FAULT", orderBody());
    const headers = { "idempotency-key": text, "accept-language": "en" };
    const problem = await problemOf(await seller.post("/v1/orders/KEY-FAULT/contract", {}, headers));
    expect(problem).toMatchObject({
      code: "invalid_input",
      field: "idempotency-key",
      detail: "idempotency-key: must be 1 to 200 printable ASCII characters; a UUID is a good choice.",
    });
    expect(await read(await seller.get("/v1/orders/KEY-FAULT"))).toMatchObject({ contract: null });
  });
});
