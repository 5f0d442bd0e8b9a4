import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contractNumber } from "../../src/domain/contract-number.ts";
import type { ContractSnapshot } from "../../src/domain/contract-snapshot.ts";
import { parseSellerId } from "../../src/domain/identifiers.ts";
import { instantOf } from "../../src/domain/time.ts";
import type { ContractJson, VerificationJson } from "../../src/http/schemas.ts";
import { makeParty } from "../../src/verify/certificates.fixture.ts";
import { readEmbeddedFile } from "../../src/verify/embedded-file.ts";
import { bracketBomb } from "../../src/verify/hostile-pdf.fixture.ts";
import { sealedPdf } from "../../src/verify/sealed-pdf.fixture.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, machine, problemOf, read, stranger } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let anybody: Caller;
/** One of the seller's, which has no share of the checking to use up. */
let seller: Caller;
let contract: ContractJson;
let pdf: Buffer;
let code: string;
beforeAll(async () => {
  server = await startTestServer();
  anybody = stranger(server);
  seller = machine(server);
  contract = await read<ContractJson>(await seller.post("/v1/orders/D100000000003/contract", {}));
  const file = await seller.get(`/v1/contracts/${contract.number}/document.pdf`);
  pdf = Buffer.from(await file.arrayBuffer());
  const row = await server.services.database
    .selectFrom("contracts")
    .select("verification_code")
    .where("number", "=", contract.number)
    .executeTakeFirstOrThrow();
  code = row.verification_code;
});
afterAll(() => server.close());

async function verify(bytes: Buffer, language = "en", from = anybody): Promise<VerificationJson> {
  const headers = { "content-type": "application/pdf", "accept-language": language };
  const response = await from.send("POST", "/v1/verifications", headers, new Uint8Array(bytes));
  expect(response.status).toBe(200);
  return read<VerificationJson>(response);
}

describe("is this file genuine?", () => {
  test("the file as it was issued is, and is in force or not", async () => {
    expect(await verify(pdf)).toMatchObject({
      verdict: "passed",
      issuedHere: true,
      number: contract.number,
      standing: "pending_payment",
      signer: expect.stringContaining("杭州示例云计算有限公司"),
      sealedAt: expect.stringMatching(/Z$/),
    });
  });

  test("sealed by the same key, but not the file that was issued, it is none of ours", async () => {
    const { renderer, sealer } = await server.services.issuing();
    const snapshot: ContractSnapshot = JSON.parse(readEmbeddedFile(pdf, "contract.json")?.toString("utf8") ?? "");
    const seller = parseSellerId(contract.seller);
    const rendered = await renderer.render(snapshot);
    const again = seller && (await sealer.seal(rendered, snapshot, seller, instantOf(Date.now())));
    expect(again?.kind).toBe("sealed");
    if (again?.kind !== "sealed") return;
    const answer = await verify(Buffer.from(again.pdf));
    expect(answer).toMatchObject({
      verdict: "indeterminate",
      reason: "not_issued_here",
      sentence: "The seal is intact, but this system has not issued this file.",
      signature: "sound",
      signer: expect.stringContaining("杭州示例云计算有限公司"),
      demo: true,
      issuedHere: false,
      number: null,
      standing: null,
      level: null,
    });
  });

  test.each(["adbe.pkcs7.detached", "ETSI.CAdES.detached"])(
    "a sound signature of a stranger (%s) is told as sound and not ours, in the reader's language",
    async (format) => {
      const signer = makeParty({ name: "Stranger 陌生人", authority: false });
      const stranger = sealedPdf({ cms: { signer }, signature: `/Type/Sig/Filter/Adobe.PPKLite/SubFilter/${format}` });
      expect(await verify(stranger)).toMatchObject({
        verdict: "indeterminate",
        signature: "sound",
        signatureSentence: "The signature on the file is sound: it covers the whole file, which is unaltered since.",
        signer: "CN=Stranger 陌生人",
        issuedHere: false,
        demo: false,
        number: null,
        standing: null,
      });
      const chinese = await verify(stranger, "zh-CN");
      expect(chinese.signatureSentence).toBe("文件上的电子签名完好，覆盖整个文件，签名之后未被改动。");
      expect(chinese.sentence).toMatch(/^\p{Script=Han}.*。$/u);
    },
  );

  test("with one bit flipped anywhere it is not, and no number is told", async () => {
    const places = Array.from({ length: 24 }, (_, index) => Math.floor(((index + 0.5) * pdf.length) / 24));
    for (const place of [0, 8, ...places, pdf.length - 3]) {
      const altered = Buffer.from(pdf);
      altered.writeUInt8(altered.readUInt8(place) ^ 1, place);
      const { verdict, ...answer } = await verify(altered);
      expect([place, verdict]).not.toEqual([place, "passed"]);
      expect(answer).toMatchObject({ issuedHere: false, number: null, standing: null });
    }
  });

  test.each<[string, (pdf: Buffer) => Buffer]>([
    ["something appended", (bytes) => Buffer.concat([bytes, Buffer.from("\n% a remark\n")])],
    ["a byte before it", (bytes) => Buffer.concat([Buffer.from("\n"), bytes])],
    ["its end cut off", (bytes) => bytes.subarray(0, -10)],
    ["the half of it", (bytes) => bytes.subarray(0, bytes.length / 2)],
    ["no PDF", () => Buffer.from("a letter")],
    ["nothing but a head", () => Buffer.from("%PDF-1.7\n%%EOF\n")],
    ["zeros", () => Buffer.alloc(100_000)],
  ])("%s: does not pass, and breaks nothing", async (_, change) => {
    const answer = await verify(change(pdf));
    expect(answer.verdict).not.toBe("passed");
    expect(answer.issuedHere).toBe(false);
    expect(answer.detail.length).toBeGreaterThan(10);
    expect(server.printed.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  test("a huge file is refused before it is read", async () => {
    const response = await anybody.send(
      "POST",
      "/v1/verifications",
      { "content-type": "application/pdf" },
      Buffer.alloc(9 * 1024 * 1024),
    );
    expect(response.status).toBe(413);
    expect(await problemOf(response)).toMatchObject({ code: "too_large" });
  });

  test("8 MB of nothing are answered in time", async () => {
    const started = performance.now();
    expect((await verify(Buffer.alloc(8 * 1024 * 1024, "%PDF-1.7 1 0 obj << "), "en", seller)).verdict).not.toBe(
      "passed",
    );
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test("while a hostile file is being checked, the service answers others", async () => {
    let checked = false;
    const hostile = verify(bracketBomb(), "en", seller).finally(() => {
      checked = true;
    });
    const waits: number[] = [];
    while (!checked) {
      const started = performance.now();
      expect((await anybody.get("/healthz")).status).toBe(200);
      waits.push(performance.now() - started);
    }
    expect((await hostile).verdict).not.toBe("passed");
    expect(waits.length).toBeGreaterThan(5);
    expect(Math.max(...waits)).toBeLessThan(500);
    expect(await verify(pdf)).toMatchObject({ verdict: "passed", issuedHere: true });
  });

  test("who comes when too many wait is told when to come again", async () => {
    const headers = { "content-type": "application/pdf" };
    const hostile = verify(bracketBomb(), "en", seller);
    await setTimeout(300);
    const responses = await Promise.all(
      Array.from({ length: 12 }, () => seller.send("POST", "/v1/verifications", headers, new Uint8Array(pdf))),
    );
    const refused = responses.filter(({ status }) => status === 429);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(refused).toHaveLength(4);
    for (const response of refused) {
      expect(response.headers.get("retry-after")).toBe("1");
      expect(await problemOf(response)).toMatchObject({ code: "too_many_requests", status: 429 });
    }
    await hostile;
    expect((await verify(pdf)).verdict).toBe("passed");
  });

  test.each(["application/json", "application/octet-stream", "text/plain"])("sent as %s is refused", async (type) => {
    const body = type === "application/json" ? "{}" : "%PDF-";
    const response = await anybody.send("POST", "/v1/verifications", { "content-type": type }, body);
    expect(response.status).toBe(415);
    expect(await problemOf(response)).toMatchObject({ code: "unsupported_media_type" });
  });

  test("an empty file is no file", async () => {
    const response = await anybody.send("POST", "/v1/verifications", { "content-type": "application/pdf" }, "");
    expect([200, 415, 422]).toContain(response.status);
  });
});

describe("what is the contract worth now?", () => {
  test("number and code together tell seller and standing, and nothing of the buyer", async () => {
    const response = await anybody.get(`/v1/verify/${contract.number}?code=${code}`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      number: contract.number,
      standing: "pending_payment",
      standingText: expect.any(String),
      sellerName: { "zh-CN": "杭州示例云计算有限公司", en: "Hangzhou Example Cloud Computing Co., Ltd." },
      requestedAt: contract.requestedAt,
      issuedAt: contract.issuedAt,
      timeZone: "Asia/Shanghai",
      form: "sealed",
      holdUntil: contract.holdUntil,
      voided: null,
      demo: true,
      sha256: contract.sha256,
    });
    expect(text).not.toMatch(/demo-enterprise|智造|D100000000003/);
  });

  test("typed in lower case, or in groups as they are printed, they fit as well", async () => {
    const address = `/v1/verify/${contract.number.toLowerCase()}?code=${code.toLowerCase()}`;
    expect((await anybody.get(address)).status).toBe(200);
    const printed = (code.match(/.{1,4}/g) ?? []).join("%20");
    expect((await anybody.get(`/v1/verify/${contract.number}?code=${printed}`)).status).toBe(200);
  });

  test("a wrong code, no code, a slip in the number and a number that is none are alike not found", async () => {
    const wrongCheck = contract.number.slice(0, -1) + (contract.number.endsWith("A") ? "B" : "A");
    const answers = await Promise.all(
      [
        `${contract.number}?code=${code.slice(1)}0`,
        `${contract.number}?code=${code}0`,
        `${contract.number}?code=`,
        `${contract.number}?code=${encodeURIComponent("密码")}`,
        contract.number,
        `${wrongCheck}?code=${code}`,
        `${contractNumber("DEMO", "202001", 7)}?code=${code}`,
        `nonsense?code=${code}`,
      ].map(async (address) => {
        const response = await anybody.get(`/v1/verify/${address}`);
        const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "date"));
        return { status: response.status, headers, body: await response.text() };
      }),
    );
    expect(answers[0]?.status).toBe(404);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test("a code that is far too long is refused", async () => {
    expect((await anybody.get(`/v1/verify/${contract.number}?code=${"A".repeat(65)}`)).status).toBe(422);
  });

  test("a paid order's contract comes in force without a new file (R10)", async () => {
    const seller = machine(server);
    await seller.put("/v1/orders/PAYING", orderBody({ status: { state: "unpaid" } }));
    const unpaid = await read<ContractJson>(await seller.post("/v1/orders/PAYING/contract", {}));
    expect(unpaid.standing).toBe("pending_payment");
    const paidAt = new Date().toISOString();
    await seller.put("/v1/orders/PAYING", orderBody({ revision: 2, status: { state: "paid", paidAt } }));
    const paid = await read<ContractJson>(await seller.get(`/v1/contracts/${unpaid.number}`));
    expect(unpaid.warnings.map(({ code }) => code)).toEqual(["unpaid_order_is_held"]);
    expect(paid).toEqual({ ...unpaid, standing: "in_force", standingText: paid.standingText, warnings: [] });
    const file = await seller.get(`/v1/contracts/${unpaid.number}/document.pdf`);
    expect(await verify(Buffer.from(await file.arrayBuffer()))).toMatchObject({ standing: "in_force" });
  });
});
