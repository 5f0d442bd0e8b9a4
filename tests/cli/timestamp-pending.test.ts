import { afterAll, beforeAll, expect, test } from "vitest";
import type { Installation, OpenInstallation } from "../../src/cli/installation.ts";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { diagnoseTimestamps } from "../../src/diagnose-timestamps.ts";
import { SOURCES } from "../../src/sources/sources.ts";
import { freePort } from "../free-port.ts";
import { type IssuingBench, openIssuingBench } from "../store/issuing-bench.ts";

let bench: IssuingBench;
let open: OpenInstallation;
beforeAll(async () => {
  bench = await openIssuingBench();
  await bench.place("WAITS");
  const ports = await bench.ports();
  const seal = async () =>
    ({ kind: "no_timestamp", failure: { reason: "timeout", detail: "no answer within 5000 ms" } }) as const;
  open = {
    ...bench.services,
    issuing: async () => ({ ...(await bench.services.issuing()), ...ports, sealer: { seal } }),
  };
});
afterAll(() => bench.close());

async function run(language: Terminal["language"], ...args: readonly string[]) {
  const said = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    language,
  };
  const installation: Installation = {
    sources: async () => SOURCES,
    use: (work) => work(open),
    checkSeal: () => Promise.reject(new Error("not here")),
    drawSamples: () => {
      throw new Error("not here");
    },
    lookAtPages: () => Promise.reject(new Error("not here")),
    keys: () => Promise.reject(new Error("not here")),
    backUp: () => Promise.reject(new Error("a backup was made")),
    restore: () => Promise.reject(new Error("a backup was restored")),
    serve: () => Promise.reject(new Error("not here")),
    diagnose: () => diagnoseTimestamps(bench.services.environment, bench.services, language),
  };
  return { exitCode: await runCommandLine(args, terminal, installation), ...said };
}

test("a request whose contract has to wait says so, in the language of the terminal, and that nothing is to be done", async () => {
  const { exitCode, err } = await run("zh-CN", "request", "WAITS");
  expect(exitCode).toBe(3);
  expect(err).toMatch(
    /^DEMO-\d{6}-\d{6}-.: 合同已受理，正在等待可信时间戳（时间戳服务未及时应答）；取得后自动出具，无须重新申请。\n$/,
  );
});

test("the list and the contract say it", async () => {
  expect((await run("en", "contracts", "list")).out).toContain("In force (timestamp pending)");
  expect((await run("zh-CN", "contracts", "list")).out).toContain("有效（等待时间戳）");
  const { out } = await run("en", "contracts", "list", "--json");
  const line = JSON.parse(out) as { number: string };
  expect(line).toMatchObject({ state: "issuing", waitingFor: { what: "timestamp", reason: "timeout" }, sha256: null });
  expect((await run("en", "contracts", "show", line.number)).out).toMatch(
    /waitingFor +timestamp, since .+ \(timeout\)/,
  );
});

test("doctor counts who waits, and asks the authority", async () => {
  const { exitCode, out } = await run("en", "doctor");
  expect(exitCode).toBe(3);
  expect(out).toContain("✗ timestamps: no authority is configured, and contracts wait for one; set ORDERSEAL_TSA_URL");
  expect(out).toMatch(/✗ timestamp pending: 1 contract waits for a timestamp, since 20\d\d-/);
  const inChinese = await run("zh-CN", "doctor");
  expect(inChinese.out).toContain("✗ timestamps: 未配置时间戳服务，但有合同正在等待时间戳；请设置 ORDERSEAL_TSA_URL");
  expect(inChinese.out).toMatch(/✗ timestamp pending: 1 份合同正在等待时间戳，最早自 20\d\d-/);
  const timestampUrl = `http://127.0.0.1:${await freePort()}/`;
  const [authority] = await diagnoseTimestamps({ ...bench.services.environment, timestampUrl }, bench.services, "en");
  expect(authority).toMatchObject({ name: "timestamps", ok: false, detail: expect.stringContaining("unreachable") });
});
