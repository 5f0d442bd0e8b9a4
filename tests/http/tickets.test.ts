import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { postPdf, scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";
import type { Thread } from "./ticket-thread.ts";

let server: TestServer;
let seller: Caller;
let enterprise: Caller;
let domains: Caller;
let contractDesk: Caller;
let marketplaceDesk: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  enterprise = await buyer(server, "demo-enterprise");
  domains = await buyer(server, "demo-domains");
  contractDesk = await desk(server, "contract-desk-1");
  marketplaceDesk = await desk(server, "marketplace-desk");
});
afterAll(() => server.close());

let placed = 0;
/** A new order of a product that is not self-service, which takes a ticket (R3). */
async function bespokeOrder(changes: Parameters<typeof orderBody>[0] = {}): Promise<string> {
  const order = `BESPOKE-${++placed}`;
  const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
  expect((await seller.put(`/v1/orders/${order}`, orderBody({ lines, ...changes }))).status).toBe(200);
  return order;
}

function open(order: string, caller = enterprise, message?: string): Promise<Response> {
  return caller.post("/v1/tickets", { order, ...(message === undefined ? {} : { message }) });
}

async function opened(order: string, caller = enterprise, message?: string): Promise<Thread> {
  const response = await open(order, caller, message);
  expect(response.status).toBe(201);
  return read<Thread>(response);
}

async function bodyOf(response: Response): Promise<{ status: number; body: string }> {
  return { status: response.status, body: await response.text() };
}

describe("a ticket is opened from a refusal (R3, R18, R20)", () => {
  test("it is prefilled with order and reason in both languages, and is announced", async () => {
    const order = await bespokeOrder();
    const response = await open(order, enterprise, "  请尽快。 ");
    expect(response.status).toBe(201);
    const thread = await read<Thread>(response);
    expect(response.headers.get("location")).toBe(`/v1/tickets/${thread.ticket}`);
    expect(thread).toMatchObject({
      order,
      account: "demo-enterprise",
      queue: "contract_desk",
      topic: "product_not_self_service",
      state: "open",
      closedAt: null,
      contract: null,
      reason: null,
      attachments: [],
    });
    const [prefilled, said] = thread.messages;
    expect(prefilled).toMatchObject({ from: "system" });
    for (const text of [order, "bespoke", "订单", "Order"]) expect(prefilled?.text).toContain(text);
    expect(said).toMatchObject({ from: "buyer", text: "请尽快。" });
    const { database } = server.services;
    const events = await database.selectFrom("outbox").select("type").where("subject", "=", thread.ticket).execute();
    expect(events).toEqual([{ type: "ticket.opened" }]);
    const audited = await database
      .selectFrom("audit_entries")
      .select(["action", "actor_kind"])
      .where("object_id", "=", thread.ticket)
      .execute();
    expect(audited).toEqual([{ action: "ticket.opened", actor_kind: "buyer" }]);
  });

  test("asked for again, the words go to the same ticket; ten at once make one", async () => {
    const order = await bespokeOrder();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => open(order, enterprise, `Nr. ${index}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
    const threads = await Promise.all(answers.map((answer) => read<Thread>(answer)));
    expect(new Set(threads.map(({ ticket }) => ticket)).size).toBe(1);
    const now = await read<Thread>(await enterprise.get(`/v1/tickets/${threads[0]?.ticket}`));
    expect(
      now.messages
        .filter(({ from }) => from === "buyer")
        .map(({ text }) => text)
        .sort(),
    ).toEqual(Array.from({ length: 10 }, (_, index) => `Nr. ${index}`));
  });

  test("on an order that could have its contract there is none: request it instead", async () => {
    const response = await open("D100000000001");
    expect(response.status).toBe(409);
    expect(await problemOf(response)).toMatchObject({ code: "request_instead_of_ticket" });
  });

  test.each([
    ["D500000000001", "demo-partner-customer", 403, "served_by_partner", "contact_partner"],
    ["D400000000001", "demo-unverified", 403, "identity_not_verified", "verify_identity"],
    ["D100000000006", "demo-enterprise", 409, "order_cancelled", "place_new_order"],
    ["D200000000002", "demo-domains", 422, "unpaid_domain_service_not_allowed", "print_checklist"],
  ] as const)("on %s the refusal names another way out", async (order, account, status, code, action) => {
    const response = await open(order, await buyer(server, account));
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ code, nextStep: { action } });
  });

  test("on another account's order is not found, exactly like on none", async () => {
    const answers = await Promise.all(
      ["D200000000002", "D300000000002", "D999999999999", "***"].map(async (order) => bodyOf(await open(order))),
    );
    expect(answers[0]?.status).toBe(404);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test("closed, another one can be opened", async () => {
    const order = await bespokeOrder();
    const first = await opened(order);
    await contractDesk.post(`/v1/tickets/${first.ticket}/resolve`, { outcome: "rejected", reason: "资料不全" });
    const second = await opened(order);
    expect(second.ticket).not.toBe(first.ticket);
  });
});

describe("two desks with separate queues", () => {
  test("each lists, reads, answers and closes its own tickets only; the other's are like none", async () => {
    const ours = await opened(await bespokeOrder());
    const theirs = await opened("D300000000002", domains);
    expect([ours.queue, theirs.queue]).toEqual(["contract_desk", "marketplace_desk"]);
    for (const [mine, person, other] of [
      [ours, contractDesk, theirs],
      [theirs, marketplaceDesk, ours],
    ] as const) {
      const { items } = await read<{ items: Thread[] }>(await person.get("/v1/tickets?limit=200"));
      expect(new Set(items.map(({ queue }) => queue))).toEqual(new Set([mine.queue]));
      expect(items.map(({ ticket }) => ticket)).toContain(mine.ticket);
      expect((await person.get(`/v1/tickets/${mine.ticket}`)).status).toBe(200);
      const none = "00000000-0000-7000-8000-000000000000";
      for (const path of ["", "/messages", "/attachments", "/resolve", "/attachments/none"]) {
        const answers = await Promise.all(
          [other.ticket, none, "nonsense"].map(async (ticket) => {
            const at = `/v1/tickets/${ticket}${path}`;
            if (path === "" || path === "/attachments/none") return bodyOf(await person.get(at));
            if (path === "/attachments") return bodyOf(await postPdf(person, at, scannedPdf()));
            return bodyOf(
              await person.post(at, path === "/resolve" ? { outcome: "rejected", reason: "x" } : { text: "x" }),
            );
          }),
        );
        expect([path, answers[0]?.status]).toEqual([path, 404]);
        for (const answer of answers) expect(answer).toEqual(answers[0]);
      }
      expect((await read<Thread>(await seller.get(`/v1/tickets/${other.ticket}`))).state).toBe("open");
    }
  });

  test("opening it on the order does not let one desk into the other's ticket", async () => {
    const order = await bespokeOrder();
    const { ticket } = await opened(order, enterprise, "for the contract desk");
    const intruding = await open(order, marketplaceDesk, "what is this about?");
    expect(intruding.status).toBe(403);
    expect(await problemOf(intruding)).toMatchObject({ code: "not_allowed" });
    const { messages } = await read<Thread>(await contractDesk.get(`/v1/tickets/${ticket}`));
    expect(messages.map(({ text }) => text)).not.toContain("what is this about?");
    expect((await open(await bespokeOrder(), marketplaceDesk)).status).toBe(403);
    expect((await open(await bespokeOrder(), contractDesk)).status).toBe(201);
  });
});

describe("who may see a ticket", () => {
  test("a buyer sees the own ones only", async () => {
    const { ticket } = await opened(await bespokeOrder());
    const mine = await read<{ items: Thread[] }>(await enterprise.get("/v1/tickets?limit=200"));
    expect(mine.items.map((each) => each.ticket)).toContain(ticket);
    expect(new Set(mine.items.map(({ account }) => account))).toEqual(new Set(["demo-enterprise"]));
    expect(await bodyOf(await domains.get(`/v1/tickets/${ticket}`))).toEqual(
      await bodyOf(await domains.get("/v1/tickets/00000000-0000-7000-8000-000000000000")),
    );
    expect((await domains.post(`/v1/tickets/${ticket}/messages`, { text: "x" })).status).toBe(404);
    expect((await domains.get("/v1/tickets?account=demo-enterprise")).status).toBe(404);
    expect((await domains.get("/v1/tickets?account=nobody")).status).toBe(404);
  });

  test("who at the desk has answered is not the buyer's to know", async () => {
    const { ticket } = await opened(await bespokeOrder());
    const answered = await contractDesk.post(`/v1/tickets/${ticket}/messages`, { text: "请补充联系人。" });
    expect(answered.status).toBe(201);
    const text = await (await enterprise.get(`/v1/tickets/${ticket}`)).text();
    expect(text).toContain("请补充联系人。");
    expect(text).not.toContain("contract-desk-1");
    const seen = await read<Thread>(await contractDesk.get(`/v1/tickets/${ticket}`));
    expect(seen.messages.at(-1)).toMatchObject({ from: "desk", author: "contract-desk-1" });
  });

  test("lists are by state, newest first, page by page", async () => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await read<{ items: Thread[]; next: string | null }>(
        await enterprise.get(`/v1/tickets?state=open&limit=3${cursor}`),
      );
      for (const { ticket, state } of page.items) {
        expect(state).toBe("open");
        seen.push(ticket);
      }
      cursor = page.next === null ? "" : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor !== "");
    expect(seen.length).toBeGreaterThan(3);
    // Ids begin with the time at which they were made.
    expect(seen).toEqual(seen.toSorted().reverse());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("an order that was paid too late tells the desk, and not the buyer (R10)", async () => {
    await seller.put("/v1/orders/LATE", orderBody({ status: { state: "unpaid" } }));
    expect((await enterprise.post("/v1/orders/LATE/contract", {})).status).toBe(201);
    const paidAt = new Date(Date.now() + 60 * 86_400_000).toISOString();
    await seller.put("/v1/orders/LATE", orderBody({ revision: 2, status: { state: "paid", paidAt } }));
    const { items } = await read<{ items: Thread[] }>(await contractDesk.get("/v1/tickets?state=open&limit=200"));
    const told = items.filter(({ order }) => order === "LATE");
    expect(told).toMatchObject([{ topic: "paid_after_hold", queue: "contract_desk" }]);
    const ofAccount = await contractDesk.get("/v1/tickets?account=demo-enterprise&limit=200");
    expect((await read<{ items: Thread[] }>(ofAccount)).items).toContainEqual(told[0]);
    const path = `/v1/tickets/${told[0]?.ticket}`;
    expect((await enterprise.get(path)).status).toBe(404);
    expect(await (await enterprise.get("/v1/tickets?limit=200")).text()).not.toContain("paid_after_hold");
    expect((await marketplaceDesk.get(path)).status).toBe(404);
    // What the desk notes on it waits for no buyer.
    const noted = await contractDesk.post(`${path}/messages`, { text: "已电话联系" });
    expect(await read(noted)).toMatchObject({ atDesk: { waitsFor: "desk" } });
    const wanted = await postPdf(contractDesk, `${path}/resolve`, scannedPdf());
    expect([wanted.status, (await problemOf(wanted)).code]).toEqual([422, "no_pdf_wanted"]);
    const resolved = await contractDesk.post(`${path}/resolve`, { outcome: "resolved" });
    expect(await read(resolved)).toMatchObject({ state: "resolved", contract: null });
  });
});

describe("what is said", () => {
  test.each<[string, unknown]>([
    ["nothing", ""],
    ["white space", " \n "],
    ["too much", "长".repeat(4001)],
    ["a NUL", "a\u0000b"],
    ["half a character", "a\ud800b"],
    ["a number", 7],
  ])("%s is refused", async (_, text) => {
    const order = await bespokeOrder();
    const { ticket } = await opened(order);
    const response = await enterprise.post(`/v1/tickets/${ticket}/messages`, { text });
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field: "text" });
    if (typeof text === "string" && text.trim() !== "") {
      expect((await open(await bespokeOrder(), enterprise, text)).status).toBe(422);
    }
  });

  test("lines and any script are kept as they were written; nothing is added to a closed ticket", async () => {
    const { ticket } = await opened(await bespokeOrder());
    const text = "一\n\t二 <b>three</b> 😀 \u202e";
    const said = await read<Thread>(await enterprise.post(`/v1/tickets/${ticket}/messages`, { text }));
    expect(said.messages.at(-1)?.text).toBe(text.trim());
    await contractDesk.post(`/v1/tickets/${ticket}/resolve`, { outcome: "rejected", reason: "不受理" });
    for (const response of [
      await enterprise.post(`/v1/tickets/${ticket}/messages`, { text: "but" }),
      await postPdf(enterprise, `/v1/tickets/${ticket}/attachments`, scannedPdf()),
    ]) {
      expect(response.status).toBe(409);
      expect(await problemOf(response)).toMatchObject({ code: "ticket_closed" });
    }
  });
});
