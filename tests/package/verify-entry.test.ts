import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtOrderseal } from "../cli/built-orderseal.ts";
import { machine, read, stranger } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** All that the entry point needs beside Node. */
const NEEDED = ["temporal-polyfill", "temporal-utils"];
const run = promisify(execFile);

/** As somebody would write it who has the package, the root certificate and the log's key, and no connection. */
const SCRIPT = `
import { readFileSync } from "node:fs";
import { createHash, X509Certificate } from "node:crypto";
import { openCheckingProcess, openLogProof, openStatus, parseVerifierKey, readEmbeddedFile, verifyDocument } from "orderseal/verify";
const pdf = readFileSync("contract.pdf");
const roots = [new X509Certificate(readFileSync("root.pem")).raw];
const keys = [parseVerifierKey(readFileSync("log.key", "utf8"))];
const proof = openLogProof(readFileSync("contract.tlog-proof", "utf8"), keys);
const status = openStatus(readFileSync("contract.status", "utf8"), keys);
const altered = Buffer.from(pdf);
altered[200] ^= 1;
const checking = openCheckingProcess();
const apart = await checking.check(pdf, { roots, at: new Date() });
await checking.close();
console.log(JSON.stringify({
  verdict: verifyDocument(pdf, { roots, at: new Date() }).verdict,
  apart: apart.verdict,
  altered: verifyDocument(altered, { roots, at: new Date() }).verdict,
  logged: proof.statement.document === createHash("sha256").update(pdf).digest("hex"),
  number: JSON.parse(readEmbeddedFile(pdf, "contract.json").toString()).number,
  standing: status.standing,
}));
`;

let server: TestServer;
let folder: string;
beforeAll(async () => {
  await builtOrderseal();
  [server, folder] = await Promise.all([startTestServer(), mkdtemp(join(tmpdir(), "orderseal-package-"))]);
}, 120_000);
afterAll(async () => {
  await server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test("whoever installs the package verifies with orderseal/verify, without database, server or connection", async () => {
  const seller = machine(server);
  const { number } = await read<{ number: string }>(await seller.post("/v1/orders/D100000000001/contract", {}));
  const download = async (path: string) =>
    Buffer.from(await (await seller.get(`/v1/contracts/${number}/${path}`)).arrayBuffer());
  await writeFile(join(folder, "contract.pdf"), await download("document.pdf"));
  await writeFile(join(folder, "contract.status"), await download("status-record"));
  await expect.poll(async () => (await seller.get(`/v1/contracts/${number}/log-proof`)).status).toBe(200);
  await writeFile(join(folder, "contract.tlog-proof"), await download("log-proof"));
  const { keys } = await read<{ keys: readonly string[] }>(await stranger(server).get("/v1/log/keys"));
  await writeFile(join(folder, "log.key"), keys[0] ?? "");
  await cp(join(server.services.environment.home, "keys/roots/demo-root.pem"), join(folder, "root.pem"));
  await writeFile(join(folder, "check.mjs"), SCRIPT);
  await unpackPackage();

  const { stdout } = await run(process.execPath, ["check.mjs"], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    ...{ verdict: "passed", apart: "passed", altered: "failed", logged: true },
    ...{ number, standing: "in_force" },
  });
}, 60_000);

/** What npm would publish, and beside it nothing but what it needs. */
async function unpackPackage(): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "orderseal"), { recursive: true });
  const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], { cwd: ROOT });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ readonly filename: string }];
  await run("tar", ["-xzf", join(folder, filename), "-C", join(modules, "orderseal"), "--strip-components=1"]);
  for (const name of NEEDED) await cp(join(ROOT, "node_modules", name), join(modules, name), { recursive: true });
}
