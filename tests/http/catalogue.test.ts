import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

const PRODUCT = { name: { "zh-CN": "100%_量子计算", en: "Quantum\\computing" }, selfService: [] };
const SELLER = {
  legalName: { "zh-CN": "苏州某云有限公司", en: "Suzhou Some Cloud Co., Ltd." },
  registrationNumber: "91320500SOME000001",
  address: { "zh-CN": "苏州市某路1号", en: "1 Some Road, Suzhou" },
  contact: "a@b.example",
  numberPrefix: "SZMY",
  timeZone: "Asia/Tokyo",
};
const SEAL = { number: "", caption: "合同专用章", logo: "", riding: false };

let server: TestServer;
let agent: Caller;
beforeAll(async () => {
  server = await startTestServer();
  agent = await desk(server, "contract-desk-1");
});
afterAll(() => server.close());

async function list<Item>(path: string): Promise<Listed<Item>> {
  const response = await agent.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return read<Listed<Item>>(response);
}

async function codes(path: string): Promise<readonly string[]> {
  const { items } = await list<{ code?: string; seller?: string; partner?: string }>(path);
  return items.map(({ code, seller, partner }) => code ?? seller ?? partner ?? "");
}

describe("products", () => {
  test("are listed by code with what is self-service by the policy in force", async () => {
    const { items, next } = await list<{ code: string }>("/v1/products");
    expect(items.map(({ code }) => code)).toEqual(items.map(({ code }) => code).toSorted());
    expect(next).toBeNull();
    const ecs = {
      code: "ecs",
      name: { "zh-CN": "云服务器 ECS", en: "Elastic Compute Service" },
      selfService: ["subscription", "pay_as_you_go"],
    };
    expect(items).toContainEqual(ecs);
    expect(await read(await agent.get("/v1/products/ecs"))).toEqual(ecs);
  });

  test("come in pages, each beginning where the one before ended", async () => {
    const all = await codes("/v1/products");
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      const page: Listed<{ code: string }> = await list(`/v1/products?limit=4${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ code }) => code));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(all);
    expect(await codes("/v1/products?cursor=%00")).toEqual(all);
  });

  test("are found by code and by either name, and what looks like a pattern is none", async () => {
    expect((await agent.put("/v1/products/quantum", PRODUCT)).status).toBe(204);
    expect(await codes("/v1/products?q=CDN")).toEqual(["cdn"]);
    expect(await codes(`/v1/products?q=${encodeURIComponent("邮箱")}`)).toEqual(["alimail"]);
    expect(await codes("/v1/products?q=fraud")).toEqual(["saf"]);
    for (const text of ["%25_", "m\\c", "0%25"]) {
      expect([text, await codes(`/v1/products?q=${text.replace("\\", "%5C")}`)]).toEqual([text, ["quantum"]]);
    }
    for (const text of ["%00", "_______", "%25%25", "nothing"]) {
      expect([text, await codes(`/v1/products?q=${text}`)]).toEqual([text, []]);
    }
  });

  test("show at once what a person put and a machine made self-service; a person alone cannot", async () => {
    const changed = { ...PRODUCT, selfService: ["subscription"] };
    const refused = await agent.put("/v1/products/quantum", changed);
    expect([refused.status, (await problemOf(refused)).field]).toEqual([422, "selfService"]);
    expect(await read(await agent.get("/v1/products/quantum"))).toMatchObject({ selfService: [] });
    await machine(server).put("/v1/products/quantum", changed);
    expect(await read(await agent.get("/v1/products/quantum"))).toEqual({ code: "quantum", ...changed });
    await machine(server).put("/v1/products/quantum", PRODUCT);
  });
});

describe("sellers", () => {
  test("say whether they can seal: active, and with a key", async () => {
    const { items } = await list<{ seller: string; active: boolean; canSeal: boolean; isDefault: boolean }>(
      "/v1/sellers",
    );
    expect(items.map(({ seller, active, canSeal, isDefault }) => [seller, active, canSeal, isDefault])).toEqual([
      ["demo-cloud", true, true, true],
      ["demo-noseal", true, false, false],
      ["demo-software", true, true, false],
    ]);
  });

  test("show all that was put, and the wording that they have", async () => {
    const put = { ...SELLER, active: true, quotaLeft: 12, seal: SEAL };
    expect((await agent.put("/v1/sellers/some-cloud", put)).status).toBe(200);
    const shown = { seller: "some-cloud", ...put, canSeal: false, wordingVersion: null, isDefault: false };
    expect(await read(await agent.get("/v1/sellers/some-cloud"))).toEqual(shown);
    for (const text of ["SZMY", "some%20cloud", encodeURIComponent("苏州")]) {
      expect(await codes(`/v1/sellers?q=${text}`)).toEqual(["some-cloud"]);
    }
    const wording = { replaced: {}, omitted: ["911"], added: [] };
    expect((await agent.put("/v1/sellers/some-cloud/wording/draft", wording)).status).toBe(200);
    await (await desk(server, "contract-desk-2")).post("/v1/sellers/some-cloud/wording/draft/publish");
    expect(await read(await agent.get("/v1/sellers/some-cloud"))).toEqual({ ...shown, wordingVersion: 1 });
  });
});

test("partners say how many accounts they serve", async () => {
  const { items } = await list<object>("/v1/partners");
  expect(items).toEqual([
    {
      partner: "demo-partner",
      kind: "distribution",
      name: "广州示例渠道有限公司",
      contact: "020-00000000",
      accounts: 1,
    },
  ]);
  const partner = { kind: "consulting", name: "某咨询公司", contact: "021-0" };
  await agent.put("/v1/partners/p1", partner);
  expect(await read(await agent.get("/v1/partners/p1"))).toEqual({ partner: "p1", ...partner, accounts: 0 });
  expect(await codes(`/v1/partners?q=${encodeURIComponent("咨询")}`)).toEqual(["p1"]);
  expect(await codes("/v1/partners?limit=1&cursor=demo-partner")).toEqual(["p1"]);
});

test("what does not exist and what cannot is not found, alike", async () => {
  for (const kind of ["products", "sellers", "partners"]) {
    for (const id of ["absent", "a%00b", "..%2F", "x".repeat(65)]) {
      const response = await agent.get(`/v1/${kind}/${id}`);
      expect([kind, id, response.status, (await problemOf(response)).code]).toEqual([kind, id, 404, "not_found"]);
    }
  }
});

test("the seller's own people and systems look, and buyers do not", async () => {
  for (const path of ["/v1/products", "/v1/sellers/demo-cloud", "/v1/partners"]) {
    for (const caller of [machine(server), await desk(server, "marketplace-desk"), await desk(server, "auditor")]) {
      expect([path, (await caller.get(path)).status]).toEqual([path, 200]);
    }
    expect([path, (await (await buyer(server, "demo-enterprise")).get(path)).status]).toEqual([path, 403]);
  }
});

test("of several who add the same at once, one does, and the others are told that it is there", async () => {
  const onlyNew = { "if-none-match": "*" };
  for (const round of [1, 2, 3]) {
    const partners = [1, 2, 3, 4].map((each) =>
      agent.put(`/v1/partners/at-once-${round}`, { kind: "consulting", name: `咨询 ${each}`, contact: "x" }, onlyNew),
    );
    const sellers = [1, 2, 3, 4].map((each) => {
      const legalName = { "zh-CN": `苏州同时${round}${each}有限公司`, en: `At Once ${round}${each} Ltd.` };
      const body = { ...SELLER, legalName, numberPrefix: `ONC${round}${each}`, active: false };
      return agent.put(`/v1/sellers/at-once-${round}`, body, onlyNew);
    });
    const [ofPartners, ofSellers] = [await statuses(partners), await statuses(sellers)];
    expect([round, ofPartners, ofSellers]).toEqual([round, [204, 422, 422, 422], [200, 422, 422, 422]]);
  }
});

async function statuses(answers: readonly Promise<Response>[]): Promise<readonly number[]> {
  return (await Promise.all(answers)).map(({ status }) => status).sort();
}
