import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textTest } from "../../src/document/pdf-text.fixture.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

const DRAFT = "/v1/sellers/demo-cloud/wording/draft";
const PREVIEW = "/v1/orders/D100000000001/preview.pdf";
const BILL = "/v1/bills/demo-enterprise/2025-07/preview.pdf";

interface Template {
  readonly name: string;
  readonly clauses: readonly string[];
}

let server: TestServer;
let seller: Caller;
let first: Caller;
let second: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  first = await desk(server, "contract-desk-1");
  second = await desk(server, "contract-desk-2");
  expect((await seller.put("/v1/bills/demo-enterprise/2025-07", billBody())).status).toBe(200);
});
afterAll(() => server.close());

/** Secrecy in these words, and nothing else of the seller's own. */
function saying(words: string) {
  const both = { "zh-CN": words, en: words };
  return { replaced: { "601": { title: both, text: both } }, omitted: [], added: [] };
}

async function publish(words: string): Promise<number> {
  expect((await first.put(DRAFT, saying(words))).status).toBe(200);
  const published = await second.post(`${DRAFT}/publish`);
  expect(published.status).toBe(200);
  return (await read<{ version: number }>(published)).version;
}

async function drawn(response: Response): Promise<Buffer> {
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/pdf");
  return Buffer.from(await response.arrayBuffer());
}

async function faultOf(response: Response) {
  const { status, code, field } = await problemOf(response);
  return [status, code, field];
}

describe("what contracts are drawn from is listed for those who review it", () => {
  test("each template with the clauses that it picks from, the version it is and what it draws with", async () => {
    const { items, next } = await read<{ items: Template[]; next: null }>(await first.get("/v1/templates"));
    expect(next).toBeNull();
    expect(items.map(({ name }) => name)).toEqual([
      ...["order/1", "pay-as-you-go/1", "domain/1", "marketplace/1", "bill/1"],
    ]);
    expect(items[0]).toMatchObject({
      ...{ family: "order", version: 1, newest: true, subject: "order", library: "library/1" },
      title: { "zh-CN": "产品与服务订购合同", en: "Purchase Contract for Products and Services" },
    });
    expect(items[0]?.clauses).toEqual(
      ...[["101", "201", "202", "301", "302", "303", "401", "601", "701", "801", "901", "911", "921"]],
    );
    expect(items[4]).toMatchObject({ name: "bill/1", subject: "bill" });
  });

  test("each clause with its words, its blanks and whether it may be left out", async () => {
    const { items } = await read<{ items: { clause: string }[] }>(await second.get("/v1/clauses"));
    expect(items.find(({ clause }) => clause === "204")).toMatchObject({
      title: { "zh-CN": "价款与支付", en: "Price and payment" },
      blanks: ["account", "account_kind", "buyer", "seller"],
      mayBeOmitted: false,
    });
    expect(items.find(({ clause }) => clause === "601")).toMatchObject({ mayBeOmitted: true });
  });

  test("an order names the template that its contract would be drawn by", async () => {
    expect(await read(await seller.get("/v1/orders/D100000000001"))).toMatchObject({ template: "order/1" });
  });
});

describe("where the sellers' wordings stand", () => {
  test("in force, proposed and published, each with its persons; what was never there is not found", async () => {
    const before = await publish("一");
    const version = await publish("二");
    const { draft } = await read<{ draft: string }>(await first.put(DRAFT, saying("三")));
    const { items } = await read<{ items: { seller: string }[] }>(await first.get("/v1/wordings"));
    expect(items.map(({ seller: id }) => id)).toEqual([...items.map(({ seller: id }) => id)].sort());
    expect(items.find(({ seller: id }) => id === "demo-cloud")).toMatchObject({
      version,
      legalName: { "zh-CN": "杭州示例云计算有限公司" },
      draft: { draft, basedOn: version, draftedBy: "contract-desk-1", mine: true },
    });
    expect(items.find(({ seller: id }) => id === "demo-software")).toMatchObject({ version: 0, draft: null });
    const one = items.find(({ seller: id }) => id === "demo-cloud");
    expect(await read(await first.get("/v1/wordings/demo-cloud"))).toEqual(one);
    expect(await read(await second.get("/v1/wordings/demo-cloud"))).toMatchObject({ draft: { draft, mine: false } });
    for (const id of ["nobody", "No Body"]) expect((await first.get(`/v1/wordings/${id}`)).status).toBe(404);
    const page = await read<{ items: unknown[]; next: string }>(await first.get("/v1/wordings?limit=1"));
    expect(page).toMatchObject({ items: items.slice(0, 1), next: items[0]?.seller });
    expect(await read(await first.get(`/v1/wordings?limit=200&cursor=${page.next}`))).toMatchObject({
      items: items.slice(1),
      next: null,
    });

    const path = "/v1/sellers/demo-cloud/wording/versions";
    const versions = { draftedBy: "contract-desk-1", publishedBy: "contract-desk-2" };
    expect(await read(await first.get(path))).toMatchObject({
      items: [
        { version, ...versions },
        { version: before, ...versions },
      ],
    });
    expect(await read(await first.get(`${path}?limit=1`))).toMatchObject({
      items: [{ version }],
      next: String(version),
    });
    expect(await read(await first.get(`${path}?cursor=${version}`))).toMatchObject({ items: [{ version: before }] });
    expect((await first.get("/v1/sellers/nobody/wording/versions")).status).toBe(404);
    await first.send("DELETE", DRAFT);
  });
});

describe("a wording is tried on an order or a bill, and nothing comes of it (R21)", () => {
  textTest(
    "in force, proposed, of before, or the library's own: each says what it says, marked as a preview",
    async (text) => {
      const version = await publish("Secrecy as of now.");
      await publish("Secrecy as of later.");
      await first.put(DRAFT, saying("Secrecy as proposed."));
      for (const path of [PREVIEW, BILL]) {
        const says = async (wording: string) => text(await drawn(await first.get(`${path}?wording=${wording}`)));
        const [former, current, proposed, library] = [
          ...[await says(String(version)), await says("in_force"), await says("draft"), await says("0")],
        ];
        expect(former).toContain("Secrecy as of now.");
        expect(current).toContain("Secrecy as of later.");
        expect(proposed).toContain("Secrecy as proposed.");
        expect(library).not.toContain("Secrecy as");
        for (const shown of [former, current, proposed, library]) expect(shown).toContain("预览");
      }
      await first.send("DELETE", DRAFT);
    },
  );

  test("also on an order that has its contract: a trial takes nobody's place", async () => {
    await seller.put("/v1/orders/TRIED", orderBody());
    expect((await seller.post("/v1/orders/TRIED/contract", {})).status).toBe(201);
    const path = "/v1/orders/TRIED/preview.pdf";
    expect(await faultOf(await first.get(path))).toEqual([409, "already_contracted", undefined]);
    const { database } = server.services;
    const count = async () => (await database.selectFrom("contracts").select("contract_id").execute()).length;
    const before = await count();
    await drawn(await first.get(`${path}?wording=in_force&language=en`));
    expect(await count()).toBe(before);
  });

  test("whatever else refuses the contract refuses the trial, in the same words", async () => {
    await seller.put("/v1/orders/UNWANTED", orderBody({ type: "refund" }));
    const answer = await first.get("/v1/orders/UNWANTED/preview.pdf?wording=0");
    expect(await problemOf(answer)).toMatchObject({ code: "order_type_not_contractable" });
  });

  test("a version that never was, no draft, and what is none of these are told apart", async () => {
    for (const path of [PREVIEW, BILL]) {
      expect(await faultOf(await first.get(`${path}?wording=99999`))).toEqual([422, "invalid_input", "wording"]);
      expect(await faultOf(await first.get(`${path}?wording=draft`))).toEqual([409, "no_wording_draft", undefined]);
      for (const wording of ["", "newest", "-1", "01", "1.0"]) {
        expect(await faultOf(await first.get(`${path}?wording=${wording}`))).toEqual([422, "invalid_input", "wording"]);
      }
    }
    const problem = await problemOf(await first.get(`${PREVIEW}?wording=99999`, { "accept-language": "zh-CN" }));
    expect(problem.detail).toContain("没有第 99999 版");
    expect((await first.get("/v1/orders/NOWHERE/preview.pdf?wording=0")).status).toBe(404);
  });

  test("is for those who review rules; buyers, machines and the other desk have the preview as it is", async () => {
    const others = [await buyer(server, "demo-enterprise"), seller, await desk(server, "marketplace-desk")];
    for (const caller of others) {
      for (const path of [PREVIEW, BILL]) {
        for (const wording of ["draft", "in_force", "0"]) {
          expect(await faultOf(await caller.get(`${path}?wording=${wording}`))).toEqual([
            ...[403, "not_allowed", undefined],
          ]);
        }
        await drawn(await caller.get(path));
      }
    }
    await drawn(await (await desk(server, "auditor")).get(`${PREVIEW}?wording=0`));
  });
});
