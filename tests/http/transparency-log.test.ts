import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  isConsistent,
  openCheckpoint,
  openLogProof,
  openStatus,
  type ProvenStatement,
} from "../../src/verify/log-proof.ts";
import { type NoteVerifier, parseVerifierKey } from "../../src/verify/signed-note.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, read, stranger } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface Contract {
  readonly number: string;
  readonly sha256: string;
}

let server: TestServer;
let seller: Caller;
let anybody: Caller;
let keys: readonly NoteVerifier[];
let contract: Contract;
beforeAll(async () => {
  server = await startTestServer();
  [seller, anybody] = [machine(server), stranger(server)];
  contract = await issue("D100000000001");
  const said = await read<{ keys: readonly string[] }>(await anybody.get("/v1/log/keys"));
  keys = said.keys.flatMap((key) => parseVerifierKey(key) ?? []);
});
afterAll(() => server.close());

async function issue(order: string): Promise<Contract> {
  return read<Contract>(await seller.post(`/v1/orders/${order}/contract`, {}));
}

function verify(pdf: Uint8Array): Promise<Response> {
  return anybody.send("POST", "/v1/verifications", { "content-type": "application/pdf" }, new Uint8Array(pdf));
}

async function codeOf(number: string): Promise<string> {
  const row = await server.services.database
    .selectFrom("contracts")
    .select("verification_code")
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return row.verification_code;
}

/** An entry is made within a second, and no request waits for it. */
async function proofOf(number: string, kind = "issued"): Promise<string> {
  let text = "";
  await expect
    .poll(async () => {
      const response = await seller.get(`/v1/contracts/${number}/log-proof?kind=${kind}`);
      text = await response.text();
      return response.status;
    })
    .toBe(200);
  return text;
}

function proven(text: string): ProvenStatement {
  const opened = openLogProof(text, keys);
  if (typeof opened === "string") throw new Error(opened);
  return opened;
}

async function head() {
  const opened = openCheckpoint(await (await anybody.get("/v1/log/checkpoint")).text(), keys);
  if (!opened) throw new Error("no checkpoint");
  return opened;
}

describe("a contract that is issued", () => {
  test("is in the log, as whoever has its proof and the log's key sees without a connection", async () => {
    const { statement, head: signed } = proven(await proofOf(contract.number));
    expect(statement).toMatchObject({ kind: "issued", number: contract.number, document: contract.sha256 });
    expect(signed.origin).toMatch(/^127\.0\.0\.1:\d+\/orderseal-log\/[0-9a-f]{8}$/);
  });

  test("no proof that was altered proves anything", async () => {
    const text = await proofOf((await issue("D100000000002")).number);
    const lines = text.split("\n");
    for (const [index, line] of lines.entries()) {
      if (line === "" || line.length < 3) continue;
      const at = Math.floor(line.length / 2);
      const other = line[at] === "A" ? "B" : "A";
      const altered = lines.with(index, line.slice(0, at) + other + line.slice(at + 1)).join("\n");
      expect(typeof openLogProof(altered, keys), line).toBe("string");
    }
    expect(openLogProof(text, [])).toBe("not_signed");
    expect(openLogProof("", keys)).toBe("malformed");
  });

  test("what is worth is signed until its next update, for its reader and for the holder of number and code", async () => {
    const path = `/v1/contracts/${contract.number}/status-record`;
    const status = openStatus(await (await seller.get(path)).text(), keys);
    expect(status).toMatchObject({ number: contract.number, document: contract.sha256, standing: "in_force" });
    if (typeof status === "string") return;
    expect(status.nextUpdate - status.asOf).toBe(86_400_000);
    const own = await buyer(server, "demo-enterprise");
    expect((await own.get(path)).status).toBe(200);
    expect((await (await buyer(server, "demo-domains")).get(path)).status).toBe(404);
    expect((await anybody.get(`/v1/verify/${contract.number}/status-record?code=WRONG`)).status).toBe(404);
    expect((await anybody.get(`/v1/verify/${contract.number}/log-proof`)).status).toBe(404);
    const code = await codeOf(contract.number);
    const held = await anybody.get(`/v1/verify/${contract.number}/log-proof?code=${code}`);
    expect(held.status).toBe(200);
    expect(proven(await held.text()).statement.number).toBe(contract.number);
  });

  test("whoever has the file gets both with the verification", async () => {
    await proofOf(contract.number);
    const pdf = await (await seller.get(`/v1/contracts/${contract.number}/document.pdf`)).arrayBuffer();
    const verified = await read<{ logProof: string; statusRecord: string }>(await verify(new Uint8Array(pdf)));
    expect(proven(verified.logProof).statement.document).toBe(contract.sha256);
    expect(openStatus(verified.statusRecord, keys)).toMatchObject({ standing: "in_force" });
    expect(await read(await verify(Buffer.from("%PDF-1.7")))).toMatchObject({
      ...{ logProof: null, statusRecord: null },
    });
  });
});

test("a contract that is voided has a second entry, and its next status says so (R22)", async () => {
  const { number, sha256 } = await issue("D100000000003");
  await proofOf(number);
  const early = await seller.get(`/v1/contracts/${number}/log-proof?kind=voided`);
  expect([early.status, early.headers.get("retry-after")]).toEqual([404, "1"]);
  const person = await desk(server, "contract-desk-1");
  expect((await person.post(`/v1/contracts/${number}/void`, { reason: "开票信息有误" })).status).toBeLessThan(300);
  const text = await proofOf(number, "voided");
  expect(proven(text).statement).toMatchObject({ kind: "voided", number, document: sha256 });
  // The reason is nobody's who has the proof.
  expect(Buffer.from(/extra (\S+)/.exec(text)?.[1] ?? "", "base64").toString()).not.toMatch(/开票/);
  const status = await (await seller.get(`/v1/contracts/${number}/status-record`)).text();
  expect(openStatus(status, keys)).toMatchObject({ standing: "void" });
});

test("no request waits for the log: while nobody can go on with it, contracts are issued, and entered afterwards", async () => {
  const contracts = await server.services.database.transaction().execute(async (transaction) => {
    await transaction.selectFrom("log_head").selectAll().forUpdate().execute();
    expect((await seller.put("/v1/orders/UNHURRIED", orderBody())).status).toBe(200);
    const { number } = await issue("UNHURRIED");
    await setTimeout(1_500);
    expect((await seller.get(`/v1/contracts/${number}/log-proof`)).status).toBe(404);
    return number;
  });
  expect(proven(await proofOf(contracts)).statement.number).toBe(contracts);
});

describe("the log, for whoever watches it", () => {
  test("only grows: each head is consistent with every former one, and its entries make its root", async () => {
    const former = await head();
    const { number } = await issue("D100000000008");
    await proofOf(number);
    const later = await head();
    expect(later.size).toBeGreaterThan(former.size);
    const { hashes } = await read<{ hashes: string[] }>(
      await anybody.get(`/v1/log/consistency?from=${former.size}&to=${later.size}`),
    );
    expect(isConsistent(former, later, hashes)).toBe(true);
    expect(isConsistent({ ...former, root: later.root }, later, hashes)).toBe(false);
    const { items } = await read<{ items: string[] }>(await anybody.get("/v1/log/entries"));
    expect(items).toHaveLength(later.size);
    expect(items.every((entry) => Buffer.from(entry, "base64").length === 32)).toBe(true);
    const leaves = items.map((entry) => createHash("sha256").update("\0").update(entry, "base64").digest());
    expect(rootOf(leaves).equals(later.root)).toBe(true);
    const last = leaves.at(-1)?.toString("hex");
    expect(await read(await anybody.get(`/v1/log/inclusion/${last}`))).toMatchObject({
      ...{ index: later.size - 1, size: later.size, hashes: expect.any(Array) },
    });
  });

  /** RFC 6962, section 2.1. */
  function rootOf(leaves: readonly Buffer[]): Buffer {
    const [only] = leaves;
    if (leaves.length === 1 && only) return only;
    const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
    const [left, right] = [rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k))];
    return createHash("sha256").update("\u0001").update(left).update(right).digest();
  }

  test("what it never had it cannot prove", async () => {
    const { size } = await head();
    for (const path of [
      `consistency?from=0&to=${size + 1}`,
      `consistency?from=${size}&to=0`,
      `inclusion/${"0".repeat(64)}`,
      "inclusion/zz",
    ]) {
      expect((await anybody.get(`/v1/log/${path}`)).status).toBe(404);
    }
    for (const path of ["consistency?from=-1&to=1", "entries?from=1e3"]) {
      expect((await anybody.get(`/v1/log/${path}`)).status).toBe(422);
    }
  });
});
