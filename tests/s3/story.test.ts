import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diagnoseObjects } from "../../src/diagnose-objects.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "../http/caller.ts";
import { postPdf, scannedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import type { Thread } from "../http/ticket-thread.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type InterruptedWay, openInterruptedWay } from "./interrupted-way.ts";
import { strangerIn, withBucket } from "./promised-bucket.ts";

const WAIT = { timeout: 25_000, interval: 100 };

withBucket((location) => {
  /** The whole service with its files in a bucket, told as a diary. */
  describe("a service that keeps its files in S3", () => {
    const stranger = strangerIn(location);
    const prefix = `${location.prefix}${randomUUID()}`;
    let way: InterruptedWay;
    let server: TestServer;
    let seller: Caller;
    let contract: ContractJson;
    let pdf: Buffer;
    beforeAll(async () => {
      way = await openInterruptedWay(location.endpoint ?? "");
      server = await startTestServer({
        ORDERSEAL_OBJECTS: `s3://${location.bucket}/${prefix}/`,
        AWS_ENDPOINT_URL: way.url,
        AWS_REGION: location.region,
        AWS_ACCESS_KEY_ID: location.accessKeyId,
        AWS_SECRET_ACCESS_KEY: location.secretAccessKey,
      });
      seller = machine(server);
    });
    afterAll(async () => {
      await server.close();
      await way.close();
    });

    const documentOf = ({ number }: ContractJson) => seller.get(`/v1/contracts/${number}/document.pdf`);

    async function requested(order: string): Promise<ContractJson> {
      expect((await seller.put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
      const made = await read<ContractJson>(await seller.post(`/v1/orders/${order}/contract`, {}));
      await expect.poll(async () => (await documentOf(made)).status, WAIT).toBe(200);
      return read<ContractJson>(await seller.get(`/v1/contracts/${made.number}`));
    }

    test("issues a contract, whose two files are in the bucket and nowhere else", async () => {
      contract = await requested("S3-1");
      pdf = Buffer.from(await (await documentOf(contract)).arrayBuffer());
      expect(createHash("sha256").update(pdf).digest("hex")).toBe(contract.sha256);
      const keys = await stranger.keys(`${prefix}/`);
      expect(keys).toHaveLength(2);
      expect(keys).toContain(`${prefix}/objects/${contract.sha256}`);
    });

    test("and anybody can verify the file that was downloaded", async () => {
      const verified = await fetch(`${server.url}/v1/verifications`, {
        method: "POST",
        headers: { "content-type": "application/pdf" },
        body: pdf,
      });
      expect(await verified.json()).toMatchObject({ verdict: "passed", issuedHere: true, standing: "in_force" });
    });

    test("keeps what is attached to tickets and what the desk uploads", async () => {
      const enterprise = await buyer(server, "demo-enterprise");
      const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
      await seller.put("/v1/orders/S3-2", orderBody({ lines }));
      const { ticket } = await read<Thread>(await enterprise.post("/v1/tickets", { order: "S3-2" }));
      const scanned = scannedPdf();
      const attached = await postPdf(enterprise, `/v1/tickets/${ticket}/attachments`, scanned);
      const { id } = await read<{ id: string }>(attached);
      const got = await enterprise.get(`/v1/tickets/${ticket}/attachments/${id}`);
      expect(Buffer.from(await got.arrayBuffer()).equals(scanned)).toBe(true);
      const contractDesk = await desk(server, "contract-desk-1");
      expect((await postPdf(contractDesk, `/v1/tickets/${ticket}/resolve`, scannedPdf())).status).toBe(200);
    });

    test("while the bucket cannot be reached: 202 and never issued, 503, a doctor who says so; then it heals", async () => {
      await seller.put("/v1/orders/S3-3", orderBody());
      way.turn("cut");
      const response = await seller.post("/v1/orders/S3-3/contract", {});
      expect(response.status).toBe(202);
      const waiting = await read<ContractJson>(response);
      const refused = await documentOf(contract);
      expect([refused.status, (await problemOf(refused)).code]).toEqual([503, "storage_unavailable"]);
      const { environment } = server.services;
      const [files] = await diagnoseObjects(environment, server.services, "en");
      expect(files).toMatchObject({ name: "files", ok: false });
      expect(await read<ContractJson>(await seller.get(`/v1/contracts/${waiting.number}`))).toMatchObject({
        sha256: null,
      });
      way.turn("open");
      await expect.poll(async () => (await documentOf(waiting)).status, WAIT).toBe(200);
      expect((await documentOf(contract)).status).toBe(200);
    }, 60_000);

    test("a store that is silent is as good as none: the request is answered all the same", async () => {
      await seller.put("/v1/orders/S3-4", orderBody());
      way.turn("silent");
      const response = await seller.post("/v1/orders/S3-4/contract", {});
      expect(response.status).toBe(202);
      way.turn("open");
      const { number } = await read<ContractJson>(response);
      await expect.poll(async () => (await seller.get(`/v1/contracts/${number}/document.pdf`)).status, WAIT).toBe(200);
    }, 60_000);

    test("a file that somebody altered in the bucket is not given out, and the doctor counts it", async () => {
      await stranger.overwrite(`${prefix}/objects/${contract.sha256}`, Buffer.from("%PDF-1.7 something else"));
      const response = await documentOf(contract);
      expect([response.status, (await problemOf(response)).code]).toEqual([500, "document_damaged"]);
      const { environment } = server.services;
      const checks = await diagnoseObjects(environment, server.services, "en");
      expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
        ["files", true],
        ["damaged files", false],
      ]);
      expect(checks[1]?.detail).toContain(`sealed file of contract ${contract.number}: altered`);
      await stranger.overwrite(`${prefix}/objects/${contract.sha256}`, pdf);
      expect((await documentOf(contract)).status).toBe(200);
      expect((await diagnoseObjects(environment, server.services, "en")).every(({ ok }) => ok)).toBe(true);
    });
  });
});
