import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { postPdf, scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";
import type { Thread } from "./ticket-thread.ts";

interface StaffThread extends Thread {
  readonly atDesk: {
    readonly assignee: string | null;
    readonly waitsFor: string | null;
    readonly waitingSince: string | null;
    readonly lastMessage: { readonly at: string; readonly from: string } | null;
    readonly closedBy: string | null;
  };
}

interface Page {
  readonly items: readonly StaffThread[];
  readonly next: string | null;
}

let server: TestServer;
let seller: Caller;
let enterprise: Caller;
let first: Caller;
let second: Caller;
let marketplace: Caller;
let auditor: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  [enterprise, first, second, marketplace, auditor] = await Promise.all([
    buyer(server, "demo-enterprise"),
    desk(server, "contract-desk-1"),
    desk(server, "contract-desk-2"),
    desk(server, "marketplace-desk"),
    desk(server, "auditor"),
  ]);
});
afterAll(() => server.close());

let placed = 0;
async function openTicket(message?: string): Promise<{ id: string; order: string; path: string }> {
  const order = `ASSIGNED-${++placed}`;
  const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
  expect((await seller.put(`/v1/orders/${order}`, orderBody({ lines }))).status).toBe(200);
  const opened = await enterprise.post("/v1/tickets", { order, ...(message !== undefined && { message }) });
  const { ticket: id } = await read<Thread>(opened);
  return { id, order, path: `/v1/tickets/${id}` };
}

function assign(who: Caller, path: string, assignee: string | null, from?: string | null): Promise<Response> {
  return who.post(`${path}/assign`, { assignee, ...(from !== undefined && { from }) });
}

async function assigneeOf(path: string): Promise<string | null> {
  return (await read<StaffThread>(await auditor.get(path))).atDesk.assignee;
}

async function listed(who: Caller, query: string): Promise<readonly string[]> {
  const { items } = await read<Page>(await who.get(`/v1/tickets?limit=200&${query}`));
  return items.map(({ ticket }) => ticket);
}

describe("a ticket is one person's at a time", () => {
  test("taken, given back and handed on, each in the audit and announced; twice changes nothing", async () => {
    const { id, path } = await openTicket();
    expect(await assigneeOf(path)).toBeNull();
    const taken = await assign(first, path, "me");
    expect(taken.status).toBe(200);
    expect(await read(taken)).toMatchObject({ ticket: id, atDesk: { assignee: "contract-desk-1" } });
    expect((await assign(first, path, "me")).status).toBe(200);
    expect((await assign(first, path, "contract-desk-2")).status).toBe(200);
    expect(await assigneeOf(path)).toBe("contract-desk-2");
    expect((await assign(second, path, null)).status).toBe(200);
    expect((await assign(second, path, null)).status).toBe(200);
    expect(await assigneeOf(path)).toBeNull();
    const { database } = server.services;
    const audited = await database
      .selectFrom("audit_entries")
      .select(["actor", "detail"])
      .where("object_id", "=", id)
      .where("action", "=", "ticket.assigned")
      .orderBy("entry_id")
      .execute();
    expect(audited).toEqual([
      { actor: "contract-desk-1", detail: { assignee: "contract-desk-1", previous: null } },
      { actor: "contract-desk-1", detail: { assignee: "contract-desk-2", previous: "contract-desk-1" } },
      { actor: "contract-desk-2", detail: { assignee: null, previous: "contract-desk-2" } },
    ]);
    const events = await database
      .selectFrom("outbox")
      .select("data")
      .where("subject", "=", id)
      .where("type", "=", "ticket.assigned")
      .orderBy("event_id")
      .execute();
    expect(events.map(({ data }) => data)).toMatchObject([
      { queue: "contract_desk", assignee: "contract-desk-1" },
      { assignee: "contract-desk-2" },
      { assignee: null },
    ]);
  });

  test("two who take it at once: one has it, the other is told who", async () => {
    for (let round = 0; round < 5; round++) {
      const { path } = await openTicket();
      const answers = await Promise.all([first, second].map((agent) => assign(agent, path, "me")));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const owner = answers[0]?.status === 200 ? "contract-desk-1" : "contract-desk-2";
      expect(await assigneeOf(path)).toBe(owner);
      for (const refused of answers.filter(({ status }) => status === 409)) {
        const problem = await problemOf(refused);
        expect(problem.code).toBe("ticket_assigned_to_other");
        expect(problem.detail).toContain(owner);
      }
    }
  });

  test("is taken over only by who knows whose it is, and of two who know only one gets it", async () => {
    const { path } = await openTicket();
    expect((await assign(first, path, "me")).status).toBe(200);
    for (const from of [undefined, null, "somebody-else"]) {
      expect((await assign(second, path, "me", from)).status).toBe(409);
    }
    // Nor is it given back in somebody's stead by who does not know.
    expect((await assign(second, path, null)).status).toBe(409);
    expect(await assigneeOf(path)).toBe("contract-desk-1");
    const takers = ["contract-desk-2", "somebody-at-the-key"];
    const answers = await Promise.all(takers.map((taker) => assign(second, path, taker, "contract-desk-1")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(takers).toContain(await assigneeOf(path));
    expect((await assign(first, path, null)).status).toBe(409);
  });

  test("of the own queue only; not for buyers, machines, or who may only look; and not once it is closed", async () => {
    const { path } = await openTicket();
    const none = "/v1/tickets/00000000-0000-7000-8000-000000000000";
    expect(await (await assign(marketplace, path, "me")).text()).toBe(
      await (await assign(marketplace, none, "me")).text(),
    );
    for (const caller of [enterprise, seller, auditor]) {
      const response = await assign(caller, path, "me");
      expect([response.status, (await problemOf(response)).code]).toEqual([403, "not_allowed"]);
    }
    expect((await assign(first, path, "me")).status).toBe(200);
    expect((await postPdf(first, `${path}/resolve`, scannedPdf())).status).toBe(200);
    for (const [agent, assignee] of [
      [first, null],
      [second, "me"],
    ] as const) {
      const response = await assign(agent, path, assignee, "contract-desk-1");
      expect([response.status, (await problemOf(response)).code]).toEqual([409, "ticket_closed"]);
    }
    // Who worked on it stays written there.
    expect(await read(await first.get(path))).toMatchObject({
      atDesk: { assignee: "contract-desk-1", closedBy: "desk:contract-desk-1", waitsFor: null, waitingSince: null },
    });
  });

  test.each([
    [{}, "assignee"],
    [{ assignee: "" }, "assignee"],
    [{ assignee: 7 }, "assignee"],
    [{ assignee: "a\nb" }, "assignee"],
    [{ assignee: "x".repeat(201) }, "assignee"],
    [{ assignee: "me", from: " " }, "from"],
  ])("asked with %j it stays nobody's", async (body, field) => {
    const { path } = await openTicket();
    const response = await first.post(`${path}/assign`, body);
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field });
    expect(await assigneeOf(path)).toBeNull();
  });
});

describe("what the seller's side sees of a ticket, and the buyer does not", () => {
  test("who is assigned, whose turn it is, and whose account it is", async () => {
    const { path } = await openTicket("请尽快");
    await assign(first, path, "me");
    expect(await read(await first.get(path))).toMatchObject({
      atDesk: {
        assignee: "contract-desk-1",
        waitsFor: "desk",
        lastMessage: { from: "buyer" },
        messages: 2,
        attachments: 0,
        closedBy: null,
        legalName: "深圳示例智造有限公司",
      },
    });
    const answers = [await enterprise.get(path), await enterprise.get("/v1/tickets?limit=200")];
    for (const answer of answers) {
      const text = await answer.text();
      expect(text).not.toContain("contract-desk-1");
      expect(text).not.toContain("atDesk");
    }
    for (const filter of ["assignee=nobody", "assignee=contract-desk-1", "waitsFor=desk"]) {
      expect((await enterprise.get(`/v1/tickets?${filter}`)).status).toBe(403);
    }
  });

  test("the turn passes with each answer and file, and whoever waits goes on waiting since then", async () => {
    const { path } = await openTicket();
    const seen = async () => (await read<StaffThread>(await first.get(path))).atDesk;
    const { waitsFor, waitingSince, lastMessage } = await seen();
    expect([waitsFor, lastMessage?.from]).toEqual(["desk", "system"]);
    await enterprise.post(`${path}/messages`, { text: "在吗" });
    expect(await seen()).toMatchObject({ waitsFor: "desk", waitingSince, lastMessage: { from: "buyer" } });
    await first.post(`${path}/messages`, { text: "请补充授权书" });
    const asked = await seen();
    expect(asked).toMatchObject({ waitsFor: "buyer", lastMessage: { from: "desk" } });
    expect(asked.waitingSince).toBe(asked.lastMessage?.at);
    // A file is an answer, too.
    expect((await postPdf(enterprise, `${path}/attachments`, scannedPdf())).status).toBe(201);
    expect(await seen()).toMatchObject({ waitsFor: "desk", lastMessage: { from: "desk" }, attachments: 1 });
  });

  test("a buyer who asks again through the seller's systems waits for the desk", async () => {
    const { path, order } = await openTicket();
    await first.post(`${path}/messages`, { text: "请补充" });
    expect((await seller.post("/v1/tickets", { order, message: "买方来电催办" })).status).toBe(200);
    expect(await read(await first.get(path))).toMatchObject({ atDesk: { waitsFor: "desk" } });
  });
});

describe("what was done with a ticket", () => {
  test("is told to whoever of the seller sees it, and to nobody else", async () => {
    const { id, path } = await openTicket();
    await assign(first, path, "me");
    const seen = async (who: Caller) => {
      const { items } = await read<{ items: { action: string; actor: { id: string } }[] }>(
        await who.get(`${path}/history`),
      );
      return items.map(({ action, actor }) => [action, actor.id]);
    };
    // It has its place in the chain, and so is told, a moment later.
    await expect.poll(() => seen(second)).toHaveLength(2);
    expect((await seen(second))[0]).toEqual(["ticket.assigned", "contract-desk-1"]);
    expect(await seen(auditor)).toEqual(await seen(second));
    expect((await enterprise.get(`${path}/history`)).status).toBe(403);
    expect((await marketplace.get(`/v1/tickets/${id}/history`)).status).toBe(404);
  });
});

describe("tickets are listed", () => {
  test("by whose they are, whose turn it is, queue, order and age", async () => {
    const [mine, hers, free] = [await openTicket(), await openTicket(), await openTicket()];
    await assign(first, mine.path, "me");
    await assign(second, hers.path, "me");
    await first.post(`${mine.path}/messages`, { text: "请补充" });
    expect(await listed(first, "assignee=me")).toContain(mine.id);
    expect(await listed(first, "assignee=me")).not.toContain(hers.id);
    expect(await listed(first, "assignee=contract-desk-2")).toContain(hers.id);
    const nobodys = await listed(auditor, "assignee=nobody&state=open");
    expect([mine.id, hers.id, free.id].map((id) => nobodys.includes(id))).toEqual([false, false, true]);
    const waiting = await listed(first, "waitsFor=desk");
    expect([mine.id, hers.id, free.id].map((id) => waiting.includes(id))).toEqual([false, true, true]);
    expect(await listed(first, "waitsFor=buyer&assignee=me")).toContain(mine.id);
    expect(await listed(enterprise, `order=${free.order}`)).toEqual([free.id]);
    expect(await listed(first, "order=***")).toEqual([]);
    expect(await listed(first, "queue=contract_desk")).toContain(free.id);
    // The other desk's queue looks as if it were empty.
    expect(await listed(first, "queue=marketplace_desk")).toEqual([]);
    expect(await listed(marketplace, "queue=contract_desk")).toEqual([]);
  });

  test("oldest first, page by page", async () => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await read<Page>(await first.get(`/v1/tickets?sort=oldest&state=open&limit=3${cursor}`));
      seen.push(...page.items.map(({ ticket }) => ticket));
      cursor = page.next === null ? "" : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor !== "");
    expect(seen.length).toBeGreaterThan(3);
    // Ids begin with the time at which they were made.
    expect(seen).toEqual(seen.toSorted());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.each(["queue=other", "assignee=", "waitsFor=system", "sort=best", "state=closed"])(
    "%s is refused",
    async (q) => {
      const response = await first.get(`/v1/tickets?${q}`);
      expect([response.status, (await problemOf(response)).code]).toEqual([422, "invalid_input"]);
    },
  );
});

test.each(["\u0000", "a\u0000", "\ud800", "\u202eabc", " x", "x "])("nobody is called %j", async (assignee) => {
  const { path } = await openTicket();
  expect((await assign(first, path, assignee)).status).toBe(422);
  if (assignee !== "\ud800") {
    const query = new URLSearchParams({ assignee });
    expect((await first.get(`/v1/tickets?${query}`)).status).toBe(422);
  }
});

test("seeing every queue by one role does not let another role act in them", async () => {
  const opened = await (await buyer(server, "demo-domains")).post("/v1/tickets", { order: "D300000000002" });
  const path = `/v1/tickets/${(await read<Thread>(opened)).ticket}`;
  const both = machine({ url: server.url, apiKey: await makeKey(server.services, "both", "contract_desk", "auditor") });
  expect((await both.get(path)).status).toBe(200);
  expect((await assign(both, path, "me")).status).toBe(404);
  expect((await both.post(`${path}/messages`, { text: "x" })).status).toBe(404);
  expect((await both.post(`${path}/resolve`, { outcome: "rejected", reason: "x" })).status).toBe(404);
});
