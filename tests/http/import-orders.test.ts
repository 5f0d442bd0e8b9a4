import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, machine, problemOf } from "./caller.ts";
import { orderBody } from "./order-body.ts";

interface Line {
  readonly line: number;
  readonly order: string | null;
  readonly outcome: string;
  readonly field?: string;
  readonly detail?: string;
}

const NDJSON = { "content-type": "application/x-ndjson" };

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
});
afterAll(() => server.close());

function line(order: string, changes: Parameters<typeof orderBody>[0] = {}): string {
  return JSON.stringify({ order, ...orderBody(changes) });
}

async function send(text: RequestInit["body"], headers: Record<string, string> = {}): Promise<readonly Line[]> {
  const response = await seller.send("POST", "/v1/orders:import", { ...NDJSON, ...headers }, text);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
  const answer = await response.text();
  return answer
    .split("\n")
    .filter((part) => part !== "")
    .map((part) => JSON.parse(part) as Line);
}

async function exists(order: string): Promise<boolean> {
  return (await seller.get(`/v1/orders/${order}`)).status === 200;
}

test("each line is answered by its number; what is malformed is refused with the reason, the others go in", async () => {
  const answers = await send(
    [
      line("N1"),
      "{ this is no JSON",
      "",
      line("N2", { account: "nobody" }),
      line("N3", { lines: [{ line: "1", product: "ecs", quantity: "1", total: "1.005" }] }),
      line("N4"),
      line("N1"),
      line("N1", { revision: 2 }),
      line("N1"),
      line("N4", { revision: 3 }),
      line("N4", { revision: 2 }),
      "[]",
    ].join("\r\n"),
  );
  expect(answers.map(({ line, order, outcome, field }) => [line, order, outcome, field])).toEqual([
    [1, "N1", "created", undefined],
    [2, null, "refused", ""],
    [4, "N2", "refused", "account"],
    [5, "N3", "refused", "lines[0].total"],
    [6, "N4", "created", undefined],
    [7, "N1", "unchanged", undefined],
    [8, "N1", "updated", undefined],
    // The very report is known, though a newer one is known as well.
    [9, "N1", "unchanged", undefined],
    [10, "N4", "updated", undefined],
    [11, "N4", "stale", undefined],
    [12, null, "refused", ""],
  ]);
  for (const { outcome, detail = "" } of answers) {
    if (outcome === "refused") expect(detail).toMatch(/\.$/);
  }
  expect(await Promise.all(["N1", "N2", "N3", "N4"].map(exists))).toEqual([true, false, false, true]);
});

test("the reasons are in the reader's language", async () => {
  const [refused] = await send(line("N5", { account: "nobody" }), { "accept-language": "zh-CN" });
  expect(refused?.detail).toMatch(/\p{Script=Han}.*。$/u);
});

test("an amount written as a JSON number keeps none of its digits unchecked", async () => {
  const text = line("N6").replace('"total":"106.00"', '"total":106.00');
  const [refused] = await send(text);
  expect(refused).toMatchObject({ outcome: "refused", field: "lines[0].total" });
});

test("hundreds of orders go in as one stream, wherever its pieces are cut", async () => {
  const text = Array.from({ length: 400 }, (_, index) => line(`S${index}`)).join("\n");
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 3001) yield bytes.subarray(at, at + 3001);
  }
  const answers = await send(ReadableStream.from(pieces()));
  expect(answers.map(({ line, outcome }) => `${line} ${outcome}`)).toEqual(
    Array.from({ length: 400 }, (_, index) => `${index + 1} created`),
  );
});

test("answers come while lines are still being sent", async () => {
  const answered: string[] = [];
  const upload = request(`${server.url}/v1/orders:import`, {
    method: "POST",
    headers: { ...NDJSON, authorization: `Bearer ${server.apiKey}` },
  });
  const ended = new Promise<void>((resolve, reject) => {
    upload.on("error", reject);
    upload.on("response", (response) => {
      response.on("data", (chunk: Buffer) => answered.push(chunk.toString()));
      response.on("end", resolve);
    });
  });
  upload.write(`${line("LIVE-1")}\n`);
  await expect.poll(() => answered.join("")).toContain('"LIVE-1"');
  upload.end(`${line("LIVE-2")}\n`);
  await ended;
  expect(answered.join("")).toContain('"LIVE-2"');
});

test("a connection that breaks loses no finished line and takes no half one", async () => {
  const upload = request(`${server.url}/v1/orders:import`, {
    method: "POST",
    headers: { ...NDJSON, authorization: `Bearer ${server.apiKey}` },
  });
  upload.on("error", () => {});
  // A half line that would be a whole order, if the end of the connection counted as the end of the line.
  upload.write(`${line("CUT-1")}\n${line("CUT-2")}`);
  await expect.poll(() => exists("CUT-1")).toBe(true);
  upload.destroy();
  await sleep(200);
  expect(await exists("CUT-2")).toBe(false);
  expect((await seller.get("/healthz")).status).toBe(200);
});

test("another content type is refused", async () => {
  for (const type of ["application/json", "text/csv", "application/octet-stream"]) {
    const response = await seller.send("POST", "/v1/orders:import", { "content-type": type }, line("TYPE"));
    expect(response.status).toBe(415);
    expect(await problemOf(response)).toMatchObject({ code: "unsupported_media_type" });
  }
  expect(await exists("TYPE")).toBe(false);
});

test("nothing at all is answered with nothing", async () => {
  expect(await send("\n\n")).toEqual([]);
});
