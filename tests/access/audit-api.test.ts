import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { watchChain } from "../../src/application/watch-chain.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

interface Line {
  readonly position: string;
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly from: string | null;
  readonly action: string;
  readonly account: string | null;
  readonly object: { readonly kind: string; readonly id: string };
  readonly policyVersion: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a spreadsheet would run, as a reason that somebody gives. */
const FORMULAS = ['=HYPERLINK("https://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"];
let server: TestServer;
let auditor: Caller;
let number: string;
beforeAll(async () => {
  server = await startTestServer();
  auditor = await desk(server, "auditor");
  await machine(server).put("/v1/orders/AUDITED", orderBody());
  const requested = await (await buyer(server, "demo-enterprise")).post("/v1/orders/AUDITED/contract", {});
  ({ number } = await read<{ number: string }>(requested));
  await (await desk(server, "contract-desk-1")).post(`/v1/contracts/${number}/void`, { reason: "金额有误" });
  await watchChain(server.services);
});
afterAll(() => server.close());

async function list(query: Readonly<Record<string, string>> = {}, caller = auditor) {
  const response = await caller.get(`/v1/audit?${new URLSearchParams(query)}`);
  expect(response.status).toBe(200);
  return read<{ items: Line[]; next: string | null }>(response);
}

async function exported(query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const response = await auditor.get(`/v1/audit/export?${new URLSearchParams(query)}`);
  expect(response.status).toBe(200);
  return (await response.text()).trimEnd().split("\n");
}

describe("the audit is read", () => {
  test("by what was acted on: who, what, from where, under which policy, newest first", async () => {
    const { items } = await list({ object: number });
    expect(items.map(({ action }) => action)).toEqual(["contract.voided", "contract.issued", "contract.requested"]);
    expect(items[0]).toMatchObject({
      ...{
        actor: { kind: "desk", id: "contract-desk-1" },
        from: "127.0.0.1",
        account: "demo-enterprise",
        policyVersion: 1,
      },
      ...{ object: { kind: "contract", id: number }, detail: { reason: "金额有误", standing: "void" } },
    });
    expect(items[2]).toMatchObject({ actor: { kind: "buyer", id: "demo-enterprise/demo" }, from: "127.0.0.1" });
  });

  test("page by page, every entry once and without a gap", async () => {
    const seen: Line[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: Line[]; next: string | null } = await list({
        limit: "7",
        ...(cursor !== null && { cursor }),
      });
      seen.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.map(({ position }) => Number(position))).toEqual(seen.map((_, index) => seen.length - index));
  });

  test("by whoever did it, by what was done, by account, by kind and by time", async () => {
    const whole = (await list({ limit: "200" })).items;
    const voiding = whole.find(({ action }) => action === "contract.voided");
    for (const [query, fits] of [
      [{ actor: "contract-desk-1" }, ({ actor }: Line) => actor.id === "contract-desk-1"],
      [{ action: "session.opened" }, ({ action }: Line) => action === "session.opened"],
      [{ account: "demo-enterprise" }, ({ account }: Line) => account === "demo-enterprise"],
      [{ objectKind: "seller" }, ({ object }: Line) => object.kind === "seller"],
      [{ from: voiding?.at ?? "" }, ({ at }: Line) => at >= (voiding?.at ?? "")],
      [{ to: voiding?.at ?? "" }, ({ at }: Line) => at < (voiding?.at ?? "")],
    ] as const) {
      const { items } = await list({ limit: "200", ...query });
      expect([query, items.length > 0]).toEqual([query, true]);
      expect([query, items.map(({ id }) => id)]).toEqual([query, whole.filter(fits).map(({ id }) => id)]);
    }
  });

  test.each(["from", "to", "account"])("and what cannot be read of %s is told", async (field) => {
    const response = await auditor.get(`/v1/audit?${field}=***`);
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field });
  });

  test.each(["account", "object", "objectKind", "action", "actor"])("nor is there a NUL in any %s", async (field) => {
    const response = await auditor.get(`/v1/audit?${field}=%00`);
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field });
  });

  test("no secret is in it", async () => {
    const text = JSON.stringify((await list({ limit: "200" })).items);
    expect(text).not.toMatch(/os[skp]_[\w-]{20}/);
    expect(text).not.toContain(server.apiKey);
  });
});

describe("the audit is taken away as a file", () => {
  test("oldest first, as lines of JSON that are those of the list; and that it was taken is an entry", async () => {
    const lines = (await exported({ format: "ndjson", object: number })).map((line) => JSON.parse(line) as Line);
    expect(lines).toEqual((await list({ object: number })).items.toReversed());
    await watchChain(server.services);
    expect((await list({ limit: "1" })).items[0]).toMatchObject({
      ...{
        action: "audit.exported",
        actor: { kind: "desk", id: "auditor" },
        detail: { format: "ndjson", object: number },
      },
    });
  });

  test("as CSV, in which nothing is a formula", async () => {
    for (const formula of FORMULAS) {
      const holder = { kind: "desk", id: formula } as const;
      await server.services.ledger.transaction((transaction) =>
        transaction.audit({
          ...{ at: server.services.clock.now(), actor: holder, action: "test.formula", account: null },
          ...{ objectKind: "test", objectId: formula, policyVersion: null, detail: { formula } },
        }),
      );
    }
    await watchChain(server.services);
    const response = await auditor.get("/v1/audit/export?format=csv&action=test.formula");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit.csv"');
    const text = await response.text();
    expect(text.charCodeAt(0)).not.toBe(0xfeff);
    const cells = (parse(text) as string[][]).flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    for (const formula of FORMULAS) expect(cells.filter((cell) => cell === `'${formula}`)).toHaveLength(2);
  });

  test("in another format it is not", async () => {
    expect((await auditor.get("/v1/audit/export?format=xlsx")).status).toBe(422);
  });
});

test("where the chain is can be asked for and written down", async () => {
  const head = await read<{ batch: number; position: number; sha256: string }>(await auditor.get("/v1/audit/head"));
  expect(head).toEqual(await server.services.chain.head());
});
