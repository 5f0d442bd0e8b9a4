import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importOrders } from "../../src/application/import-orders.ts";
import { extractSignature } from "../../src/document/seal/signature-extraction.fixture.ts";
import { parseAccountId, parseSellerId } from "../../src/domain/identifiers.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { SOURCE_FORMATS } from "../../src/sources/source-format.ts";
import { ALL_RULES, findFaults } from "../../src/verify/conformance/find-faults.ts";
import { readEmbeddedFile } from "../../src/verify/embedded-file.ts";
import { type Caller, machine, read } from "../http/caller.ts";
import { judgeTest, type RunJudge } from "../judges.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { GOLDEN, ORDERS, SAMPLE } from "./sample-file.ts";

const CONTRACTABLE = Object.keys(GOLDEN).filter((order) => GOLDEN[order]?.kind === "issue");
/** Two lines, pay-as-you-go, unpaid, an unpaid domain, a marketplace's seller, dollars, yen: these in each language alone, too. */
const TELLING = [
  "210001000000001",
  "210001000000002",
  "210001000000008",
  "210002000000001",
  "210004000000001",
  "210005000000001",
  "210005000000002",
];
/** One order has one contract, so the same orders come in again under other numbers. */
const EDITIONS = [
  { language: "zh-CN+en", prefix: "2100", orders: CONTRACTABLE },
  { language: "zh-CN", prefix: "3100", orders: TELLING },
  { language: "en", prefix: "4100", orders: TELLING },
] as const;

interface Issued {
  readonly contract: ContractJson;
  readonly language: string;
  readonly path: string;
  readonly pdf: Buffer;
}

let server: TestServer;
let seller: Caller;
let folder: string;
let root: string;
const issued: Issued[] = [];
beforeAll(async () => {
  // Some thirty are requested together, and the last of them waits for all the others.
  server = await startTestServer({}, { patienceMs: 60_000 });
  seller = machine(server);
  folder = await mkdtemp(join(tmpdir(), "orderseal-sample-"));
  root = join(server.services.environment.home, "keys/roots/demo-root.pem");
  await seller.put("/v1/accounts/sample", {
    identity: { state: "verified", kind: "enterprise", legalName: "北京样本科技有限公司" },
  });
  for (const { language, prefix, orders } of EDITIONS) {
    await importSample(prefix);
    const numbers = orders.map((order) => order.replace(/^2100/, prefix));
    issued.push(...(await Promise.all(numbers.map((order) => issue(order, language)))));
  }
}, 60_000);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function importSample(prefix: string): Promise<void> {
  const [account, seller] = [parseAccountId("sample"), parseSellerId("demo-cloud")];
  if (!account || !seller) throw new Error("not ids");
  const bytes = Buffer.from(SAMPLE.replaceAll('"OrderId": "2100', `"OrderId": "${prefix}`));
  async function* input() {
    yield bytes;
  }
  const entries = SOURCE_FORMATS["billing-api"](input(), { account, seller });
  let created = 0;
  for await (const { outcome } of importOrders(server.services, { kind: "operator", id: "test" }, entries)) {
    if (outcome === "created") created += 1;
  }
  expect(created).toBe(ORDERS);
}

async function issue(order: string, language: string): Promise<Issued> {
  const response = await seller.post(`/v1/orders/${order}/contract`, { language, contact: "采购部 Ms. Li" });
  expect([order, response.status, server.printed]).toEqual([order, 201, []]);
  const contract = await read<ContractJson>(response);
  const document = await seller.get(`/v1/contracts/${contract.number}/document.pdf`);
  const pdf = Buffer.from(await document.arrayBuffer());
  const path = join(folder, `${order}.pdf`);
  await writeFile(path, pdf);
  return { contract, language, path, pdf };
}

test("every contractable order of the sample has its contract, some in each language", () => {
  expect(issued).toHaveLength(CONTRACTABLE.length + 2 * TELLING.length);
  expect(CONTRACTABLE).toHaveLength(20);
  expect(new Set(issued.map(({ contract }) => contract.number)).size).toBe(issued.length);
});

test("each document carries the frozen contract, with exact amounts in the order's currency (R7, R12)", () => {
  interface Frozen {
    readonly number: string;
    readonly language: string;
    readonly currency: string;
    readonly amounts: { readonly total: string } | null;
    readonly seller: { readonly nameZh: string };
    readonly lines: readonly unknown[];
    readonly term: { readonly endsAt: string | null } | null;
  }
  const frozen = new Map(
    issued.map(({ contract, language, pdf }) => {
      const snapshot = JSON.parse(readEmbeddedFile(pdf, "contract.json")?.toString("utf8") ?? "{}") as Frozen;
      expect(snapshot).toMatchObject({ number: contract.number, language });
      return [contract.order, snapshot];
    }),
  );
  for (const { prefix, orders } of EDITIONS) {
    const of = (order: string) => frozen.get(order.replace(/^2100/, prefix));
    const amount = (order: string) => `${of(order)?.currency} ${of(order)?.amounts?.total ?? "not shown"}`;
    expect(amount("210001000000001")).toBe("CNY 11730.00");
    expect(of("210001000000001")?.lines).toHaveLength(2);
    expect(amount("210001000000002")).toBe("CNY not shown");
    expect(of("210001000000002")?.term?.endsAt).toBeNull();
    expect(amount("210005000000001")).toBe("USD 1728.50");
    expect(amount("210005000000002")).toBe("JPY 217800");
    expect(of("210004000000001")?.seller.nameZh).toBe("上海示例软件有限公司");
    expect(orders.length).toBeGreaterThan(0);
  }
});

test("each document is PDF/A-3a and PDF/UA-1 as far as we can check it ourselves", () => {
  for (const { path, pdf } of issued) expect([path, findFaults(pdf, ALL_RULES)]).toEqual([path, []]);
});

describe("outside judges accept every one of them", () => {
  judgeTest("pdfsig", "the signature is valid and the total document is signed", (pdfsig) => {
    for (const { path } of issued) {
      const { output } = pdfsig("-nocert", path);
      expect([path, output]).toEqual([path, expect.stringContaining("Signature Validation: Signature is Valid.")]);
      expect(output).toContain("Total document signed");
      expect(output.match(/Signature #/g)).toHaveLength(1);
    }
  });

  judgeTest("qpdf", "the structure is without fault", (qpdf) => {
    for (const { path } of issued) {
      const { exitCode, output } = qpdf("--check", path);
      expect([path, exitCode, output]).toEqual([
        path,
        0,
        expect.stringContaining("No syntax or stream encoding errors"),
      ]);
    }
  });

  judgeTest("mutool", "the document is unchanged since signing", (mutool) => {
    for (const { path } of issued) expect(mutool("sign", "-v", path).output).toContain("unchanged since signing");
  });

  judgeTest("openssl", "the signature is CAdES, up to the installation's root", async (openssl) => {
    for (const { path, pdf } of issued) {
      const { exitCode, output } = await verifyCms(openssl, pdf);
      expect([path, exitCode, output]).toEqual([path, 0, expect.stringContaining("CAdES Verification successful")]);
    }
  });

  judgeTest("openssl", "with one byte flipped it is refused", async (openssl) => {
    for (const { pdf } of issued.slice(0, 3)) {
      expect((await verifyCms(openssl, flipped(pdf))).exitCode).not.toBe(0);
    }
  });
});

/** openssl's verdict on the CMS of the PDF, with the installation's demonstration root as the only trusted one. */
async function verifyCms(openssl: RunJudge, pdf: Buffer) {
  const { cms, content } = extractSignature(pdf);
  const [cmsPath, contentPath] = [join(folder, "cms.der"), join(folder, "content")];
  await Promise.all([writeFile(cmsPath, cms), writeFile(contentPath, content)]);
  expect((await readFile(root, "utf8")).startsWith("-----BEGIN CERTIFICATE-----")).toBe(true);
  const files = ["-in", cmsPath, "-content", contentPath, "-CAfile", root];
  return openssl(
    "cms",
    "-verify",
    "-cades",
    "-binary",
    "-inform",
    "DER",
    ...files,
    "-purpose",
    "any",
    "-out",
    "/dev/null",
  );
}

function flipped(pdf: Buffer): Buffer {
  const copy = Buffer.from(pdf);
  copy.writeUInt8(copy.readUInt8(2000) ^ 1, 2000);
  return copy;
}
