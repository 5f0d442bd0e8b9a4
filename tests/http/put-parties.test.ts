import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_SELLER } from "../../src/demo-parties.ts";
import type { ContractSnapshot } from "../../src/domain/contract-snapshot.ts";
import type { SellerId } from "../../src/domain/identifiers.ts";
import type { ContractJson, OrderJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
});
afterAll(() => server.close());

const VERIFIED = { state: "verified", kind: "enterprise", legalName: "上海试验有限公司" };
const PARTNER = { kind: "consulting", name: "某咨询公司", contact: "021-0" };
const NAME = { "zh-CN": "某产品", en: "Some product" };
const SELLER = {
  legalName: { "zh-CN": "苏州某云有限公司", en: "Suzhou Some Cloud Co., Ltd." },
  registrationNumber: "91320500SOME000001",
  address: { "zh-CN": "苏州市某路1号", en: "1 Some Road, Suzhou" },
  contact: "a@b.example",
  numberPrefix: "SZMY",
  timeZone: "Asia/Shanghai",
  active: true,
};
const SEAL = { number: "", caption: "", logo: "", riding: true };

async function decisionOf(order: string): Promise<OrderJson["decision"]> {
  return (await read<OrderJson>(await seller.get(`/v1/orders/${order}`))).decision;
}

test("an account's identity and partner change the decision at once (R6, R19)", async () => {
  const put = (body: unknown) => seller.put("/v1/accounts/acct", body);
  expect((await put({ identity: { state: "unverified" } })).status).toBe(204);
  await seller.put("/v1/orders/A1", orderBody({ account: "acct" }));
  expect(await decisionOf("A1")).toMatchObject({ code: "identity_not_verified" });
  expect((await put({ identity: VERIFIED })).status).toBe(204);
  expect(await decisionOf("A1")).toMatchObject({ kind: "issue" });
  expect((await seller.put("/v1/partners/p1", PARTNER)).status).toBe(204);
  expect((await put({ identity: VERIFIED, servedBy: "p1" })).status).toBe(204);
  expect(await decisionOf("A1")).toMatchObject({ code: "served_by_partner", nextStep: { contact: "021-0" } });
});

test("a product that the desk adds is self-service at once, and offline again when it says so (R2, R3)", async () => {
  await seller.put(
    "/v1/orders/B1",
    orderBody({ lines: [{ line: "1", product: "some", quantity: "1", total: "1.00" }] }),
  );
  expect(await decisionOf("B1")).toMatchObject({ code: "product_not_self_service" });
  expect((await seller.put("/v1/products/some", { name: NAME, selfService: ["subscription"] })).status).toBe(204);
  expect(await decisionOf("B1")).toMatchObject({ kind: "issue" });
  expect((await seller.put("/v1/products/some", { name: NAME, selfService: [] })).status).toBe(204);
  expect(await decisionOf("B1")).toMatchObject({ code: "product_not_self_service" });
});

test("a seller without a seal key cannot seal, active or not (R18)", async () => {
  const response = await seller.put("/v1/sellers/some-cloud", SELLER);
  expect([response.status, await read(response)]).toEqual([200, { seller: "some-cloud", canSeal: false }]);
  const suspended = { ...SELLER, legalName: { "zh-CN": "杭州示例云计算有限公司", en: "X" }, numberPrefix: "DEMO" };
  const demo = await seller.put("/v1/sellers/demo-cloud", { ...suspended, active: false });
  expect(await read(demo)).toEqual({ seller: "demo-cloud", canSeal: false });
  await seller.put("/v1/orders/C1", orderBody());
  expect(await decisionOf("C1")).toMatchObject({ code: "seller_cannot_seal" });
  const again = await seller.put("/v1/sellers/demo-cloud", { ...suspended, active: true });
  expect(await read(again)).toEqual({ seller: "demo-cloud", canSeal: true });
  expect(await decisionOf("C1")).toMatchObject({ kind: "issue" });
});

test("of two sellers at once that want one prefix, the second is told that it is taken", async () => {
  const { ledger } = server.services;
  const known = await ledger.defaultSeller();
  if (!known) throw new Error("no seller");
  const named = (name: string) => ({
    ...known,
    id: `at-once-${name}` as SellerId,
    legalName: { "zh-CN": `同时登记${name}公司`, en: name },
    numberPrefix: "ONCE",
  });
  const saved = await ledger.transaction(async (transaction) => {
    const first = await transaction.saveSeller(named("甲"));
    const second = ledger.transaction((other) => other.saveSeller(named("乙")));
    // Long enough for the second to have looked, or to wait for us.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { first, second };
  });
  expect([saved.first, await saved.second]).toEqual(["saved", "prefix_taken"]);
});

test("a prefix that a seller gave up stays its own: its numbers are on contracts", async () => {
  const named = (zh: string, numberPrefix: string) => ({
    ...SELLER,
    legalName: { "zh-CN": zh, en: "X" },
    numberPrefix,
  });
  expect((await seller.put("/v1/sellers/first", named("甲示例有限公司", "OLDONE"))).status).toBe(200);
  expect((await seller.put("/v1/sellers/first", named("甲示例有限公司", "NEWONE"))).status).toBe(200);
  const other = await seller.put("/v1/sellers/second", named("乙示例有限公司", "OLDONE"));
  expect([other.status, (await problemOf(other)).field]).toEqual([422, "numberPrefix"]);
  expect((await seller.put("/v1/sellers/first", named("甲示例有限公司", "OLDONE"))).status).toBe(200);
});

test("how a seller's seal looks is frozen with its contracts; left out, it stays as it was", async () => {
  const sealOn = async (order: string) => {
    await seller.put(`/v1/orders/${order}`, orderBody());
    const { number } = await read<ContractJson>(await seller.post(`/v1/orders/${order}/contract`, {}));
    return (await read<ContractSnapshot>(await seller.get(`/v1/contracts/${number}/contract.json`))).seal;
  };
  const { id: _, seal: __, ...demo } = DEMO_SELLER;
  const put = (changes: object) => seller.put("/v1/sellers/demo-cloud", { ...demo, active: true, ...changes });
  expect(await sealOn("SEAL-1")).toEqual(DEMO_SELLER.seal);
  const seal = { number: " 3301060000009", caption: "电子合同章 ", logo: "M10 10H90V90Z\n", riding: false };
  expect((await put({ seal })).status).toBe(200);
  const tidy = { number: "3301060000009", caption: "电子合同章", logo: "M10 10H90V90Z", riding: false };
  expect(await sealOn("SEAL-2")).toEqual(tidy);
  expect((await put({})).status).toBe(200);
  expect(await sealOn("SEAL-3")).toEqual(tidy);
});

test("whoever adds something does not replace what is there under its name", async () => {
  const bodies = {
    partners: PARTNER,
    products: { name: NAME, selfService: [] },
    sellers: { ...SELLER, numberPrefix: "ADDED" },
  };
  const fields = { partners: "partner", products: "code", sellers: "seller" } as const;
  for (const kind of ["partners", "products", "sellers"] as const) {
    const name = { "zh-CN": "新增示例有限公司", en: "Added" };
    const body = kind === "sellers" ? { ...bodies.sellers, legalName: name } : bodies[kind];
    const add = () => seller.put(`/v1/${kind}/added`, body, { "if-none-match": "*" });
    expect([kind, (await add()).ok]).toEqual([kind, true]);
    const again = await add();
    expect([kind, again.status, (await problemOf(again)).field]).toEqual([kind, 422, fields[kind]]);
    expect([kind, (await seller.put(`/v1/${kind}/added`, body)).ok]).toEqual([kind, true]);
  }
});

describe("what is refused names the field", () => {
  test.each<[string, string, unknown, string]>([
    ["an unknown partner", "accounts/x", { identity: VERIFIED, servedBy: "nobody" }, "servedBy"],
    ["a partner that cannot be one", "accounts/x", { identity: VERIFIED, servedBy: "a b" }, "servedBy"],
    ["a name of blanks", "accounts/x", { identity: { ...VERIFIED, legalName: "  " } }, "identity.legalName"],
    ["a name no font can draw", "accounts/x", { identity: { ...VERIFIED, legalName: "公司😀" } }, "identity.legalName"],
    ["a NUL in an address", "accounts/x", { identity: { ...VERIFIED, address: "a\u0000b" } }, "identity.address"],
    ["a NUL in a partner's name", "partners/x", { ...PARTNER, name: "a\u0000b" }, "name"],
    ["half a character in a partner's contact", "partners/x", { ...PARTNER, contact: "\udc00" }, "contact"],
    ["a NUL in a product's name", "products/x", { name: { ...NAME, en: "a\u0000" }, selfService: [] }, "name.en"],
    ["a prefix in small letters", "sellers/x", { ...SELLER, numberPrefix: "abc" }, "numberPrefix"],
    ["a prefix that another seller has", "sellers/x", { ...SELLER, numberPrefix: "DEMO" }, "numberPrefix"],
    ["a name that another seller has", "sellers/demo-software", { ...SELLER, numberPrefix: "SHSW" }, "legalName.zh-CN"],
    [
      "a name too long for a seal",
      "sellers/x",
      { ...SELLER, legalName: { "zh-CN": "长".repeat(99), en: "X" }, numberPrefix: "LONG" },
      "legalName.zh-CN",
    ],
    [
      "a letter that the seal's font lacks",
      "sellers/x",
      { ...SELLER, legalName: { "zh-CN": "Ångström ĄĘ Ltd", en: "X" }, numberPrefix: "ANGS" },
      "legalName.zh-CN",
    ],
    ["a fixed offset for a zone", "sellers/x", { ...SELLER, timeZone: "+08:00" }, "timeZone"],
    ["a zone that does not exist", "sellers/x", { ...SELLER, timeZone: "Mars/Olympus" }, "timeZone"],
    ["a seal numbered with letters", "sellers/x", { ...SELLER, seal: { ...SEAL, number: "3301A" } }, "seal.number"],
    ["a caption no font can draw", "sellers/x", { ...SELLER, seal: { ...SEAL, caption: "章😀" } }, "seal.caption"],
    ["a caption the seal's font lacks", "sellers/x", { ...SELLER, seal: { ...SEAL, caption: "ĄĘ" } }, "seal.caption"],
    ["a logo out of its box", "sellers/x", { ...SELLER, seal: { ...SEAL, logo: "M0 0L200 0" } }, "seal.logo"],
    [
      "a number that leaves no room for a long name",
      "sellers/x",
      {
        ...SELLER,
        legalName: { "zh-CN": "长".repeat(50), en: "X" },
        numberPrefix: "ROOM",
        seal: { ...SEAL, number: "8".repeat(20) },
      },
      "seal",
    ],
    [
      "a seal without a caption",
      "sellers/x",
      { ...SELLER, seal: { number: "", logo: "", riding: true } },
      "seal.caption",
    ],
    [
      "a control in a registration number",
      "sellers/x",
      { ...SELLER, registrationNumber: "9\u0007" },
      "registrationNumber",
    ],
  ])("%s", async (_, path, body, field) => {
    await seller.put("/v1/sellers/some-cloud", SELLER);
    const response = await seller.put(`/v1/${path}`, body, { "accept-language": "zh-CN" });
    expect(response.status).toBe(422);
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ code: "invalid_input", field });
    expect(problem.detail).toMatch(/\p{Script=Han}.*。$/u);
  });

  test.each(["accounts", "partners", "products", "sellers"])(
    "an id that cannot be one is not found (%s)",
    async (kind) => {
      expect((await seller.put(`/v1/${kind}/..%2F`, {})).status).not.toBe(204);
      const bodies = { accounts: { identity: VERIFIED }, partners: PARTNER, products: { name: NAME, selfService: [] } };
      const body = { ...bodies, sellers: SELLER }[kind];
      expect((await seller.put(`/v1/${kind}/a%00b`, body)).status).toBe(404);
    },
  );
});
