import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkObjects } from "../../src/application/check-objects.ts";
import type { ReferredObject } from "../../src/application/object-books.ts";
import type { Sha256 } from "../../src/domain/identifiers.ts";
import { buyer, desk, machine, read } from "../http/caller.ts";
import { postPdf, scannedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

/** One contract that was sealed, one that was uploaded, and what was attached to its ticket. */
let server: TestServer;
let sealed: string;
let offline: string;
let ticket: string;
beforeAll(async () => {
  server = await startTestServer();
  const seller = machine(server);
  ({ number: sealed } = await read<{ number: string }>(await seller.post("/v1/orders/D100000000001/contract", {})));
  const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
  await seller.put("/v1/orders/BESPOKE-1", orderBody({ lines }));
  const enterprise = await buyer(server, "demo-enterprise");
  ({ ticket } = await read<{ ticket: string }>(await enterprise.post("/v1/tickets", { order: "BESPOKE-1" })));
  expect((await postPdf(enterprise, `/v1/tickets/${ticket}/attachments`, scannedPdf())).status).toBe(201);
  const resolved = await postPdf(await desk(server, "contract-desk-1"), `/v1/tickets/${ticket}/resolve`, scannedPdf());
  expect(resolved.status).toBe(200);
  ({ contract: offline } = await read<{ contract: string }>(await seller.get(`/v1/tickets/${ticket}`)));
});
afterAll(() => server.close());

async function verdicts(): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for await (const { object, verdict } of checkObjects(server.services)) {
    found.push([object.contract ?? object.ticket, object.role, verdict]);
  }
  return found.sort();
}

async function fileOf(role: ReferredObject["role"]): Promise<string> {
  for await (const object of server.services.ledger.referredObjects()) {
    const directory = server.services.environment.objects;
    if (object.role === role) return join(directory, object.hash.slice(0, 2), object.hash.slice(2));
  }
  throw new Error(`nobody refers to a file as ${role}`);
}

test("every file that the books refer to is looked at and told with whoever refers to it", async () => {
  expect(await verdicts()).toEqual(
    [
      [sealed, "sealed", "present"],
      [sealed, "unsealed", "present"],
      [offline, "offline", "present"],
      [ticket, "attachment", "present"],
    ].sort(),
  );
});

test("a file that is gone and one that was altered are told apart, by the contract they belong to", async () => {
  await rm(await fileOf("unsealed"));
  await writeFile(await fileOf("offline"), "%PDF-1.7 something else");
  const found = await verdicts();
  expect(found.filter(([, , verdict]) => verdict !== "present")).toEqual(
    [
      [sealed, "unsealed", "missing"],
      [offline, "offline", "altered"],
    ].sort(),
  );
});

test("all pages of the books are read: 1,001 attachments are 1,001", async () => {
  const { database, ledger } = server.services;
  await sql`
    INSERT INTO ticket_attachments (account, ticket_id, attachment_id, at, side, author, name, sha256, bytes)
    SELECT account, ticket_id, gen_random_uuid(), at, side, author, name, sha256, bytes
    FROM ticket_attachments CROSS JOIN generate_series(1, 1000)`.execute(database);
  let attachments = 0;
  for await (const { role } of ledger.referredObjects()) if (role === "attachment") attachments++;
  expect(attachments).toBe(1001);
});

test("asked for many hashes, the books name those that a row refers to, in whichever column", async () => {
  const referred = new Set<Sha256>();
  for await (const { hash } of server.services.ledger.referredObjects()) referred.add(hash);
  expect(referred.size).toBe(4);
  const stray = "0".repeat(64) as Sha256;
  expect(await server.services.ledger.referredAmong([...referred, stray])).toEqual(referred);
});
