import { createHash } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Value } from "typebox/value";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ContractData } from "../../src/application/contract-data-schema.ts";
import { contractNumber } from "../../src/domain/contract-number.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { readEmbeddedFile } from "../../src/verify/embedded-file.ts";
import { objectDirectory } from "../object-directory.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
let contract: ContractJson;
let path: string;
let whole: Buffer;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  contract = await read<ContractJson>(await seller.post("/v1/orders/D100000000001/contract", {}));
  path = `/v1/contracts/${contract.number}/document.pdf`;
  whole = await bytesOf(await seller.get(path));
});
afterAll(() => server.close());

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

test("the file says what it is and may be kept for ever, by its reader only (R5)", async () => {
  const { status, headers } = await seller.get(path);
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    etag: `"${contract.sha256}"`,
    "content-type": "application/pdf",
    "content-length": String(whole.length),
    "cache-control": "private, max-age=31536000, immutable",
    "accept-ranges": "bytes",
    "content-disposition": `inline; filename="${contract.number}.pdf"`,
    "x-content-type-options": "nosniff",
  });
});

test("what is downloaded is byte for byte what was sealed, however often (R5)", async () => {
  const { services } = server;
  const issued = await services.database
    .selectFrom("contracts")
    .select("document_sha256")
    .where("number", "=", contract.number)
    .executeTakeFirstOrThrow();
  const again = await bytesOf(await seller.get(path));
  for (const file of [whole, again]) {
    expect(createHash("sha256").update(file).digest("hex")).toBe(issued.document_sha256);
  }
  expect(contract.sha256).toBe(issued.document_sha256);
});

test("the data alone is what is embedded in the file, byte for byte, and fits the published schema (R7)", async () => {
  const response = await seller.get(`/v1/contracts/${contract.number}/contract.json`);
  const text = await response.text();
  expect(text).toBe(readEmbeddedFile(whole, "contract.json")?.toString("utf8"));
  const hash = createHash("sha256").update(text).digest("hex");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    etag: `"${hash}"`,
    "content-type": "application/json; charset=utf-8",
    "cache-control": "private, max-age=31536000, immutable",
  });
  expect([...Value.Errors(ContractData, JSON.parse(text))]).toEqual([]);
  const stranger = await buyer(server, "demo-domains");
  for (const number of [contract.number, "DEMO-209901-000001-0", "x"]) {
    expect((await stranger.get(`/v1/contracts/${number}/contract.json`)).status).toBe(404);
  }
});

test("a number typed in lower case finds its contract", async () => {
  const response = await seller.get(path.replace(contract.number, contract.number.toLowerCase()));
  expect((await bytesOf(response)).equals(whole)).toBe(true);
});

test("HEAD tells the same without the file", async () => {
  const response = await seller.send("HEAD", path);
  expect(response.status).toBe(200);
  expect(response.headers.get("etag")).toBe(`"${contract.sha256}"`);
  expect(response.headers.get("content-length")).toBe(String(whole.length));
  expect(await response.text()).toBe("");
});

describe("a reader who has the file already (If-None-Match)", () => {
  test.each(["TAG", "W/TAG", '"other", TAG', "*"])("%s: 304 without a body", async (pattern) => {
    const tags = pattern.replace("TAG", `"${contract.sha256}"`);
    const response = await seller.get(path, { "if-none-match": tags });
    expect(response.status).toBe(304);
    expect(response.headers.get("etag")).toBe(`"${contract.sha256}"`);
    expect(await response.text()).toBe("");
  });

  test("another tag gets the file", async () => {
    expect((await seller.get(path, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("and asks for a part is told 304 all the same", async () => {
    const headers = { "if-none-match": `"${contract.sha256}"`, range: "bytes=0-9" };
    expect((await seller.get(path, headers)).status).toBe(304);
  });
});

describe("ranges (RFC 9110, section 14)", () => {
  test.each<[string, (size: number) => [first: number, last: number]]>([
    ["bytes=0-0", () => [0, 0]],
    ["bytes=0-99", () => [0, 99]],
    ["bytes=100-199", () => [100, 199]],
    ["bytes=100-", (size) => [100, size - 1]],
    ["bytes=-50", (size) => [size - 50, size - 1]],
    ["bytes=-99999999999", (size) => [0, size - 1]],
    ["bytes=10-99999999999", (size) => [10, size - 1]],
  ])("%s is served as 206", async (range, expected) => {
    const [first, last] = expected(whole.length);
    const response = await seller.get(path, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${first}-${last}/${whole.length}`);
    expect(response.headers.get("content-length")).toBe(String(last - first + 1));
    expect((await bytesOf(response)).equals(whole.subarray(first, last + 1))).toBe(true);
  });

  test.each(["bytes=99999999-", "bytes=-0"])("%s cannot be satisfied: 416, not to be kept", async (range) => {
    const response = await seller.get(path, { range });
    expect(response.status).toBe(416);
    expect(response.headers.get("content-range")).toBe(`bytes */${whole.length}`);
    expect(response.headers.get("cache-control") ?? "").not.toContain("immutable");
    expect(await response.text()).toBe("");
  });

  test.each(["bytes=0-9,20-29", "bytes=9-5", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-9;x", "bytes 0-9"])(
    "%s is no single range: the whole file",
    async (range) => {
      const response = await seller.get(path, { range });
      expect(response.status).toBe(200);
      expect((await bytesOf(response)).equals(whole)).toBe(true);
    },
  );

  test("If-Range with this file's tag gets the part, with any other the whole", async () => {
    const range = "bytes=0-9";
    const same = await seller.get(path, { range, "if-range": `"${contract.sha256}"` });
    expect(same.status).toBe(206);
    for (const other of ['"other"', `W/"${contract.sha256}"`, "Wed, 21 Oct 2026 07:28:00 GMT"]) {
      expect((await seller.get(path, { range, "if-range": other })).status).toBe(200);
    }
  });

  test("put together, the parts are the file", async () => {
    const middle = Math.floor(whole.length / 2);
    const parts = await Promise.all(
      [`bytes=0-${middle}`, `bytes=${middle + 1}-`].map(async (range) => bytesOf(await seller.get(path, { range }))),
    );
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
  });
});

describe("another account's contract", () => {
  test.each(["", "/document.pdf"])("is not found, exactly like none (…%s)", async (rest) => {
    const stranger = await buyer(server, "demo-domains");
    const owner = await buyer(server, "demo-enterprise");
    expect((await owner.get(`/v1/contracts/${contract.number}${rest}`)).status).toBe(200);
    const answers = await Promise.all(
      [contract.number, contractNumber("DEMO", "202001", 1), `${contract.number.slice(0, -1)}-`, "nonsense"].map(
        async (number) => {
          const response = await stranger.get(`/v1/contracts/${number}${rest}`, { "if-none-match": "*" });
          const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "date"));
          return { status: response.status, headers, body: await response.text() };
        },
      ),
    );
    expect(answers[0]).toMatchObject({ status: 404, body: expect.stringContaining('"not_found"') });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test("is not in the list either", async () => {
    const stranger = await buyer(server, "demo-domains");
    expect(await read(await stranger.get("/v1/contracts"))).toEqual({ items: [], next: null });
  });
});

test("contracts are listed newest first, page by page, with standing and hash", async () => {
  const numbers = [contract.number];
  for (const order of ["LIST-1", "LIST-2", "LIST-3", "LIST-4"]) {
    await seller.put(`/v1/orders/${order}`, orderBody());
    numbers.push((await read<ContractJson>(await seller.post(`/v1/orders/${order}/contract`, {}))).number);
  }
  const found: ContractJson[] = [];
  let cursor = "";
  for (let page = 0; page < 5; page++) {
    type Page = { items: ContractJson[]; next: string | null };
    const { items, next } = await read<Page>(await seller.get(`/v1/contracts?limit=2${cursor}`));
    found.push(...items);
    if (next === null) break;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
  expect(found.map(({ number }) => number)).toEqual(numbers.toReversed());
  for (const { standing, sha256 } of found) expect([standing, sha256?.length]).toEqual(["in_force", 64]);
});

test("a stored file that was altered is not let out, and no cache keeps the failure", async () => {
  await seller.put("/v1/orders/ALTERED", orderBody());
  const altered = await read<ContractJson>(await seller.post("/v1/orders/ALTERED/contract", {}));
  const objects = objectDirectory(server.services);
  const found = await readdir(objects, { recursive: true });
  const file = found.find((name) => name.replace("/", "") === altered.sha256) ?? "";
  await writeFile(join(objects, file), Buffer.from("%PDF-1.7 something else"));
  const response = await seller.get(`/v1/contracts/${altered.number}/document.pdf`);
  expect(response.status).toBe(500);
  expect(await problemOf(response)).toMatchObject({ code: "document_damaged" });
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  for (const name of ["etag", "content-disposition", "accept-ranges"]) {
    expect([name, response.headers.get(name)]).toEqual([name, null]);
  }
  expect(server.printed.join("\n")).toMatch(
    new RegExp(`ATTENTION: .*sealed file of contract ${altered.number}.* was altered`),
  );
});
