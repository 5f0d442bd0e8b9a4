import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PolicyDocument } from "../../src/application/policy-document.ts";
import type { ContractJson, DecisionJson, OrderJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface PolicyJson {
  readonly version: number;
  readonly rules: PolicyDocument;
}
interface Changes {
  readonly from: number;
  readonly settings: readonly { readonly setting: string; readonly before: unknown; readonly after: unknown }[];
  readonly count: number;
  readonly orders: readonly { readonly order: string; readonly before: DecisionJson; readonly after: DecisionJson }[];
}

const DRAFT = "/v1/policy/draft";

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

async function current(): Promise<PolicyJson> {
  return read<PolicyJson>(await seller.get("/v1/policy"));
}

async function draft(changes: Partial<PolicyDocument>, person = first): Promise<Response> {
  return person.put(DRAFT, { ...(await current()).rules, ...changes });
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
}

async function shown(order: string): Promise<OrderJson> {
  return read<OrderJson>(await seller.get(`/v1/orders/${order}`, { "accept-language": "en" }));
}

describe("the rules are data that everybody may read", () => {
  test("as they are now and as they were; a version that never was is not found", async () => {
    const { version, rules } = await current();
    expect(rules).toMatchObject({ hold: { start: "request", count: "days", days: 30 }, reissueAfterVoid: false });
    for (const caller of [first, await desk(server, "marketplace-desk"), await buyer(server, "demo-enterprise")]) {
      expect(await read(await caller.get(`/v1/policy?version=${version}`))).toEqual({ version, rules });
    }
    await expectProblem(await seller.get("/v1/policy?version=999"), 404, "not_found");
    for (const text of ["0", "x", "-1", "1.0"])
      expect((await seller.get(`/v1/policy?version=${text}`)).status).toBe(422);
  });

  test("what is read can be written back, and changes nothing", async () => {
    await expectProblem(await draft({}), 409, "policy_draft_changes_nothing");
    await expectProblem(await first.get(DRAFT), 409, "no_policy_draft");
  });
});

describe("rules that bind the company need two persons", () => {
  test("who drafts does not publish; a colleague does, and decisions and contracts name the new version", async () => {
    const before = await current();
    const drafted = await draft({ hold: { start: "request", count: "days", days: 10 } });
    expect(await read(drafted)).toMatchObject({ basedOn: before.version, draftedBy: "contract-desk-1" });
    await expectProblem(await first.post(`${DRAFT}/publish`), 403, "second_person_needed");
    expect(await current()).toEqual(before);
    const published = await second.post(`${DRAFT}/publish`);
    expect(published.status).toBe(200);
    const after = await read<PolicyJson>(published);
    expect(after).toEqual({
      version: before.version + 1,
      rules: { ...before.rules, hold: { start: "request", count: "days", days: 10 } },
    });
    expect(await current()).toEqual(after);
    expect(await read(await seller.get(`/v1/policy?version=${before.version}`))).toEqual(before);
    const { decision } = await shown("D100000000003");
    if (decision.kind !== "issue" || decision.holdUntil === null) throw new Error("not held");
    expect(decision.policyVersion).toBe(after.version);
    expect(Date.parse(decision.holdUntil) - Date.now()).toBeLessThan(12 * 86_400_000);
    const contract = await read<ContractJson>(await seller.post("/v1/orders/D100000000003/contract", {}));
    expect(contract).toMatchObject({ policyVersion: after.version, holdUntil: decision.holdUntil });
    await expectProblem(await second.post(`${DRAFT}/publish`), 409, "no_policy_draft");
    const row = await server.services.database
      .selectFrom("policies")
      .select(["origin", "drafted_by", "published_by"])
      .where("version", "=", after.version)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ origin: "draft", drafted_by: "contract-desk-1", published_by: "contract-desk-2" });
  });

  test("a contract that was issued before keeps its version and its hold (R7)", async () => {
    await seller.put("/v1/orders/EARLIER", orderBody({ status: { state: "unpaid" } }));
    const contract = await read<ContractJson>(await seller.post("/v1/orders/EARLIER/contract", {}));
    await draft({ hold: { start: "request", count: "hours", hours: 5 } });
    expect((await second.post(`${DRAFT}/publish`)).status).toBe(200);
    expect(await read(await seller.get(`/v1/contracts/${contract.number}`))).toEqual(contract);
  });

  test("published five times at once it is one version", async () => {
    const { version } = await current();
    await draft({ hold: { start: "order", count: "days", days: 3650 } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => second.post(`${DRAFT}/publish`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect((await current()).version).toBe(version + 1);
  });

  test("the newest draft replaces the one before; withdrawn, there is none", async () => {
    await draft({ identityRequired: false });
    await draft({ reissueAfterVoid: true }, second);
    expect(await read(await first.get(DRAFT))).toMatchObject({
      draftedBy: "contract-desk-2",
      rules: { identityRequired: true, reissueAfterVoid: true },
    });
    await expectProblem(await second.post(`${DRAFT}/publish`), 403, "second_person_needed");
    expect((await first.send("DELETE", DRAFT)).status).toBe(204);
    await expectProblem(await first.send("DELETE", DRAFT), 409, "no_policy_draft");
    await expectProblem(await first.post(`${DRAFT}/publish`), 409, "no_policy_draft");
  });

  test("a draft of before another version would undo that one, and is refused", async () => {
    await draft({ identityRequired: false });
    const product = { name: { "zh-CN": "新品", en: "New product" }, selfService: ["subscription"] };
    expect((await seller.put("/v1/products/brand-new", product)).status).toBe(204);
    await expectProblem(await second.post(`${DRAFT}/publish`), 409, "policy_draft_outdated");
    await draft({ identityRequired: false });
    const published = await read<PolicyJson>(await second.post(`${DRAFT}/publish`));
    expect(published.rules.selfServiceProducts["brand-new"]).toEqual(["subscription"]);
    await draft({ identityRequired: true });
    expect((await second.post(`${DRAFT}/publish`)).status).toBe(200);
  });

  test("neither machines nor buyers nor the other desk draft, look, publish or withdraw", async () => {
    const before = await read<PolicyJson>(await draft({ identityRequired: false }));
    for (const caller of [seller, await buyer(server, "demo-enterprise"), await desk(server, "marketplace-desk")]) {
      for (const response of [
        await caller.put(DRAFT, (await current()).rules),
        await caller.get(DRAFT),
        await caller.get(`${DRAFT}/changes`),
        await caller.post(`${DRAFT}/publish`),
        await caller.send("DELETE", DRAFT),
      ]) {
        await expectProblem(response, 403, "not_allowed");
      }
    }
    expect(await read(await first.get(DRAFT))).toEqual(before);
  });

  test("a product that is put as it was makes no version; another one makes one by the machine's name", async () => {
    const product = { name: { "zh-CN": "云服务器 ECS", en: "Elastic Compute Service" } };
    const selfService = ["subscription", "pay_as_you_go"];
    const { version } = await current();
    await seller.put("/v1/products/ecs", { ...product, selfService });
    expect((await current()).version).toBe(version);
    await seller.put("/v1/products/ecs", { ...product, selfService: ["subscription"] });
    expect((await current()).version).toBe(version + 1);
    expect((await shown("D100000000004")).decision).toMatchObject({
      code: "product_not_self_service",
      policyVersion: version + 1,
    });
    await seller.put("/v1/products/ecs", { ...product, selfService });
    expect((await shown("D100000000004")).decision).toMatchObject({ kind: "issue", policyVersion: version + 2 });
  });
});

describe("before it is published, a draft shows what it would change", () => {
  test("exactly the orders that would be decided differently, with both decisions", async () => {
    const { version, rules } = await current();
    const all = await read<{ items: OrderJson[] }>(await seller.get("/v1/orders?limit=200"));
    const { rds: _, ...selfServiceProducts } = rules.selfServiceProducts;
    await draft({ selfServiceProducts, identityRequired: false });
    const changes = await read<Changes>(await first.get(`${DRAFT}/changes`, { "accept-language": "en" }));
    expect(changes.from).toBe(version);
    expect(changes.settings.map(({ setting }) => setting).sort()).toEqual(["identityRequired", "selfServiceProducts"]);
    await second.post(`${DRAFT}/publish`);
    const said = ({ policyVersion, ...decision }: DecisionJson) => JSON.stringify(decision);
    const now = await read<{ items: OrderJson[] }>(await seller.get("/v1/orders?limit=200"));
    const expected = now.items
      .filter((item, index) => said(item.decision) !== said((all.items[index] as OrderJson).decision))
      .map(({ order }) => order);
    expect(expected).toEqual(expect.arrayContaining(["D100000000002", "D100000000008", "D400000000001"]));
    expect(changes.orders.map(({ order }) => order)).toEqual(expected);
    expect(changes.count).toBe(expected.length);
    const unverified = changes.orders.find(({ order }) => order === "D400000000001");
    expect(unverified).toMatchObject({
      before: { kind: "refuse", code: "identity_not_verified", policyVersion: version },
      after: { kind: "issue", policyVersion: version + 1 },
    });
  });

  test("the same list in another order changes nothing", async () => {
    const { rules } = await current();
    await draft({ contractableOrderTypes: rules.contractableOrderTypes.toReversed() });
    expect(await read(await first.get(`${DRAFT}/changes`))).toMatchObject({
      settings: [],
      count: 0,
      compared: { isWhole: true },
      orders: [],
    });
  });
});

describe("a document that is not as rules are written", () => {
  test.each<[string, string, (rules: PolicyDocument) => unknown]>([
    ["a setting is missing", "reissueAfterVoid", ({ reissueAfterVoid: _, ...rules }) => rules],
    ["a setting is unknown", "holdDays", (rules) => ({ ...rules, holdDays: 30 })],
    ["a hold of no days", "hold.days", (rules) => ({ ...rules, hold: { start: "request", count: "days", days: 0 } })],
    ["a text for a switch", "identityRequired", (rules) => ({ ...rules, identityRequired: "yes" })],
    [
      "a kind of partner that is none",
      "partnerKindsRefused.0",
      (rules) => ({ ...rules, partnerKindsRefused: ["friend"] }),
    ],
    [
      "the 31st of the month",
      "billFinality.expectedDay",
      (rules) => ({ ...rules, billFinality: { basis: "calendar", expectedDay: 31 } }),
    ],
    [
      "a way of billing that is none",
      "selfServiceProducts.ecs.0",
      (rules) => ({ ...rules, selfServiceProducts: { ecs: ["yearly"] } }),
    ],
    ["a list", "policy", () => []],
    ["nothing", "policy", () => null],
  ])("%s: the setting is named in both languages", async (_, field, change) => {
    const document = change((await current()).rules);
    const details = [];
    for (const language of ["zh-CN", "en"]) {
      const response = await first.put(DRAFT, document, { "accept-language": language });
      expect(response.status).toBe(422);
      const problem = await problemOf(response);
      expect(problem).toMatchObject({ code: "invalid_input", field });
      expect(problem.detail).toContain(field);
      details.push(problem.detail);
    }
    expect(details[0]).toMatch(/\p{Script=Han}/u);
    expect(details[1]).not.toMatch(/\p{Script=Han}/u);
    await expectProblem(await first.get(DRAFT), 409, "no_policy_draft");
  });
});

test("what is published is the draft that was looked over, and no other that was put in its place", async () => {
  const { rules } = await read<{ rules: { hold: object } }>(await first.get("/v1/policy"));
  const hold = (days: number) => ({ ...rules, hold: { start: "request", count: "days", days } });
  const seen = await read<{ draft: string }>(await first.put("/v1/policy/draft", hold(41)));
  expect(await read<object>(await second.get("/v1/policy/draft"))).toEqual({ ...seen, mine: false });
  await first.put("/v1/policy/draft", hold(3_000));
  const refused = await second.post("/v1/policy/draft/publish", { draft: seen.draft });
  expect([refused.status, (await problemOf(refused)).code]).toEqual([409, "draft_replaced"]);
  const now = await read<{ draft: string }>(await second.get("/v1/policy/draft"));
  expect(now.draft).not.toBe(seen.draft);
  const published = await second.post("/v1/policy/draft/publish", { draft: now.draft });
  expect(await read(published)).toMatchObject({ rules: { hold: { days: 3_000 } } });
});
