import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KeysUnavailable } from "../../src/application/account-keys.ts";
import { repeatErasure } from "../../src/application/erase-account.ts";
import type { AccountId } from "../../src/domain/identifiers.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { buyerByPortal } from "../access/callers.ts";
import { verified } from "../access/sample-evidence.ts";
import { TESTER } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface ProfileJson {
  readonly id: string;
  readonly label: string;
  readonly isDefault: boolean;
  readonly revision: number;
}

const PURCHASING = {
  label: "采购部",
  language: "zh-CN",
  contact: "王芳（采购部）",
  postalAddress: "杭州市余杭区示例路 8 号",
  phone: "+86 571 5550 0199 转 801",
  email: "wangfang@buyer.example",
  purchaseOrder: "PO-2026-0042",
} as const;

const CHINESE = { "accept-language": "zh-CN" };

let server: TestServer;
let seller: Caller;
let administrator: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  administrator = await desk(server, "administrator");
});
afterAll(() => server.close());

let accounts = 0;
async function newBuyer(): Promise<{ account: string; buyer: Caller; path: string }> {
  const account = `profiles-${++accounts}`;
  expect((await seller.put(`/v1/accounts/${account}`, verified(`联系示例 ${accounts} 公司`))).status).toBe(204);
  const buyer = await buyerByPortal(server, account, "requester");
  return { account, buyer, path: `/v1/accounts/${account}/contact-profiles` };
}

async function keep(buyer: Caller, path: string, profile: object): Promise<ProfileJson> {
  const response = await buyer.post(path, profile);
  expect([response.status, await response.clone().text()]).toEqual([201, expect.any(String)]);
  return read<ProfileJson>(response);
}

async function kept(caller: Caller, path: string): Promise<readonly ProfileJson[]> {
  return (await read<{ items: readonly ProfileJson[] }>(await caller.get(path))).items;
}

const defaults = (profiles: readonly ProfileJson[]) =>
  profiles.filter(({ isDefault }) => isDefault).map(({ label }) => label);

function remove(
  buyer: Caller,
  path: string,
  { id, revision }: Pick<ProfileJson, "id" | "revision">,
): Promise<Response> {
  return buyer.send("DELETE", `${path}/${id}?revision=${revision}`);
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
}

async function auditOf(account: string, action: string) {
  return server.services.database
    .selectFrom("audit_entries")
    .select(["object_id", "detail"])
    .where("account", "=", account)
    .where("action", "=", action)
    .orderBy("position")
    .execute();
}

/** Every row of every table as text, in which bytes are hexadecimal. */
async function wholeDatabase(): Promise<string> {
  const { database } = server.services;
  const tables = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public'`.execute(database);
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ text: string | null }>`
      SELECT string_agg(${sql.ref(name)}::text, E'\n') AS text FROM ${sql.table(name)}`.execute(database);
    texts.push(rows[0]?.text ?? "");
  }
  return texts.join("\n");
}

describe("a contact profile", () => {
  test("is kept as it was filled in, trimmed; the first is the default, and the list begins with it", async () => {
    const { buyer, path } = await newBuyer();
    expect(await kept(buyer, path)).toEqual([]);
    const response = await buyer.post(path, { ...PURCHASING, contact: `  ${PURCHASING.contact} ` });
    const first = await read<ProfileJson>(response.clone());
    expect(response.headers.get("location")).toBe(`${path}/${first.id}`);
    expect(first).toEqual({
      ...{ ...PURCHASING, id: expect.stringMatching(/^[0-9a-f-]{36}$/), isDefault: true, revision: 1 },
      ...{ createdAt: expect.any(String), changedAt: expect.any(String) },
    });
    const second = await keep(buyer, path, { label: "法务部" });
    expect(second).toMatchObject({ language: "zh-CN+en", contact: "", purchaseOrder: "", isDefault: false });
    expect(await kept(buyer, path)).toEqual([first, second]);
  });

  test("sent again under its key is kept once and answered as the first time", async () => {
    const { buyer, path } = await newBuyer();
    const key = { "idempotency-key": randomUUID() };
    const [one, again] = [await buyer.post(path, PURCHASING, key), await buyer.post(path, PURCHASING, key)];
    expect(await read(again)).toEqual(await read(one));
    await expectProblem(await buyer.post(path, { label: "另一个" }, key), 422, "idempotency_key_reused");
    expect(await kept(buyer, path)).toHaveLength(1);
  });

  test("is changed by whoever has seen its newest revision; what somebody else wrote meanwhile stays", async () => {
    const { buyer, path } = await newBuyer();
    const { id } = await keep(buyer, path, PURCHASING);
    const at = `${path}/${id}`;
    const [one, other] = await Promise.all(
      ["甲", "乙"].map((contact) => buyer.put(at, { ...PURCHASING, contact, revision: 1 }, CHINESE)),
    );
    expect([one?.status, other?.status].sort()).toEqual([200, 409]);
    const refused = one?.status === 409 ? one : other;
    const problem = await problemOf(refused ?? Response.error());
    expect(problem).toMatchObject({ code: "profile_changed", title: "联系信息已被他人修改" });
    const english = await problemOf(await buyer.put(at, { ...PURCHASING, revision: 1 }));
    expect(english.detail).toContain("was changed after you opened it");
    const [now] = await kept(buyer, path);
    expect(now).toMatchObject({ revision: 2, contact: one?.status === 200 ? "甲" : "乙" });
    await expectProblem(await remove(buyer, path, { id, revision: 1 }), 409, "profile_changed");
    expect((await remove(buyer, path, { id, revision: 2 })).status).toBe(204);
    await expectProblem(await remove(buyer, path, { id, revision: 2 }), 404, "not_found");
  });

  test("is the default alone: another one made so takes its place, and where it is deleted the oldest does", async () => {
    const { buyer, path } = await newBuyer();
    const first = await keep(buyer, path, { label: "一" });
    const second = await keep(buyer, path, { label: "二" });
    const third = await keep(buyer, path, { label: "三", makeDefault: true });
    expect(defaults(await kept(buyer, path))).toEqual(["三"]);
    const changed = await buyer.put(`${path}/${second.id}`, { label: "二", revision: 1, makeDefault: true });
    expect(await read(changed)).toMatchObject({ isDefault: true, revision: 2 });
    expect(defaults(await kept(buyer, path))).toEqual(["二"]);
    // Saying nothing of it takes nothing away.
    await buyer.put(`${path}/${second.id}`, { label: "二", revision: 2, makeDefault: false });
    expect((await kept(buyer, path)).map(({ label }) => label)).toEqual(["二", "一", "三"]);
    expect((await remove(buyer, path, { id: second.id, revision: 3 })).status).toBe(204);
    expect(defaults(await kept(buyer, path))).toEqual(["一"]);
    expect((await remove(buyer, path, third)).status).toBe(204);
    expect((await remove(buyer, path, first)).status).toBe(204);
    expect(await kept(buyer, path)).toEqual([]);
  });

  test("there are 20 of an account at most, and one default, however many come at once", async () => {
    const { buyer, path } = await newBuyer();
    const responses = await Promise.all(
      Array.from({ length: 24 }, (_, index) => buyer.post(path, { label: `第 ${index} 条`, makeDefault: true })),
    );
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(20);
    for (const response of responses.filter(({ status }) => status !== 201)) {
      await expectProblem(response, 409, "too_many_profiles");
    }
    const profiles = await kept(buyer, path);
    expect(profiles).toHaveLength(20);
    expect(defaults(profiles)).toHaveLength(1);
    const [last] = profiles;
    if (last) await remove(buyer, path, last);
    await keep(buyer, path, { label: "又有空位" });
  });

  test.each([
    [{ label: "  " }, "label", /^label：联系信息名称不能为空，请填写便于识别的名称/],
    [{}, "label", /^label：缺少该字段/],
    [{ label: "多".repeat(61) }, "label", /^label：不得超过 60 个字符/],
    [{ label: "一\n二" }, "label", /^label：联系信息名称含有不可见字符（U\+000A/],
    [{ label: "x", phone: "打电话给我" }, "phone", /^phone：联系电话只能包含/],
    [{ label: "x", email: "没有邮箱" }, "email", /^email：电子邮箱格式不正确/],
    [{ label: "x", contact: "甲\u202E乙" }, "contact", /^contact：联系人含有不可见字符（U\+202E/],
    [{ label: "x", postalAddress: "\u{1F3E2}" }, "postalAddress", /^postalAddress：合同字体不支持字符/],
    [{ label: "x", purchaseOrder: "P".repeat(65) }, "purchaseOrder", /^purchaseOrder：不得超过 64 个字符/],
    [{ label: "x", language: "fr" }, "language", /^language：取值不在允许范围内/],
    [{ label: "x", legalName: "别的公司" }, "legalName", /^legalName：不支持该字段/],
  ])("that says %j is refused with one sentence that names %s", async (profile, field, sentence) => {
    const { buyer, path } = await newBuyer();
    const problem = await problemOf(await buyer.post(path, profile, CHINESE));
    expect(problem).toMatchObject({ status: 422, code: "invalid_input", field });
    expect(problem.detail).toMatch(sentence);
    const { id } = await keep(buyer, path, PURCHASING);
    const changing = await problemOf(await buyer.put(`${path}/${id}`, { ...profile, revision: 1 }, CHINESE));
    expect([changing.field, changing.detail]).toEqual([field, problem.detail]);
    expect(await kept(buyer, path)).toMatchObject([PURCHASING]);
  });

  test("of others is answered as if there were none, and machines get none at all", async () => {
    const [mine, theirs] = [await newBuyer(), await newBuyer()];
    const { id } = await keep(theirs.buyer, theirs.path, PURCHASING);
    const absent = randomUUID();
    const body = { label: "x", revision: 1 };
    for (const path of [`${theirs.path}/${id}`, `${mine.path}/${id}`, `${mine.path}/${absent}`, `${mine.path}/x`]) {
      await expectProblem(await mine.buyer.put(path, body), 404, "not_found");
      await expectProblem(await mine.buyer.send("DELETE", `${path}?revision=1`), 404, "not_found");
    }
    for (const path of [theirs.path, "/v1/accounts/nobody-here/contact-profiles"]) {
      await expectProblem(await mine.buyer.get(path), 404, "not_found");
      await expectProblem(await mine.buyer.post(path, PURCHASING), 404, "not_found");
    }
    await expectProblem(await seller.get(theirs.path), 403, "not_allowed");
    expect(await kept(theirs.buyer, theirs.path)).toMatchObject([{ id, revision: 1 }]);
  });

  test("is seen by viewers and by the contract desk, who cannot change it", async () => {
    const { account, buyer, path } = await newBuyer();
    const profile = await keep(buyer, path, PURCHASING);
    for (const looker of [await buyerByPortal(server, account, "viewer"), await desk(server, "contract-desk-1")]) {
      expect(await kept(looker, path)).toEqual([profile]);
      await expectProblem(await looker.post(path, PURCHASING), 403, "not_allowed");
      await expectProblem(await looker.put(`${path}/${profile.id}`, { label: "x", revision: 1 }), 403, "not_allowed");
      await expectProblem(await remove(looker, path, profile), 403, "not_allowed");
    }
  });

  test("changes no contract that was requested with it (R7)", async () => {
    const { account, buyer, path } = await newBuyer();
    const { id } = await keep(buyer, path, PURCHASING);
    const { label: _, ...details } = PURCHASING;
    await seller.put("/v1/orders/PROFILED", orderBody({ account }));
    const { number } = await read<ContractJson>(await buyer.post("/v1/orders/PROFILED/contract", details));
    const data = async () => (await buyer.get(`/v1/contracts/${number}/contract.json`)).text();
    const before = await data();
    expect(before).toContain(PURCHASING.contact);
    await buyer.put(`${path}/${id}`, { ...PURCHASING, contact: "赵六", revision: 1 });
    await remove(buyer, path, { id, revision: 2 });
    expect(await data()).toBe(before);
  });
});

describe("what a contact profile says", () => {
  test("is in the database in no readable form, neither in the audit nor in the log", async () => {
    const { account, buyer, path } = await newBuyer();
    const secret = {
      ...PURCHASING,
      label: "隐秘部门",
      contact: "欧阳隐秘",
      phone: "13900008888",
      email: "y@secret.example",
    };
    const { id } = await keep(buyer, path, secret);
    await buyer.post(path, secret, { "idempotency-key": randomUUID() });
    await buyer.put(`${path}/${id}`, { ...secret, revision: 1 });
    await remove(buyer, path, { id, revision: 2 });
    const whole = await wholeDatabase();
    expect(whole).toContain(account);
    for (const text of ["隐秘", "13900008888", "y@secret.example"]) {
      expect(whole).not.toContain(text);
      expect(whole).not.toContain(Buffer.from(text).toString("hex"));
      expect(server.printed.join("\n")).not.toContain(text);
    }
    for (const [action, detail] of [
      ["created", { revision: 1, default: "true" }],
      ["changed", { revision: 2, default: "true" }],
      ["deleted", { revision: 2, default: "true" }],
    ] as const) {
      expect((await auditOf(account, `contact_profile.${action}`))[0]).toEqual({ object_id: id, detail });
    }
  });

  test("is given to nobody once it was tampered with", async () => {
    const { account, buyer, path } = await newBuyer();
    const { id } = await keep(buyer, path, PURCHASING);
    const forge = (change: ReturnType<typeof sql>) => change.execute(server.services.database);
    // An older text in the place of the newer one, as whoever has the database can put it there.
    const [old] = (
      await sql<{ locked: Buffer }>`SELECT locked FROM contact_profiles WHERE profile_id = ${id}`.execute(
        server.services.database,
      )
    ).rows;
    await buyer.put(`${path}/${id}`, { ...PURCHASING, contact: "赵六", revision: 1 });
    await forge(sql`UPDATE contact_profiles SET locked = ${old?.locked} WHERE account = ${account}`);
    const problem = await problemOf(await buyer.get(path));
    expect(problem).toMatchObject({ status: 500, code: "profiles_unreadable" });
    expect(server.printed.join("\n")).toContain("ATTENTION: contact profiles cannot be opened");
    // What cannot be read can be deleted, and written anew.
    expect((await remove(buyer, path, { id, revision: 2 })).status).toBe(204);
    await keep(buyer, path, PURCHASING);
  });

  test("waits for keys that are out of reach", async () => {
    const { buyer, path } = await newBuyer();
    await keep(buyer, path, PURCHASING);
    const { accountKeys } = server.services;
    const { open } = accountKeys;
    accountKeys.open = async () => {
      throw new KeysUnavailable("the key service does not answer");
    };
    try {
      await expectProblem(await buyer.get(path), 503, "keys_unavailable");
      await expectProblem(await buyer.post(path, PURCHASING), 503, "keys_unavailable");
    } finally {
      accountKeys.open = open;
    }
    expect(await kept(buyer, path)).toHaveLength(1);
  });
});

describe("an erasure of the account", () => {
  const erase = (account: string) =>
    administrator.send("DELETE", `/v1/accounts/${account}/personal-data?reason=requested`);

  test("deletes its profiles with the key that locks them, and what was answered about them", async () => {
    const { account, buyer, path } = await newBuyer();
    await buyer.post(path, PURCHASING, { "idempotency-key": randomUUID() });
    await keep(buyer, path, { label: "法务部" });
    const { database } = server.services;
    const rows = async () =>
      (await sql`SELECT FROM contact_profiles WHERE account = ${account}`.execute(database)).rows;
    expect(await rows()).toHaveLength(2);
    expect((await erase(account)).status).toBe(200);
    expect(await rows()).toEqual([]);
    const answers = sql`SELECT FROM idempotency_keys WHERE owner = ${account} AND route = 'createContactProfile'`;
    expect((await answers.execute(database)).rows).toEqual([]);
    const [entry] = await auditOf(account, "account.erased");
    expect(entry?.detail).toMatchObject({ profiles: 2, key: "destroyed" });
    // Whoever is let in again begins anew, under another key.
    const again = await buyerByPortal(server, account, "requester");
    expect(await kept(again, path)).toEqual([]);
    expect(await keep(again, path, PURCHASING)).toMatchObject({ isDefault: true });
  });

  test("is repeated on books that a restore has brought back with them", async () => {
    const { account, buyer, path } = await newBuyer();
    await keep(buyer, path, PURCHASING);
    const at = server.services.clock.now();
    const former = { account: account as AccountId, at, reason: "requested", reference: null } as const;
    expect(await repeatErasure(server.services, TESTER, former)).toMatchObject({ kind: "repeated" });
    const left = sql`SELECT FROM contact_profiles WHERE account = ${account}`;
    expect((await left.execute(server.services.database)).rows).toEqual([]);
  });

  test.each([true, false])("keeps nothing that was on its way, whether the account had a key: %s", async (hadKey) => {
    for (const delayMs of [0, 2, 4, 8]) {
      const { account, buyer, path } = await newBuyer();
      if (hadKey) await keep(buyer, path, PURCHASING);
      const late = async () => {
        await sleep(delayMs);
        return buyer.post(path, PURCHASING);
      };
      const [erased, ...posted] = await Promise.all([erase(account), ...Array.from({ length: 4 }, late)]);
      expect(erased?.status).toBe(200);
      for (const { status } of posted) expect([201, 401, 503]).toContain(status);
      const again = await buyerByPortal(server, account, "requester");
      expect(await kept(again, path)).toEqual([]);
      await keep(again, path, PURCHASING);
    }
  });
});

describe("the database", () => {
  test.each([
    ["has one default of an account", "UPDATE contact_profiles SET is_default = true WHERE account = $1"],
    [
      "destroys no key while it locks a profile",
      `UPDATE account_keys SET wrapped = NULL, erasure_id = (SELECT erasure_id FROM account_erasures WHERE account = $1)
       WHERE account = $1 AND wrapped IS NOT NULL`,
    ],
    [
      "takes no profile under a key that was destroyed",
      `UPDATE contact_profiles SET key_id = (SELECT key_id FROM account_keys WHERE account = $1 AND wrapped IS NULL)
       WHERE account = $1`,
    ],
  ])("%s", async (_, statement) => {
    const { account, buyer, path } = await newBuyer();
    await keep(buyer, path, PURCHASING);
    expect((await administrator.send("DELETE", `/v1/accounts/${account}/personal-data?reason=requested`)).status).toBe(
      200,
    );
    const again = await buyerByPortal(server, account, "requester");
    await keep(again, path, { label: "一" });
    await keep(again, path, { label: "二" });
    const compiled = { sql: statement, parameters: [account], query: sql``.toOperationNode() };
    const refused = server.services.database.executeQuery({ ...compiled, queryId: { queryId: "forged" } });
    await expect(refused).rejects.toThrow(/violates/);
  });
});
