import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEvidence } from "../../src/application/read-evidence.ts";
import { parseEvidenceId } from "../../src/domain/evidence.ts";
import { parseAccountId } from "../../src/domain/identifiers.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { openAccountKeyVault } from "../../src/store/account-key-vault.ts";
import { masterKeyOf } from "../../src/store/master-key.ts";
import { buyer, type Caller, desk, machine, problemOf, read, stranger } from "../http/caller.ts";
import { encryptedPdf, scannedPdf, scriptedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import { TESTER } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type EvidenceJson, given, PNG, post, verified } from "./sample-evidence.ts";

const PDF = "application/pdf";
const MASTER = randomBytes(32);

let server: TestServer;
let seller: Caller;
let contractDesk: Caller;
let administrator: Caller;
beforeAll(async () => {
  server = await startTestServer({ ORDERSEAL_MASTER_KEY: MASTER.toString("base64") });
  seller = machine(server);
  contractDesk = await desk(server, "contract-desk-1");
  administrator = await desk(server, "administrator");
});
afterAll(() => server.close());

let accounts = 0;
async function newAccount(): Promise<string> {
  const account = `person-${++accounts}`;
  expect((await seller.put(`/v1/accounts/${account}`, verified(`自然人 ${accounts} 公司`))).status).toBe(204);
  return account;
}

async function contentOf(account: string, id: string, caller = contractDesk): Promise<Buffer> {
  const response = await caller.get(`/v1/accounts/${account}/evidence/${id}`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
}

function erase(caller: Caller, account: string, query = "reason=requested&reference=CASE-7"): Promise<Response> {
  return caller.send("DELETE", `/v1/accounts/${account}/personal-data?${query}`);
}

async function auditOf(account: string, action: string) {
  return server.services.database
    .selectFrom("audit_entries")
    .select(["actor", "object_id", "detail"])
    .where("account", "=", account)
    .where("action", "=", action)
    .execute();
}

/** Every row of every table as text, in which bytes are hexadecimal. */
async function wholeDatabase(): Promise<string> {
  const { database } = server.services;
  const tables = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public'`.execute(database);
  const texts = await Promise.all(
    tables.rows.map(async ({ name }) => {
      const { rows } = await sql<{ text: string | null }>`
        SELECT string_agg(${sql.ref(name)}::text, E'\n') AS text FROM ${sql.table(name)}`.execute(database);
      return rows[0]?.text ?? "";
    }),
  );
  return texts.join("\n");
}

/** As somebody does who has the database and no respect: triggers stand aside. */
async function forge(table: "evidence" | "account_keys", change: (text: typeof sql) => ReturnType<typeof sql>) {
  const { database } = server.services;
  await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(database);
  await change(sql).execute(database);
  await sql`ALTER TABLE ${sql.table(table)} ENABLE TRIGGER USER`.execute(database);
}

describe("evidence of an identity", () => {
  test.each([
    [PDF, scannedPdf("营业执照"), "pdf"],
    ["image/png", PNG, "png"],
    ["image/jpeg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]), "jpg"],
  ])(
    "as %s is given by the seller's systems and read by the desk as it was, to be saved",
    async (type, bytes, ending) => {
      const account = await newAccount();
      const response = await post(seller, account, type, bytes);
      const evidence = await read<EvidenceJson>(response.clone());
      const path = `/v1/accounts/${account}/evidence/${evidence.id}`;
      expect(response.headers.get("location")).toBe(path);
      expect(evidence).toMatchObject({ account, kind: "business_licence", format: type, bytes: bytes.length });
      const { items } = await read<{ items: unknown[] }>(await contractDesk.get(`/v1/accounts/${account}/evidence`));
      expect(items).toEqual([evidence]);
      const looked = await administrator.get(path);
      expect(Buffer.from(await looked.arrayBuffer())).toEqual(bytes);
      expect(Object.fromEntries(looked.headers)).toMatchObject({
        "content-type": type,
        "content-disposition": `attachment; filename="${evidence.id}.${ending}"`,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
      });
    },
  );

  test("may be facts that another system has established; a fault names the field and not what stands there", async () => {
    const account = await newAccount();
    const path = `/v1/accounts/${account}/evidence?kind=bank_verification`;
    const facts = { method: "对公打款", reference: "P-1", verifiedAt: "2026-11-01T08:00:00Z", verifiedBy: "示例银行" };
    const { id, format } = await read<EvidenceJson>(await seller.post(path, facts));
    expect(format).toBe("application/json");
    expect(JSON.parse((await contentOf(account, id)).toString())).toEqual(facts);
    const faults: readonly [object, string][] = [
      [{ ...facts, verifiedAt: "昨天" }, "verifiedAt"],
      [{ ...facts, reference: undefined }, "reference"],
      [{ ...facts, note: "x".repeat(2001) }, "note"],
      [{ ...facts, idCard: "110101199003070000" }, "idCard"],
      [[], "body"],
    ];
    for (const [body, field] of faults) {
      const problem = await problemOf(await seller.post(path, body));
      expect(problem).toMatchObject({ status: 422, code: "invalid_input", field });
      expect(JSON.stringify(problem)).not.toMatch(/昨天|110101199003070000|xxx/);
    }
  });

  test.each([
    ["a PDF that runs scripts", PDF, scriptedPdf()],
    ["a PDF that nobody can read", PDF, encryptedPdf()],
    ["a PDF that calls itself a picture", "image/png", scannedPdf()],
    ["a picture that calls itself another one", "image/jpeg", PNG],
    ["a page that calls itself a picture", "image/png", Buffer.from("<html><script>")],
    ["nothing", PDF, Buffer.alloc(0)],
  ])("is not %s", async (_, type, bytes) => {
    const account = await newAccount();
    await expectProblem(await post(seller, account, type, bytes), 422, "not_evidence");
    await expectProblem(await post(seller, account, "text/html", bytes), 415, "unsupported_media_type");
  });

  test("is no larger than 10 MB, and there are no more than 20 pieces", async () => {
    const account = await newAccount();
    const large = Buffer.concat([PNG.subarray(0, 33), Buffer.alloc(10 * 1024 * 1024), PNG.subarray(-12)]);
    await expectProblem(await post(seller, account, "image/png", large), 413, "too_large");
    const fits = Buffer.concat([PNG.subarray(0, 33), Buffer.alloc(10 * 1024 * 1024 - 45, 7), PNG.subarray(-12)]);
    const { id } = await given(seller, account, "image/png", fits);
    expect((await contentOf(account, id)).equals(fits)).toBe(true);
    await Promise.all(Array.from({ length: 18 }, () => given(seller, account, "image/png", PNG)));
    const last = await Promise.all([1, 2, 3].map(() => post(seller, account, "image/png", PNG)));
    expect(last.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await expectProblem(await post(seller, account, "image/png", PNG), 409, "too_much_evidence");
  });

  test("is in the database in no readable form, and no hash of it either", async () => {
    const account = await newAccount();
    const marker = `张三 ${randomBytes(16).toString("hex")}`;
    const pdf = scannedPdf(marker);
    await given(seller, account, PDF, pdf);
    const whole = await wholeDatabase();
    expect(whole).toContain(account);
    for (const form of [marker, Buffer.from(marker).toString("hex"), Buffer.from(marker).toString("base64")]) {
      expect(whole).not.toContain(form);
    }
    expect(whole).not.toContain(Buffer.from(pdf).subarray(0, 32).toString("hex"));
  });

  test("of another account is answered as if there were none, byte for byte", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const { id } = await given(seller, one, PDF, scannedPdf());
    const absent = "01a206f9-30c2-731c-b6fb-f986c8361082";
    const answers = await Promise.all(
      [`${other}/evidence/${id}`, `${other}/evidence/${absent}`, `nobody/evidence/${id}`, `${one}/evidence/x`].map(
        async (path) => {
          const response = await contractDesk.get(`/v1/accounts/${path}`);
          return [response.status, await response.text()];
        },
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(404);
    for (const response of [
      await contractDesk.get("/v1/accounts/nobody/evidence"),
      await contractDesk.get("/v1/accounts/not an id/evidence"),
      await post(seller, "nobody", PDF, scannedPdf()),
      await erase(administrator, "nobody"),
    ]) {
      await expectProblem(response, 404, "not_found");
    }
  });

  test("each look is in the audit with who looked, and a list is none", async () => {
    const account = await newAccount();
    const { id } = await given(seller, account, PDF, scannedPdf("王芳"));
    await contractDesk.get(`/v1/accounts/${account}/evidence`);
    expect(await auditOf(account, "evidence.read")).toEqual([]);
    await contentOf(account, id);
    await contentOf(account, id, administrator);
    expect(await auditOf(account, "evidence.read")).toEqual(
      ["contract-desk-1", "administrator"].map((actor) => ({
        ...{ actor, object_id: id },
        detail: { kind: "business_licence", format: PDF, bytes: expect.any(Number) },
      })),
    );
    expect(await auditOf(account, "evidence.given")).toHaveLength(1);
  });
});

test("who may do what: machines give, the desk, the administrator and the auditor look, the administrator erases", async () => {
  const account = "demo-enterprise";
  const { id } = await given(seller, account, "image/png", PNG);
  const callers = {
    machine: seller,
    contract_desk: contractDesk,
    administrator,
    marketplace_desk: await desk(server, "marketplace-desk"),
    auditor: await desk(server, "auditor"),
    buyer: await buyer(server, account),
    stranger: stranger(server),
  };
  const may: Record<string, number[]> = {};
  for (const [name, caller] of Object.entries(callers)) {
    const responses = [
      await post(caller, account, "image/png", PNG),
      await caller.get(`/v1/accounts/${account}/evidence`),
      await caller.get(`/v1/accounts/${account}/evidence/${id}`),
      await erase(caller, "demo-domains"),
    ];
    may[name] = responses.map(({ status }) => status);
  }
  expect(may).toEqual({
    machine: [201, 403, 403, 403],
    contract_desk: [403, 200, 200, 403],
    administrator: [403, 200, 200, 200],
    marketplace_desk: [403, 403, 403, 403],
    auditor: [403, 200, 200, 403],
    buyer: [403, 403, 403, 403],
    stranger: [401, 401, 401, 401],
  });
});

describe("what was tampered with is given to nobody", () => {
  test("not a ciphertext in which a byte is another, nor one that was put in another's place", async () => {
    const account = await newAccount();
    const [one, other] = [
      await given(seller, account, PDF, scannedPdf("one")),
      await given(seller, account, PDF, scannedPdf("other")),
    ];
    const path = (id: string) => `/v1/accounts/${account}/evidence/${id}`;
    await forge(
      "evidence",
      (
        text,
      ) => text`UPDATE evidence SET locked = (SELECT locked FROM evidence theirs WHERE theirs.evidence_id = ${other.id})
        WHERE evidence_id = ${one.id}`,
    );
    await expectProblem(await contractDesk.get(path(one.id)), 500, "evidence_unreadable");
    expect((await contractDesk.get(path(other.id))).status).toBe(200);
    await forge(
      "evidence",
      (text) => text`UPDATE evidence SET locked = set_byte(locked, 40, (get_byte(locked, 40) + 1) % 256)
        WHERE evidence_id = ${other.id}`,
    );
    await expectProblem(await contractDesk.get(path(other.id)), 500, "evidence_unreadable");
    expect(server.printed.filter((line) => line.includes("ATTENTION: evidence cannot be opened"))).toHaveLength(2);
    // Nobody saw anything, and so nobody looked.
    expect(await auditOf(account, "evidence.read")).toHaveLength(1);
  });

  test("not under another label, nor with another account's key or the keys swapped", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const mine = await given(seller, one, PDF, scannedPdf("mine"));
    const theirs = await given(seller, other, PDF, scannedPdf("theirs"));
    await forge(
      "account_keys",
      (text) => text`UPDATE account_keys SET wrapped = swapped.wrapped
      FROM account_keys swapped WHERE account_keys.account IN (${one}, ${other}) AND swapped.account IN (${one}, ${other})
        AND swapped.account <> account_keys.account`,
    );
    for (const [account, { id }] of [
      [one, mine],
      [other, theirs],
    ] as const) {
      await expectProblem(await contractDesk.get(`/v1/accounts/${account}/evidence/${id}`), 500, "evidence_unreadable");
    }
    // Neither is more locked under a key that nobody can open.
    await expectProblem(await post(seller, one, PDF, scannedPdf()), 500, "evidence_unreadable");
    const account = await newAccount();
    const { id } = await given(seller, account, "image/png", PNG);
    await forge("evidence", (text) => text`UPDATE evidence SET kind = 'identity_document' WHERE evidence_id = ${id}`);
    await expectProblem(await contractDesk.get(`/v1/accounts/${account}/evidence/${id}`), 500, "evidence_unreadable");
  });
});

test("after the master key was followed by another, evidence is readable; without the former one it is not", async () => {
  const account = await newAccount();
  const pdf = scannedPdf("before");
  const { id } = await given(seller, account, PDF, pdf);
  const { ledger, clock } = server.services;
  const look = async (...keys: Buffer[]) => {
    const accountKeys = openAccountKeyVault(masterKeyOf(keys).box("account keys"));
    const [whose, which] = [parseAccountId(account), parseEvidenceId(id)];
    if (!whose || !which) throw new Error("they were given by the service");
    return readEvidence({ ledger, clock, accountKeys }, TESTER, whose, which);
  };
  const next = randomBytes(32);
  expect(await look(next, MASTER)).toMatchObject({ kind: "read", content: pdf });
  expect(await look(next)).toEqual({ kind: "unreadable" });
});

test("while the keys are out of reach, requests are answered 503 and nothing is done", async () => {
  const account = await newAccount();
  const { id } = await given(seller, account, PDF, scannedPdf());
  const { accountKeys } = server.services;
  const { open } = accountKeys;
  const { KeysUnavailable } = await import("../../src/application/account-keys.ts");
  accountKeys.open = async () => {
    throw new KeysUnavailable("the key service does not answer");
  };
  try {
    const refused = await contractDesk.get(`/v1/accounts/${account}/evidence/${id}`);
    expect(refused.headers.get("retry-after")).toBe("5");
    await expectProblem(refused, 503, "keys_unavailable");
    await expectProblem(await post(seller, account, PDF, scannedPdf()), 503, "keys_unavailable");
  } finally {
    accountKeys.open = open;
  }
  const { items } = await read<{ items: unknown[] }>(await contractDesk.get(`/v1/accounts/${account}/evidence`));
  expect(items).toHaveLength(1);
});

describe("an erasure", () => {
  test("destroys evidence and key, ends who was signed in, is recorded and announced, and keeps the contract byte for byte", async () => {
    const account = await newAccount();
    const pdf = scannedPdf("李四");
    const { id } = await given(seller, account, PDF, pdf);
    await seller.put("/v1/orders/KEPT", orderBody({ account }));
    const requested = await seller.post("/v1/orders/KEPT/contract", { contact: "李四" });
    const { number } = await read<ContractJson>(requested);
    const files = () =>
      Promise.all(
        ["document.pdf", "contract.json"].map(async (name) => {
          const response = await seller.get(`/v1/contracts/${number}/${name}`);
          expect(response.status).toBe(200);
          return Buffer.from(await response.arrayBuffer()).toString("base64");
        }),
      );
    const before = await files();
    const key = await server.services.database
      .selectFrom("account_keys")
      .selectAll()
      .where("account", "=", account)
      .executeTakeFirstOrThrow();
    const opened = await seller.post("/v1/portal-sessions", { account, actor: "李四" });
    const entered = await enter((await read<{ url: string }>(opened)).url);
    const unused = await read<{ url: string }>(await seller.post("/v1/portal-sessions", { account, actor: "李四" }));
    expect((await entered.get("/v1/orders")).status).toBe(200);

    const erased = await erase(administrator, account);
    expect(await read(erased)).toEqual({
      ...{ account, at: expect.any(String), reason: "requested", reference: "CASE-7", evidence: 1 },
    });

    await expectProblem(await contractDesk.get(`/v1/accounts/${account}/evidence/${id}`), 404, "not_found");
    expect((await entered.get("/v1/orders")).status).toBe(401);
    expect((await enter(unused.url)).cookie).toBe("");
    expect(await files()).toEqual(before);
    // Whoever has the whole database, and the master key, has neither the key nor what it locked.
    const whole = await wholeDatabase();
    expect(whole).not.toContain(Buffer.from(key.wrapped ?? []).toString("hex"));
    const { rows } = await sql`SELECT FROM evidence WHERE account = ${account}`.execute(server.services.database);
    expect(rows).toEqual([]);
    expect(await auditOf(account, "account.erased")).toEqual([
      {
        actor: "administrator",
        object_id: account,
        detail: {
          ...{ reason: "requested", reference: "CASE-7", repeats: null, evidence: 1, profiles: 0, key: "destroyed" },
          ...{ sessions: 1, links: 1 },
        },
      },
    ]);
    const announced = await server.services.database
      .selectFrom("outbox")
      .select(["type", "subject", "data"])
      .where("account", "=", account)
      .where("type", "=", "account.erased")
      .execute();
    expect(announced).toMatchObject([{ subject: account, data: { reason: "requested", evidence: 1 } }]);
    // No name, so no contract (R6).
    await seller.put("/v1/orders/LATER", orderBody({ account }));
    await expectProblem(await seller.post("/v1/orders/LATER/contract", {}), 403, "identity_not_verified");
  });

  test("leaves the books sound", async () => {
    const broken: string[] = [];
    await server.services.books.checkBooks(10, ({ invariant, violations }) => {
      if (violations.length > 0) broken.push(invariant.id);
    });
    expect(broken).toEqual([]);
  });

  test.each(["", "reason=张三要求删除", "reason=requested&reference=张三", "reason=requested&name=张三"])(
    "is not done for %j: a reason of the list, and at most the number of a case",
    async (query) => {
      const account = await newAccount();
      await expectProblem(await erase(administrator, account, encodeURI(query)), 422, "invalid_input");
      expect(await auditOf(account, "account.erased")).toEqual([]);
    },
  );

  test("is done again whenever it is asked for, also where there is nothing; and whoever is verified anew begins with another key", async () => {
    const account = await newAccount();
    expect(await read(await erase(administrator, account))).toMatchObject({ evidence: 0 });
    await given(seller, account, PDF, scannedPdf("first"));
    expect(await read(await erase(administrator, account))).toMatchObject({ evidence: 1 });
    const pdf = scannedPdf("second");
    const { id } = await given(seller, account, PDF, pdf);
    expect(await contentOf(account, id)).toEqual(pdf);
    const keys = await server.services.database
      .selectFrom("account_keys")
      .select(["wrapped"])
      .where("account", "=", account)
      .orderBy("created_at")
      .execute();
    expect(keys).toEqual([{ wrapped: null }, { wrapped: expect.any(Buffer) }]);
    expect(await auditOf(account, "account.erased")).toHaveLength(2);
  });

  test("and evidence that comes at the same time end as one of both orders would have them", async () => {
    const account = await newAccount();
    const pieces = Array.from({ length: 6 }, () => post(seller, account, PDF, scannedPdf()));
    const [erased, ...posted] = await Promise.all([erase(administrator, account), ...pieces]);
    expect(erased?.status).toBe(200);
    for (const { status } of posted) expect([201, 503]).toContain(status);
    const { items } = await read<{ items: EvidenceJson[] }>(await contractDesk.get(`/v1/accounts/${account}/evidence`));
    for (const { id } of items) await contentOf(account, id);
  });
});

describe("the database", () => {
  let account: string;
  beforeAll(async () => {
    account = await newAccount();
    await given(seller, account, PDF, scannedPdf());
    await erase(administrator, account);
    await given(seller, account, PDF, scannedPdf());
  });

  test.each([
    ["puts no key back that was erased", "UPDATE account_keys SET wrapped = $2 WHERE account = $1 AND wrapped IS NULL"],
    ["replaces no key", "UPDATE account_keys SET wrapped = $2 WHERE account = $1 AND wrapped IS NOT NULL"],
    [
      "forgets no key that was erased",
      "DELETE FROM account_keys WHERE account = $1 AND wrapped IS NULL AND $2::bytea IS NOT NULL",
    ],
    [
      "erases no key without an erasure",
      "UPDATE account_keys SET wrapped = NULL WHERE account = $1 AND $2::bytea IS NOT NULL",
    ],
    [
      "erases no key while there is evidence under it",
      `UPDATE account_keys SET wrapped = NULL, erasure_id = (SELECT erasure_id FROM account_erasures WHERE account = $1)
       WHERE account = $1 AND wrapped IS NOT NULL AND $2::bytea IS NOT NULL`,
    ],
    [
      "takes no evidence under a key that was erased",
      `INSERT INTO evidence (account, evidence_id, key_id, kind, format, bytes, given_at, locked)
       SELECT account, gen_random_uuid(), key_id, 'other', 'image/png', 1, now(), $2 FROM account_keys
       WHERE account = $1 AND wrapped IS NULL`,
    ],
    ["changes no evidence", "UPDATE evidence SET locked = $2 WHERE account = $1"],
    ["changes no erasure", "UPDATE account_erasures SET at = now() WHERE account = $1 AND $2::bytea IS NOT NULL"],
    ["forgets no erasure", "DELETE FROM account_erasures WHERE account = $1 AND $2::bytea IS NOT NULL"],
    [
      "gives an account one key at a time",
      `INSERT INTO account_keys (account, key_id, wrapped, created_at) SELECT $1, gen_random_uuid(), $2, now()`,
    ],
  ])("%s", async (_, statement) => {
    const compiled = { sql: statement, parameters: [account, randomBytes(64)], query: sql``.toOperationNode() };
    const refused = server.services.database.executeQuery({ ...compiled, queryId: { queryId: "forged" } });
    await expect(refused).rejects.toThrow(/violates|cannot be changed|append-only|is erased or left/);
  });
});

async function enter(url: string): Promise<Caller & { readonly cookie: string }> {
  const { caller } = await import("../http/caller.ts");
  const response = await fetch(url, { redirect: "manual" });
  const cookie = response.headers.getSetCookie()[0]?.replace(/;.*$/, "") ?? "";
  return { ...caller(server.url, { cookie }), cookie };
}
