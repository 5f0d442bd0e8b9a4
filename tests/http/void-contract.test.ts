import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contractNumber } from "../../src/domain/contract-number.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
let enterprise: Caller;
let contractDesk: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  enterprise = await buyer(server, "demo-enterprise");
  contractDesk = await desk(server, "contract-desk-1");
});
afterAll(() => server.close());

const REASON = "买方名称有误 wrong buyer";

function voiding(number: string, body: unknown = { reason: REASON }, caller = contractDesk): Promise<Response> {
  return caller.post(`/v1/contracts/${number}/void`, body);
}

async function contracted(order: string, changes: Parameters<typeof orderBody>[0] = {}): Promise<ContractJson> {
  expect((await seller.put(`/v1/orders/${order}`, orderBody(changes))).status).toBe(200);
  const response = await seller.post(`/v1/orders/${order}/contract`, {});
  expect(response.status).toBe(201);
  return read<ContractJson>(response);
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
}

describe("only the desk voids an issued contract, with a reason, never silently (R22)", () => {
  test("void and reason are on the contract, the status page and its verification; the file is as it was", async () => {
    const contract = await contracted("VOID-1");
    const path = `/v1/contracts/${contract.number}/document.pdf`;
    const before = Buffer.from(await (await enterprise.get(path)).arrayBuffer());
    const response = await voiding(contract.number, { reason: `  ${REASON}\n` });
    expect(response.status).toBe(200);
    const voided = await read<ContractJson>(response);
    expect(voided).toEqual({
      ...contract,
      standing: "void",
      standingText: voided.standingText,
      voided: { at: expect.stringMatching(/Z$/), by: "desk", reason: REASON },
    });
    expect(await read(await enterprise.get(`/v1/contracts/${contract.number}`))).toMatchObject({
      standing: "void",
      voided: voided.voided,
    });
    const { database } = server.services;
    const row = await database
      .selectFrom("contracts")
      .select(["verification_code", "voided_by"])
      .where("number", "=", contract.number)
      .executeTakeFirstOrThrow();
    expect(row.voided_by).toBe("desk:contract-desk-1");
    const status = await seller.get(`/v1/verify/${contract.number}?code=${row.verification_code}`);
    expect(await read(status)).toMatchObject({ standing: "void", voided: voided.voided });
    const after = Buffer.from(await (await enterprise.get(path)).arrayBuffer());
    expect(after.equals(before)).toBe(true);
    expect(createHash("sha256").update(after).digest("hex")).toBe(contract.sha256);
    const headers = { "content-type": "application/pdf" };
    const verified = await seller.send("POST", "/v1/verifications", headers, new Uint8Array(after));
    expect(await read(verified)).toMatchObject({ verdict: "passed", issuedHere: true, standing: "void" });
  });

  test("audit and announcement are in the very transaction that voids", async () => {
    const { number } = await contracted("VOID-2");
    const stamp = sql<string>`xmin::text`.as("xmin");
    const [contract, audited, told] = await server.services.database.transaction().execute(async (database) => {
      // A moment after it is written down an event gets its position, in a transaction of its own, unless this is held.
      await database.selectFrom("outbox_head").select("last").forUpdate().execute();
      await voiding(number);
      return [
        await database.selectFrom("contracts").select(stamp).where("number", "=", number).executeTakeFirstOrThrow(),
        await database
          .selectFrom("audit_entries")
          .select(["actor_kind", "actor", "detail", stamp])
          .where("object_id", "=", number)
          .where("action", "=", "contract.voided")
          .execute(),
        await database
          .selectFrom("outbox")
          .select(["data", stamp])
          .where("subject", "=", number)
          .where("type", "=", "contract.voided")
          .execute(),
      ] as const;
    });
    const detail = { reason: REASON, standing: "void" };
    expect(audited).toEqual([{ actor_kind: "desk", actor: "contract-desk-1", detail, xmin: contract.xmin }]);
    expect(told).toEqual([{ data: detail, xmin: contract.xmin }]);
  });

  test("nobody else may: neither buyer nor machine nor the other desk", async () => {
    const { number } = await contracted("VOID-3");
    for (const caller of [enterprise, seller, await desk(server, "marketplace-desk")]) {
      await expectProblem(await voiding(number, { reason: REASON }, caller), 403, "not_allowed");
    }
    expect(await read(await enterprise.get(`/v1/contracts/${number}`))).toMatchObject({ standing: "in_force" });
  });

  test.each<[string, unknown]>([
    ["no reason", {}],
    ["an empty reason", { reason: "" }],
    ["white space", { reason: " \n\t" }],
    ["too long a reason", { reason: "长".repeat(501) }],
    ["a NUL", { reason: "a\u0000b" }],
    ["half a character", { reason: "\udc00" }],
    ["a number", { reason: 7 }],
    ["something else besides", { reason: REASON, at: "2026-01-01T00:00:00Z" }],
    ["nothing at all", null],
  ])("%s: refused, and the contract stays in force", async (name, body) => {
    const { number } = await contracted(`VOID-BAD-${name.replaceAll(" ", "-")}`);
    const response = await voiding(number, body);
    expect(response.status).toBe(422);
    expect((await problemOf(response)).code).toBe("invalid_input");
    expect(await read(await enterprise.get(`/v1/contracts/${number}`))).toMatchObject({ voided: null });
  });

  test("twice, or ten times at once, it is done once", async () => {
    const { number } = await contracted("VOID-4");
    const answers = await Promise.all(Array.from({ length: 10 }, () => voiding(number)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    await expectProblem(await voiding(number, { reason: "another reason" }), 409, "contract_already_void");
    const told = await server.services.database
      .selectFrom("outbox")
      .select("type")
      .where("subject", "=", number)
      .where("type", "=", "contract.voided")
      .execute();
    expect(told).toHaveLength(1);
    expect(await read(await enterprise.get(`/v1/contracts/${number}`))).toMatchObject({ voided: { reason: REASON } });
  });

  test("one that its order's cancelling has voided is void already (R9)", async () => {
    const { number } = await contracted("VOID-5");
    const status = { state: "cancelled", cancelledAt: "2026-03-05T00:00:00Z" } as const;
    await seller.put("/v1/orders/VOID-5", orderBody({ revision: 2, status }));
    await expectProblem(await voiding(number), 409, "contract_already_void");
  });

  test("one that is still being sealed cannot be voided yet; a number that is none is not found", async () => {
    const { number } = await contracted("VOID-6");
    const { database } = server.services;
    const issuing = contractNumber("DEMO", "209901", 1);
    await seller.put("/v1/orders/VOID-7", orderBody());
    await database.transaction().execute(async (transaction) => {
      // It does not say its own number, and nobody has told of it: at the commit the database would refuse it.
      await sql`ALTER TABLE contracts DISABLE TRIGGER contract_is_whole`.execute(transaction);
      await sql`
        INSERT INTO contracts (account, contract_id, order_id, seller, number, state, requested_at, policy_version, snapshot,
          snapshot_sha256, verification_code, claimed_until)
        SELECT account, gen_random_uuid(), 'VOID-7', seller, ${issuing}, 'issuing', requested_at, policy_version, snapshot,
          snapshot_sha256, verification_code, now() + interval '1 day'
        FROM contracts WHERE number = ${number}
      `.execute(transaction);
      await sql`INSERT INTO contract_numbers SELECT number, account, contract_id FROM contracts WHERE number = ${issuing}`.execute(
        transaction,
      );
      await sql`ALTER TABLE contracts ENABLE TRIGGER contract_is_whole`.execute(transaction);
    });
    await expectProblem(await voiding(issuing), 409, "contract_being_sealed");
    const notThere = await Promise.all(
      [contractNumber("DEMO", "209901", 2), "nonsense", "%00"].map(async (text) => (await voiding(text)).text()),
    );
    expect(new Set(notThere).size).toBe(1);
    expect(notThere[0]).toContain("not_found");
  });

  test("an unpaid one is held no longer: the end of its hold is announced once, and no payment brings it back", async () => {
    const { number } = await contracted("VOID-8", { status: { state: "unpaid" } });
    await voiding(number);
    const paid = { state: "paid", paidAt: new Date().toISOString() } as const;
    await seller.put("/v1/orders/VOID-8", orderBody({ revision: 2, status: paid }));
    expect(await read(await enterprise.get(`/v1/contracts/${number}`))).toMatchObject({ standing: "void" });
    const told = await server.services.database
      .selectFrom("outbox")
      .select("type")
      .where("subject", "in", ["VOID-8", number])
      .orderBy("event_id")
      .execute();
    expect(told.map(({ type }) => type)).toEqual([
      "contract.requested",
      "order.hold_started",
      "contract.issued",
      "contract.voided",
      "order.hold_ended",
    ]);
  });
});

describe("a voided contract still occupies its order, unless the policy lets it be replaced (R4)", () => {
  const request = (path: string) => enterprise.post(`/v1/${path}/contract`, {});

  async function allowReissue(): Promise<void> {
    const { rules } = await read<{ rules: object }>(await seller.get("/v1/policy"));
    await contractDesk.put("/v1/policy/draft", { ...rules, reissueAfterVoid: true });
    const colleague = await desk(server, "contract-desk-2");
    expect((await colleague.post("/v1/policy/draft/publish")).status).toBe(200);
  }

  test("off, as it is by default, the order stays occupied", async () => {
    const { number } = await contracted("REISSUE-1");
    await voiding(number);
    const response = await request("orders/REISSUE-1");
    expect(response.status).toBe(409);
    expect(await problemOf(response)).toMatchObject({ code: "already_contracted", nextStep: { contract: number } });
  });

  test("on, ten simultaneous requests give one new contract, which names the one it replaces", async () => {
    await allowReissue();
    const answers = await Promise.all(Array.from({ length: 10 }, () => request("orders/REISSUE-1")));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    const issued = answers.find(({ status }) => status === 201);
    const contract = issued && (await read<ContractJson>(issued));
    const { items } = await read<{ items: ContractJson[] }>(await enterprise.get("/v1/contracts?limit=200"));
    const former = items.find(({ number }) => number === contract?.replaces);
    expect(former).toMatchObject({ order: "REISSUE-1", standing: "void", voided: { reason: REASON } });
    expect(contract).toMatchObject({ order: "REISSUE-1", standing: "in_force", voided: null });
    expect(contract?.number).not.toBe(former?.number);
    expect(await read(await enterprise.get("/v1/orders/REISSUE-1"))).toMatchObject({
      contract: { number: contract?.number },
      decision: { code: "already_contracted", nextStep: { contract: contract?.number } },
    });
    const again = await voiding(contract?.number ?? "");
    expect(again.status).toBe(200);
    expect(await read(await request("orders/REISSUE-1"))).toMatchObject({ replaces: contract?.number });
  });

  test("only what the desk has voided is replaced: an order that is cancelled has no new one", async () => {
    const { number } = await contracted("REISSUE-2");
    const status = { state: "cancelled", cancelledAt: "2026-03-05T00:00:00Z" } as const;
    await seller.put("/v1/orders/REISSUE-2", orderBody({ revision: 2, status }));
    await expectProblem(await request("orders/REISSUE-2"), 409, "order_cancelled");
    expect(await read(await enterprise.get(`/v1/contracts/${number}`))).toMatchObject({ standing: "void" });
  });

  test("a bill's contract likewise (R13)", async () => {
    await seller.put("/v1/bills/demo-enterprise/2025-07", billBody());
    const path = "bills/demo-enterprise/2025-07";
    const contract = await read<ContractJson>(await request(path));
    await expectProblem(await request(path), 409, "already_contracted");
    await voiding(contract.number);
    const answers = await Promise.all(Array.from({ length: 6 }, () => request(path)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(5).fill(409)]);
    expect(await read(await enterprise.get(`/v1/${path}`))).toMatchObject({ contract: { standing: "in_force" } });
  });

  test("while one voids and many request, there is never more than one in force", async () => {
    const { number } = await contracted("REISSUE-3");
    const [, ...answers] = await Promise.all([
      voiding(number),
      ...Array.from({ length: 8 }, () => request("orders/REISSUE-3")),
    ]);
    const created = answers.filter(({ status }) => status === 201);
    expect(created.length).toBeLessThanOrEqual(1);
    const { items } = await read<{ items: ContractJson[] }>(await enterprise.get("/v1/contracts?limit=200"));
    const ours = items.filter(({ order }) => order === "REISSUE-3");
    expect(ours).toHaveLength(1 + created.length);
  });
});
