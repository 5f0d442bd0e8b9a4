import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { desk, machine, read, stranger } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type CommandLine, openCommandLine } from "./command-line.ts";

/** Somebody on another machine, who has files and keys and no connection. */
let elsewhere: CommandLine;
let server: TestServer;
let number: string;
let key: string;
const file = (name: string) => join(elsewhere.home, name);
const TRUST = () => ["--trust", join(server.services.environment.home, "keys/roots/demo-root.pem")];

beforeAll(async () => {
  [elsewhere, server] = await Promise.all([openCommandLine(), startTestServer()]);
  number = await issue("D100000000001", "contract");
  await issue("D100000000002", "other");
  const { keys } = await read<{ keys: readonly string[] }>(await stranger(server).get("/v1/log/keys"));
  key = keys[0] ?? "";
  await writeFile(file("log.key"), `${keys.join("\n")}\n`);
}, 60_000);
afterAll(async () => {
  await Promise.all([server.close(), elsewhere.remove()]);
});

async function issue(order: string, name: string): Promise<string> {
  const seller = machine(server);
  const contract = await read<{ number: string }>(await seller.post(`/v1/orders/${order}/contract`, {}));
  for (const path of ["document.pdf", "log-proof", "status-record"]) {
    for (;;) {
      const response = await seller.get(`/v1/contracts/${contract.number}/${path}`);
      if (response.status === 404) continue;
      await writeFile(file(`${name}.${path.split(/[.-]/).at(-1)}`), Buffer.from(await response.arrayBuffer()));
      break;
    }
  }
  return contract.number;
}

function verify(...args: readonly string[]) {
  return elsewhere.run(["verify", file("contract.pdf"), "--offline", ...TRUST(), ...args]);
}

test("with the root and the log's key: sound, in the log, and in force until the status is to be renewed", async () => {
  const proofs = ["--log-key", file("log.key"), "--proof", file("contract.proof"), "--status", file("contract.record")];
  const { exitCode, out } = await verify(...proofs);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^passed \(intact\)/);
  expect(out).toMatch(
    new RegExp(`in the transparency log \\S+ with \\d+ (leaf|leaves): contract ${number} was issued at 20`),
  );
  expect(out).toMatch(/standing: in_force \(.+\), as signed at 20\S+, to be relied on until 20/);
  const [said] = await elsewhere.json<object>(["verify", file("contract.pdf"), "--offline", ...TRUST(), ...proofs]);
  expect(said).toMatchObject({
    ...{ verdict: "passed", issuedHere: null, number, standing: "in_force", faults: [] },
    ...{ logged: { kind: "issued", number }, status: { standing: "in_force", isCurrent: true } },
  });
});

test.each([
  ["of another file", ["--proof", "other.proof"], "the proof of the log is of another file"],
  ["of another file", ["--status", "other.record"], "the signed status is of another file"],
  ["that are none", ["--proof", "contract.pdf"], "the proof of the log is no such text, or was altered"],
  ["that are none", ["--status", "contract.proof"], "the signed status is not signed by the key"],
])("proofs %s are told, exit 1: %j", async (_, [option = "", name = ""], sentence) => {
  const { exitCode, out } = await verify("--log-key", key, option, file(name));
  expect(exitCode).toBe(1);
  expect(out).toContain(sentence);
});

test("a status that is altered, or signed by somebody else, tells nothing", async () => {
  const status = await (await machine(server).get(`/v1/contracts/${number}/status-record`)).text();
  await writeFile(file("altered.status"), status.replace("in_force", "not_started"));
  const altered = await verify("--log-key", key, "--status", file("altered.status"));
  expect([altered.exitCode, altered.out.includes("standing:")]).toEqual([1, false]);
  const others = "example.com/log+c2a8b5d1+AVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV";
  expect(await verify("--log-key", others, "--status", file("contract.record"))).toMatchObject({ exitCode: 2 });
  expect(await verify("--status", file("contract.record"))).toMatchObject({
    ...{ exitCode: 2, err: expect.stringContaining("--log-key") },
  });
});

test("a contract that was voided since: the new status and its second entry say so (R22)", async () => {
  const person = await desk(server, "contract-desk-1");
  expect((await person.post(`/v1/contracts/${number}/void`, { reason: "开票信息有误" })).status).toBe(200);
  const seller = machine(server);
  await expect.poll(async () => (await seller.get(`/v1/contracts/${number}/log-proof?kind=voided`)).status).toBe(200);
  const proof = await seller.get(`/v1/contracts/${number}/log-proof?kind=voided`);
  await writeFile(file("voided.proof"), Buffer.from(await proof.arrayBuffer()));
  const status = await seller.get(`/v1/contracts/${number}/status-record`);
  await writeFile(file("voided.record"), Buffer.from(await status.arrayBuffer()));
  const { out } = await verify("--log-key", key, "--proof", file("voided.proof"), "--status", file("voided.record"));
  expect(out).toContain(`contract ${number} was declared void at`);
  expect(out).toContain("standing: void");
});
