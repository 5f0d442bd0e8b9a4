import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestAuthority } from "../src/document/seal/test-authority.ts";
import { extractTimestamp } from "../src/document/seal/timestamp-extraction.fixture.ts";
import type { Sha256 } from "../src/domain/identifiers.ts";
import type { ContractJson, OrderJson } from "../src/http/schemas.ts";
import { billBody } from "./http/bill-body.ts";
import { type Caller, desk, problemOf, read } from "./http/caller.ts";
import { judgeTest } from "./judges.ts";
import type { TestServer } from "./test-server.ts";
import { IN_ENGLISH, PATIENCE, startTimestampedService, type TimestampedService } from "./timestamped-service.ts";

const BILL = "/v1/bills/demo-enterprise/2026-09";
const directory = mkdtempSync(join(tmpdir(), "orderseal-timestamped-"));

let service: TimestampedService;
let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  service = await startTimestampedService();
  ({ server, seller } = service);
});
afterAll(async () => {
  await service.close();
  rmSync(directory, { recursive: true, force: true });
});

let first: ContractJson;

describe("while the authority is down, the contract is decided and says that it waits for its timestamp", () => {
  test("in the answer, on the contract, on its order; its file is not there yet", async () => {
    first = await service.requested("STAMP-1");
    const waitingFor = {
      what: "timestamp",
      since: expect.any(String),
      reason: "unreachable",
      sentence: expect.stringContaining("waits for its trusted timestamp"),
    };
    expect(first).toMatchObject({ state: "issuing", sha256: null, waitingFor });
    expect(await service.show(first.number)).toMatchObject({ state: "issuing", waitingFor });
    const order = await read<OrderJson>(await seller.get("/v1/orders/STAMP-1", IN_ENGLISH));
    expect(order.contract).toMatchObject({ number: first.number, state: "issuing", waitingFor });
    const inChinese = await read<ContractJson>(
      await seller.get(`/v1/contracts/${first.number}`, { "accept-language": "zh-CN" }),
    );
    expect(inChinese.waitingFor?.sentence).toBe(
      "合同已受理，正在等待可信时间戳（时间戳服务无法连接）；取得后自动出具，无须重新申请。",
    );
    const file = await seller.get(`/v1/contracts/${first.number}/document.pdf`, {
      "accept-language": "zh-CN",
    });
    expect([file.status, file.headers.get("retry-after")]).toEqual([409, "30"]);
    expect(await problemOf(file)).toMatchObject({
      code: "contract_being_sealed",
      detail: inChinese.waitingFor?.sentence,
    });
  });

  test("it occupies its order, and is announced and audited once, however often it is tried", async () => {
    await service.endPauses();
    await expect
      .poll(() => server.printed.join("\n"), PATIENCE)
      .toContain("gives no timestamp that holds: unreachable");
    const again = await service.request("STAMP-1");
    expect((await problemOf(again)).code).toBe("already_contracted");
    expect(await service.announced(first.number)).toEqual(["contract.requested", "contract.timestamp_pending"]);
    const { rows } = await sql`SELECT actor_kind, detail ->> 'reason' AS reason FROM audit_entries
      WHERE object_id = ${first.number} AND action = 'contract.timestamp_pending'`.execute(server.services.database);
    expect(rows).toEqual([{ actor_kind: "machine", reason: "unreachable" }]);
  });

  test("an authority that answers with lies is as good as none, and the reason says which lie", async () => {
    await service.authorityBecomes({ fault: "wrong_imprint" });
    await service.endPauses();
    await service.waitsBecauseOf("wrong_imprint", first.number);
    await service.authorityBecomes({
      signer: createTestAuthority({
        keyType: "p256",
        now: new Date(Date.now() - 3 * 86_400_000),
      }).issueTimestampCertificate({ validDays: 1 }),
    });
    await service.waitsBecauseOf("certificate_expired", (await service.requested("STAMP-2")).number);
    expect((await service.show(first.number)).waitingFor?.since).toBe(first.waitingFor?.since);
  });

  test("once it is back, every contract that waited is issued by itself, with its timestamp", async () => {
    await service.authorityBecomes({});
    const list = async (state: string): Promise<readonly ContractJson[]> =>
      (await read<{ items: readonly ContractJson[] }>(await seller.get(`/v1/contracts?state=${state}`))).items;
    const items = await list("timestamp_pending");
    expect(items.map(({ order }) => order)).toEqual(["STAMP-2", "STAMP-1"]);
    expect([await list("issued"), (await list("issuing")).length]).toEqual([[], 2]);
    await service.endPauses();
    for (const { number } of items) await service.becomesIssued(number);
    expect(await service.show(first.number)).toMatchObject({
      waitingFor: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await service.announced(first.number)).toEqual([
      "contract.requested",
      "contract.timestamp_pending",
      "contract.issued",
    ]);
    expect(server.printed.join("\n")).toContain("gives timestamps that hold again");
  });

  judgeTest("openssl", "verifies the timestamp of a contract that waited, over its signature", async (openssl) => {
    const timestamp = extractTimestamp(await service.download(first.number));
    if (!timestamp) throw new Error("the contract carries no timestamp");
    const path = (name: string, bytes: Uint8Array | string): string => {
      writeFileSync(join(directory, name), bytes);
      return join(directory, name);
    };
    const token = path("token.der", timestamp.token);
    const files = ["-in", token, "-token_in", "-data", path("signature", timestamp.signature)];
    const { exitCode, output } = openssl(
      "ts",
      "-verify",
      ...files,
      "-CAfile",
      path("root.pem", service.tsa.root.certificatePem),
    );
    expect(output).toContain("Verification: OK");
    expect(exitCode).toBe(0);
  });

  judgeTest("pdfsig", "calls the contract that waited valid", async (pdfsig) => {
    const path = join(directory, "waited.pdf");
    writeFileSync(path, await service.download(first.number));
    expect(pdfsig("-nocert", path).output).toContain("Signature Validation: Signature is Valid.");
  });
});

test("an authority slower than the request's patience: answered that the file follows, and the file follows", async () => {
  await service.authorityBecomes({ delayMs: 3_300 });
  const { number } = await service.requested("STAMP-SLOW");
  await service.becomesIssued(number);
  expect(extractTimestamp(await service.download(number))).not.toBeNull();
});

describe("where the policy refuses instead", () => {
  beforeAll(async () => {
    const { rules } = await read<{ rules: object }>(await seller.get("/v1/policy"));
    expect(rules).toMatchObject({ withoutTimestamp: "wait" });
    const draft = { ...rules, withoutTimestamp: "refuse" };
    expect((await (await desk(server, "contract-desk-1")).put("/v1/policy/draft", draft)).status).toBe(200);
    expect((await (await desk(server, "contract-desk-2")).post("/v1/policy/draft/publish")).status).toBe(200);
    for (const order of ["REFUSE-1", "REFUSE-2"]) await service.place(order);
    await seller.put(BILL, billBody());
  });

  async function counted() {
    const { rows } = await sql`SELECT (SELECT count(*) FROM contracts)::int AS contracts,
      (SELECT sum(last) FROM contract_counters)::int AS numbers,
      (SELECT count(*) FROM outbox)::int AS events`.execute(server.services.database);
    return rows[0];
  }

  test("an authority that answered a moment ago is not asked again; should it fail then, the contract waits", async () => {
    await service.authorityBecomes({});
    await service.place("RACE-1");
    expect((await service.request("RACE-1")).status).toBe(201);
    await service.authorityBecomes({ fault: "http_error" });
    const { number } = await service.requested("RACE-2");
    await service.waitsBecauseOf("rejected", number);
    await service.authorityBecomes({});
    await service.endPauses();
    await service.becomesIssued(number);
  });

  test("a request is refused with all that a refusal says, and nothing is used up", async () => {
    await service.authorityBecomes({ fault: "wrong_nonce" });
    await server.services.issuing().then(({ timestamps }) => timestamps.findTrouble());
    const before = await counted();
    const response = await service.request("REFUSE-1", { "idempotency-key": "again" });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await problemOf(response)).toMatchObject({
      code: "timestamp_unavailable",
      type: "/problems/timestamp_unavailable",
      title: "No timestamp at present",
      rule: "R18",
      policyVersion: 2,
      nextStep: { action: "try_again_later", label: "Try again later" },
    });
    expect(await counted()).toEqual(before);
    const order = await read<OrderJson>(await seller.get("/v1/orders/REFUSE-1"));
    expect(order).toMatchObject({ contract: null, decision: { kind: "issue" } });
    expect((await seller.get("/problems/timestamp_unavailable")).status).toBe(200);
  });

  test("so are a bill and the orders of a batch; a preview needs no timestamp, and the ladder's own refusals come first", async () => {
    const bill = await seller.post(`${BILL}/contract`, {});
    expect([bill.status, (await problemOf(bill)).code]).toEqual([503, "timestamp_unavailable"]);
    const batch = await seller.post("/v1/contracts:batch", { orders: ["REFUSE-1", "STAMP-1"] });
    expect(await read(batch)).toMatchObject({
      items: [
        { order: "REFUSE-1", outcome: "refused", problem: { code: "timestamp_unavailable", status: 503 } },
        { order: "STAMP-1", outcome: "refused", problem: { code: "already_contracted" } },
      ],
    });
    expect((await seller.get("/v1/orders/REFUSE-1/preview.pdf")).status).toBe(200);
  });

  test("once it is back the same request, under the same key, succeeds", async () => {
    await service.authorityBecomes({});
    const gate = (await server.services.issuing()).timestamps;
    await expect.poll(() => gate.findTrouble(), PATIENCE).toBeNull();
    const response = await service.request("REFUSE-1", { "idempotency-key": "again" });
    expect(response.status).toBe(201);
    const { number } = await read<ContractJson>(response);
    const repeated = await service.request("REFUSE-1", { "idempotency-key": "again" });
    expect([repeated.status, (await read<ContractJson>(repeated)).number]).toEqual([201, number]);
    expect((await seller.post(`${BILL}/contract`, {})).status).toBe(201);
  });
});

test("no contract ever had a file without a timestamp", async () => {
  const { database, objects } = server.services;
  const rows = await database.selectFrom("contracts").select("document_sha256").where("state", "=", "issued").execute();
  expect(rows.length).toBeGreaterThan(5);
  for (const { document_sha256 } of rows) {
    const file = await objects.get(document_sha256 as Sha256);
    expect(file && extractTimestamp(Buffer.from(file))).not.toBeNull();
  }
});
