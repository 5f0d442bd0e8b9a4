import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTemporaryFile } from "../../src/document/temporary-file.fixture.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { judgeTest, type RunJudge } from "../judges.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { encryptedPdf, postPdf, scannedPdf, scriptedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";
import type { Thread } from "./ticket-thread.ts";

let server: TestServer;
let seller: Caller;
let enterprise: Caller;
let contractDesk: Caller;
/** A sealed contract of ours: what other programs rewrite. */
let own: Buffer;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  enterprise = await buyer(server, "demo-enterprise");
  contractDesk = await desk(server, "contract-desk-1");
  const { number } = await read<ContractJson>(await seller.post("/v1/orders/D100000000001/contract", {}));
  own = await bytesOf(await seller.get(`/v1/contracts/${number}/document.pdf`));
});
afterAll(() => server.close());

async function bytesOf(response: Response): Promise<Buffer> {
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

let placed = 0;
async function openTicket(changes: Parameters<typeof orderBody>[0] = {}): Promise<{ order: string; path: string }> {
  const order = `BESPOKE-${++placed}`;
  const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
  expect((await seller.put(`/v1/orders/${order}`, orderBody({ lines, ...changes }))).status).toBe(200);
  const response = await enterprise.post("/v1/tickets", { order });
  expect(response.status).toBe(201);
  return { order, path: `/v1/tickets/${(await read<Thread>(response)).ticket}` };
}

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
}

describe("PDFs are attached to an open ticket (R20)", () => {
  test("by buyer and desk; both read them back byte for byte, saved and never shown in place", async () => {
    const { path } = await openTicket();
    const pdf = scannedPdf();
    const name = encodeURIComponent("合同 草稿.pdf");
    const response = await postPdf(enterprise, `${path}/attachments?name=${name}`, pdf);
    expect(response.status).toBe(201);
    const attachment = await read<{ id: string; sha256: string }>(response);
    expect(attachment).toMatchObject({
      from: "buyer",
      name: "合同 草稿.pdf",
      bytes: pdf.length,
      sha256: createHash("sha256").update(pdf).digest("hex"),
    });
    expect((await postPdf(contractDesk, `${path}/attachments`, scannedPdf())).status).toBe(201);
    const { attachments } = await read<Thread>(await enterprise.get(path));
    expect(attachments.map(({ from, name }) => [from, name])).toEqual([
      ["buyer", "合同 草稿.pdf"],
      ["desk", "attachment.pdf"],
    ]);
    const file = await contractDesk.get(`${path}/attachments/${attachment.id}`);
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(file.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await bytesOf(file)).equals(pdf)).toBe(true);
    const foreign = await buyer(server, "demo-domains");
    expect((await foreign.get(`${path}/attachments/${attachment.id}`)).status).toBe(404);
    expect((await postPdf(foreign, `${path}/attachments`, pdf)).status).toBe(404);
    expect((await enterprise.get(`${(await openTicket()).path}/attachments/${attachment.id}`)).status).toBe(404);
  });

  const unusable: readonly [string, () => Buffer][] = [
    ["a text", () => Buffer.from("%PDF-1.7 is what I call this letter")],
    ["an empty file", () => Buffer.alloc(0)],
    ["the half of a PDF", () => own.subarray(0, own.length / 2)],
    ["an encrypted PDF", encryptedPdf],
    ["a PDF with a script", scriptedPdf],
  ];
  test.each(unusable)("%s is refused, attached or as the contract", async (_, pdf) => {
    const { path } = await openTicket();
    await expectProblem(await postPdf(enterprise, `${path}/attachments`, pdf()), 422, "not_a_pdf");
    await expectProblem(await postPdf(contractDesk, `${path}/resolve`, pdf()), 422, "not_a_pdf");
    expect(await read(await enterprise.get(path))).toMatchObject({ state: "open", attachments: [] });
  });

  test("11 MB are refused before they are read; 9 MB are not", async () => {
    const { path } = await openTicket();
    const huge = scannedPdf("x".repeat(11 * 1024 * 1024));
    await expectProblem(await postPdf(enterprise, `${path}/attachments`, huge), 413, "too_large");
    await expectProblem(await postPdf(contractDesk, `${path}/resolve`, huge), 413, "too_large");
    const large = scannedPdf("x".repeat(9 * 1024 * 1024));
    expect((await postPdf(enterprise, `${path}/attachments`, large)).status).toBe(201);
  });

  test.each(["application/json", "image/png", "text/html"])("sent as %s it is refused", async (type) => {
    const { path } = await openTicket();
    const response = await enterprise.send("POST", `${path}/attachments`, { "content-type": type }, "{}");
    await expectProblem(response, 415, "unsupported_media_type");
  });

  test.each(["../../etc/passwd", "a\\b", 'a"b', "a\nb", "", "n".repeat(121)])(
    "under the name %j it is refused",
    async (name) => {
      const { path } = await openTicket();
      const response = await postPdf(enterprise, `${path}/attachments?name=${encodeURIComponent(name)}`, scannedPdf());
      await expectProblem(response, 422, "invalid_input");
    },
  );

  test("the 21st is refused, also where several come at once", async () => {
    const { path } = await openTicket();
    for (let count = 0; count < 18; count++) {
      expect((await postPdf(enterprise, `${path}/attachments`, scannedPdf())).status).toBe(201);
    }
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => postPdf(enterprise, `${path}/attachments`, scannedPdf())),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    await expectProblem(await postPdf(enterprise, `${path}/attachments`, scannedPdf()), 409, "too_many_attachments");
    expect((await read<Thread>(await enterprise.get(path))).attachments).toHaveLength(20);
  });

  function madeBy(run: RunJudge, before: readonly string[]): Buffer {
    let made = Buffer.alloc(0);
    inTemporaryFile(own, (file) => {
      expect(run(...before, file, `${file}.made`)).toMatchObject({ exitCode: 0 });
      made = readFileSync(`${file}.made`);
    });
    return made;
  }

  for (const options of [["--linearize"], ["--object-streams=generate"]]) {
    judgeTest("qpdf", `a file rewritten with ${options.join(" ")} is taken`, async (run) => {
      const { path } = await openTicket();
      expect((await postPdf(enterprise, `${path}/attachments`, madeBy(run, options))).status).toBe(201);
    });
  }
  judgeTest("mutool", "a file rewritten with clean is taken", async (run) => {
    const { path } = await openTicket();
    expect((await postPdf(contractDesk, `${path}/resolve`, madeBy(run, ["clean"]))).status).toBe(200);
  });
  judgeTest("qpdf", "a file that was encrypted is refused, also where everybody may open it", async (run) => {
    const { path } = await openTicket();
    const locked = madeBy(run, ["--encrypt", "", "owner", "256", "--"]);
    await expectProblem(await postPdf(enterprise, `${path}/attachments`, locked), 422, "not_a_pdf");
  });
});

describe("the desk resolves a ticket with the signed PDF, which becomes the order's contract (R20)", () => {
  test("kind offline, it occupies the order, downloads byte for byte, and verifies as uploaded", async () => {
    const { order, path } = await openTicket();
    const pdf = scannedPdf();
    const resolved = await postPdf(contractDesk, `${path}/resolve`, pdf);
    expect(resolved.status).toBe(200);
    const { state, contract: number } = await read<Thread>(resolved);
    expect(state).toBe("resolved");
    const contract = await read<ContractJson>(await enterprise.get(`/v1/contracts/${number}`));
    expect(contract).toMatchObject({ order, form: "offline", state: "issued", standing: "in_force", holdUntil: null });
    expect(contract.sha256).toBe(createHash("sha256").update(pdf).digest("hex"));
    const file = await enterprise.get(`/v1/contracts/${number}/document.pdf`);
    expect((await bytesOf(file)).equals(pdf)).toBe(true);
    const again = await enterprise.post(`/v1/orders/${order}/contract`, {});
    expect(again.status).toBe(409);
    expect(await problemOf(again)).toMatchObject({ code: "already_contracted", nextStep: { contract: number } });
    expect(await read(await postPdf(seller, "/v1/verifications", pdf))).toMatchObject({
      verdict: "indeterminate",
      reason: "uploaded_not_sealed_here",
      issuedHere: false,
      demo: false,
      number,
      standing: "in_force",
    });
    const { database } = server.services;
    const events = await database
      .selectFrom("outbox")
      .select("type")
      .where("subject", "=", number ?? "")
      .execute();
    expect(events.map(({ type }) => type).sort()).toEqual(["contract.issued", "contract.requested"]);
    const told = await database
      .selectFrom("outbox")
      .select("type")
      .where("subject", "=", path.replace("/v1/tickets/", ""))
      .orderBy("event_id")
      .execute();
    expect(told.map(({ type }) => type)).toEqual(["ticket.opened", "ticket.resolved"]);
    const { verification_code: code } = await database
      .selectFrom("contracts")
      .select("verification_code")
      .where("number", "=", number ?? "")
      .executeTakeFirstOrThrow();
    expect(await read(await seller.get(`/v1/verify/${number}?code=${code}`))).toMatchObject({ form: "offline" });
  });

  test("an unpaid order is held by it like by any other (R8)", async () => {
    const { path } = await openTicket({ status: { state: "unpaid" } });
    const { contract } = await read<Thread>(await postPdf(contractDesk, `${path}/resolve`, scannedPdf()));
    const shown = await read<ContractJson>(await enterprise.get(`/v1/contracts/${contract}`));
    expect(shown).toMatchObject({ standing: "pending_payment", holdUntil: expect.stringMatching(/T16:00:00Z$/) });
  });

  test("a buyer and a machine may not, nor may the desk without a PDF", async () => {
    const { path } = await openTicket();
    for (const caller of [enterprise, seller]) {
      await expectProblem(await postPdf(caller, `${path}/resolve`, scannedPdf()), 403, "not_allowed");
    }
    await expectProblem(await contractDesk.post(`${path}/resolve`, { outcome: "resolved" }), 422, "pdf_needed");
    expect(await read(await enterprise.get(path))).toMatchObject({ state: "open" });
  });

  test("resolved or rejected once, a ticket is not settled again", async () => {
    const [resolved, rejected] = [await openTicket(), await openTicket()];
    expect((await postPdf(contractDesk, `${resolved.path}/resolve`, scannedPdf())).status).toBe(200);
    const reason = "  资料不全\n请补充  ";
    const answer = await contractDesk.post(`${rejected.path}/resolve`, { outcome: "rejected", reason });
    expect(await read(answer)).toMatchObject({ state: "rejected", reason: "资料不全\n请补充", contract: null });
    for (const { path } of [resolved, rejected]) {
      await expectProblem(await postPdf(contractDesk, `${path}/resolve`, scannedPdf()), 409, "ticket_closed");
      await expectProblem(
        await contractDesk.post(`${path}/resolve`, { outcome: "rejected", reason: "x" }),
        409,
        "ticket_closed",
      );
    }
  });

  test.each<[unknown, string]>([
    [undefined, "outcome"],
    [{}, "outcome"],
    [[], "outcome"],
    ["resolved", "outcome"],
    [null, "outcome"],
    [{ outcome: "done" }, "outcome"],
    [{ outcome: "rejected" }, "reason"],
    [{ outcome: "rejected", reason: " \n" }, "reason"],
    [{ outcome: "rejected", reason: "a\u0000b" }, "reason"],
    [{ outcome: "rejected", reason: "x".repeat(1001) }, "reason"],
  ])("closed with %j it stays open", async (body, field) => {
    const { path } = await openTicket();
    const response = await contractDesk.post(`${path}/resolve`, body);
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field });
    expect(await read(await enterprise.get(path))).toMatchObject({ state: "open" });
  });

  test("two at the desk at once make one contract", async () => {
    const colleague = await desk(server, "contract-desk-2");
    for (let round = 0; round < 3; round++) {
      const { order, path } = await openTicket();
      const answers = await Promise.all(
        [contractDesk, colleague, contractDesk, colleague].map((person) =>
          postPdf(person, `${path}/resolve`, scannedPdf()),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      const { database } = server.services;
      const contracts = await database.selectFrom("contracts").select("number").where("order_id", "=", order).execute();
      expect(contracts).toHaveLength(1);
    }
  });

  test("an order that was contracted or cancelled meanwhile gets no second one (R4, R9)", async () => {
    const contracted = await openTicket();
    const body = orderBody({ revision: 2 });
    await seller.put(`/v1/orders/${contracted.order}`, body);
    expect((await enterprise.post(`/v1/orders/${contracted.order}/contract`, {})).status).toBe(201);
    await expectProblem(
      await postPdf(contractDesk, `${contracted.path}/resolve`, scannedPdf()),
      409,
      "already_contracted",
    );
    const cancelled = await openTicket();
    const status = { state: "cancelled", cancelledAt: "2026-03-05T00:00:00Z" } as const;
    await seller.put(`/v1/orders/${cancelled.order}`, orderBody({ revision: 2, status }));
    await expectProblem(await postPdf(contractDesk, `${cancelled.path}/resolve`, scannedPdf()), 409, "order_cancelled");
    expect(await read(await contractDesk.get(cancelled.path))).toMatchObject({ state: "open", contract: null });
  });

  test("a contract that was sealed here belongs to its own order and is not taken for another", async () => {
    const { path } = await openTicket();
    await expectProblem(await postPdf(contractDesk, `${path}/resolve`, own), 409, "file_is_another_contract");
    expect(await read(await contractDesk.get(path))).toMatchObject({ state: "open", contract: null });
    expect(await read(await postPdf(seller, "/v1/verifications", own))).toMatchObject({
      verdict: "passed",
      issuedHere: true,
    });
  });

  test("one signed paper may be the contract of several orders", async () => {
    const paper = scannedPdf();
    for (const { path } of [await openTicket(), await openTicket()]) {
      expect((await postPdf(contractDesk, `${path}/resolve`, paper)).status).toBe(200);
    }
    expect(await read(await postPdf(seller, "/v1/verifications", paper))).toMatchObject({
      reason: "uploaded_not_sealed_here",
      issuedHere: false,
    });
  });
});
