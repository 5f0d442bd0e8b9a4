import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WordingDocument } from "../../src/application/wording-document.ts";
import type { ContractSnapshot } from "../../src/domain/contract-snapshot.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read, stranger } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface WordingJson {
  readonly seller: string;
  readonly version: number;
  readonly wording: WordingDocument;
}

const WORDING = "/v1/sellers/demo-cloud/wording";
const DRAFT = `${WORDING}/draft`;
const NOTHING: WordingDocument = { replaced: {}, omitted: [], added: [] };
const SECRECY = {
  title: { "zh-CN": "保密", en: "Secrecy" },
  text: { "zh-CN": "{buyer}与{seller}相互保密。", en: "{buyer} and {seller} keep each other's secrets." },
};

let server: TestServer;
let seller: Caller;
let first: Caller;
let second: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  first = await desk(server, "contract-desk-1");
  second = await desk(server, "contract-desk-2");
});
afterAll(() => server.close());
beforeEach(async () => {
  await first.send("DELETE", DRAFT);
});

function current(): Promise<WordingJson> {
  return seller.get(WORDING).then(read<WordingJson>);
}

/** Another text each time, so that it is never what is in force already. */
let texts = 0;
function another(changes: Partial<WordingDocument> = {}): WordingDocument {
  const text = { "zh-CN": `第 ${++texts} 稿。`, en: `Draft ${texts}.` };
  return { ...NOTHING, replaced: { "601": { ...SECRECY, text } }, ...changes };
}

async function publish(document: WordingDocument): Promise<WordingJson> {
  expect((await first.put(DRAFT, document)).status).toBe(200);
  const published = await second.post(`${DRAFT}/publish`);
  expect(published.status).toBe(200);
  return read<WordingJson>(published);
}

async function contractOn(order: string): Promise<ContractSnapshot> {
  await seller.put(`/v1/orders/${order}`, orderBody());
  const contract = await read<ContractJson>(await seller.post(`/v1/orders/${order}/contract`, {}));
  return read<ContractSnapshot>(await seller.get(`/v1/contracts/${contract.number}/contract.json`));
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
}

describe("a seller's own wording binds the company, and so takes two persons", () => {
  test("at first every clause is the library's", async () => {
    expect(await current()).toEqual({ seller: "demo-cloud", version: 0, wording: NOTHING });
    expect(await contractOn("LIBRARY")).toMatchObject({ wordingVersion: 0 });
    await expectProblem(await first.put(DRAFT, NOTHING), 409, "wording_draft_changes_nothing");
    await expectProblem(await first.get(DRAFT), 409, "no_wording_draft");
  });

  test("who drafts does not publish; a colleague does, and new contracts say it and name the version (R7)", async () => {
    const { version } = await current();
    const added = [{ clause: "S1", after: "601", title: { "zh-CN": "审计", en: "Audit" }, text: SECRECY.text }];
    const wording = { replaced: { "601": SECRECY }, omitted: ["911"], added };
    const drafted = await read<object>(await first.put(DRAFT, wording));
    expect(drafted).toMatchObject({ seller: "demo-cloud", basedOn: version, draftedBy: "contract-desk-1", wording });
    expect(await read(await second.get(DRAFT))).toEqual(drafted);
    await expectProblem(await first.post(`${DRAFT}/publish`), 403, "second_person_needed");
    expect((await current()).version).toBe(version);
    const published = await read<WordingJson>(await second.post(`${DRAFT}/publish`));
    expect(published).toEqual({ seller: "demo-cloud", version: version + 1, wording });
    expect(await current()).toEqual(published);
    const snapshot = await contractOn("OWN-WORDS");
    expect(snapshot.wordingVersion).toBe(version + 1);
    const numbers = snapshot.clauses.map(({ clause }) => clause);
    expect(numbers).toEqual(["101", "201", "301", "401", "601", "S1", "701", "801", "901", "921"]);
    expect(snapshot.clauses.find(({ clause }) => clause === "601")).toEqual({
      clause: "601",
      source: "seller",
      titleZh: "保密",
      titleEn: "Secrecy",
      textZh: "深圳示例智造有限公司与杭州示例云计算有限公司相互保密。",
      textEn:
        "Shenzhen Example Manufacturing Co., Ltd. and Hangzhou Example Cloud Computing Co., Ltd. keep each other's secrets.",
    });
    const audited = server.services.database.selectFrom("audit_entries").select(["action", "actor", "detail"]);
    const entries = await audited.where("object_kind", "=", "wording").orderBy("entry_id").execute();
    expect(entries.slice(-2)).toEqual([
      { action: "wording.drafted", actor: "contract-desk-1", detail: { basedOn: version } },
      {
        action: "wording.published",
        actor: "contract-desk-2",
        detail: { version: version + 1, draftedBy: "contract-desk-1" },
      },
    ]);
  });

  test("versions of before can be read; one that never was is not found, and so is a seller", async () => {
    const before = await publish(another());
    const after = await publish(another());
    expect(after.version).toBe(before.version + 1);
    expect(await read(await seller.get(`${WORDING}?version=${before.version}`))).toEqual(before);
    await expectProblem(await seller.get(`${WORDING}?version=999`), 404, "not_found");
    for (const id of ["nobody", "No Body"]) {
      await expectProblem(await seller.get(`/v1/sellers/${id}/wording`), 404, "not_found");
      await expectProblem(await first.put(`/v1/sellers/${id}/wording/draft`, another()), 404, "not_found");
      await expectProblem(await first.post(`/v1/sellers/${id}/wording/draft/publish`), 404, "not_found");
    }
  });

  test("published five times at once it is one version", async () => {
    const { version } = await current();
    await first.put(DRAFT, another());
    const answers = await Promise.all(Array.from({ length: 5 }, () => second.post(`${DRAFT}/publish`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect((await current()).version).toBe(version + 1);
  });

  test("the newest draft replaces the one before; withdrawn, there is none", async () => {
    await first.put(DRAFT, another());
    const newest = another();
    await second.put(DRAFT, newest);
    expect(await read(await first.get(DRAFT))).toMatchObject({ draftedBy: "contract-desk-2", wording: newest });
    await expectProblem(await second.post(`${DRAFT}/publish`), 403, "second_person_needed");
    expect((await first.send("DELETE", DRAFT)).status).toBe(204);
    await expectProblem(await first.send("DELETE", DRAFT), 409, "no_wording_draft");
    await expectProblem(await first.post(`${DRAFT}/publish`), 409, "no_wording_draft");
  });

  test("sellers' wordings are apart", async () => {
    await first.put(DRAFT, another());
    const other = "/v1/sellers/demo-software/wording";
    await expectProblem(await second.post(`${other}/draft/publish`), 409, "no_wording_draft");
    expect(await read(await seller.get(other))).toEqual({ seller: "demo-software", version: 0, wording: NOTHING });
  });

  test("everybody reads it; neither machines nor buyers nor the other desk draft, look, publish or withdraw", async () => {
    const everybody = [seller, await buyer(server, "demo-enterprise"), await desk(server, "marketplace-desk")];
    await first.put(DRAFT, another());
    for (const caller of everybody) {
      expect((await caller.get(WORDING)).status).toBe(200);
      for (const response of [
        await caller.put(DRAFT, another()),
        await caller.get(DRAFT),
        await caller.post(`${DRAFT}/publish`),
        await caller.send("DELETE", DRAFT),
      ]) {
        await expectProblem(response, 403, "not_allowed");
      }
    }
    expect((await first.get(DRAFT)).status).toBe(200);
    await expectProblem(await stranger(server).get(WORDING), 401, "not_signed_in");
  });
});

describe("a wording that is refused", () => {
  const faulty = (text: string) => ({
    ...NOTHING,
    replaced: { "601": { ...SECRECY, text: { "zh-CN": text, en: "x" } } },
  });
  test.each<[string, unknown, string]>([
    ["a part is missing", { replaced: {}, omitted: [] }, "added"],
    ["a part is unknown", { ...NOTHING, removed: [] }, "removed"],
    [
      "one language only",
      { ...NOTHING, replaced: { "601": { ...SECRECY, title: { en: "x" } } } },
      "replaced.601.title",
    ],
    ["an own name that is none", { ...NOTHING, added: [{ clause: "X", after: "601", ...SECRECY }] }, "added.0.clause"],
    ["the same left out twice", { ...NOTHING, omitted: ["601", "601"] }, "omitted"],
    ["an unknown clause", { ...NOTHING, omitted: ["999"] }, "omitted.0"],
    ["a clause that must stay", { ...NOTHING, omitted: ["201"] }, "omitted.0"],
    ["a blank that is none", faulty("{price}"), "replaced.601.text.zh-CN"],
    ["no words", faulty("  "), "replaced.601.text.zh-CN"],
    ["a character that no font has", faulty("😀"), "replaced.601.text.zh-CN"],
    ["a NUL", faulty("a\u0000"), "replaced.601.text.zh-CN"],
    ["a list", [], "wording"],
    ["nothing", null, "wording"],
  ])("%s: the place is named in both languages", async (_, document, field) => {
    const details = [];
    for (const language of ["zh-CN", "en"]) {
      const problem = await problemOf(await first.put(DRAFT, document, { "accept-language": language }));
      expect(problem).toMatchObject({ status: 422, code: "invalid_input", field });
      details.push(problem.detail);
    }
    expect(details[0]).toMatch(/\p{Script=Han}/u);
    expect(details[1]?.replaceAll(/"[^"]*"/g, "")).not.toMatch(/\p{Script=Han}/u);
    await expectProblem(await first.get(DRAFT), 409, "no_wording_draft");
  });

  test("texts are taken trimmed and in normal form C", async () => {
    const text = { "zh-CN": " 甲 ", en: "\tA\u030a " };
    await first.put(DRAFT, { ...NOTHING, replaced: { "601": { ...SECRECY, text } } });
    expect(await read(await first.get(DRAFT))).toMatchObject({
      wording: { replaced: { "601": { text: { "zh-CN": "甲", en: "Å" } } } },
    });
  });
});

describe("the books keep it", () => {
  test("published wordings neither change nor go; nobody publishes alone or takes a version back", async () => {
    await publish(another());
    const { database } = server.services;
    const { version } = await current();
    const own = { seller: "demo-cloud", version: version + 1, body: "{}", drafted_by: "A", published_by: " a" };
    await expect(database.updateTable("wordings").set({ body: "{}" }).execute()).rejects.toThrow(
      /cannot be changed|append/i,
    );
    await expect(database.deleteFrom("wordings").execute()).rejects.toThrow();
    await expect(database.insertInto("wordings").values(own).execute()).rejects.toThrow(/two_persons/);
    const back = database.updateTable("sellers").where("seller", "=", "demo-cloud");
    await expect(back.set({ wording_version: version - 1 }).execute()).rejects.toThrow(/only goes up by one/);
    await expect(back.set({ wording_version: version + 1 }).execute()).rejects.toThrow();
    expect((await current()).version).toBe(version);
  });
});
