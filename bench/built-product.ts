import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "../tests/free-port.ts";
import { type Client, openClient } from "./http-client.ts";
import { cpuOf, processTree } from "./processes.ts";
import type { Scratch } from "./scratch.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const ORDERSEAL = join(ROOT, "bin", "orderseal.js");
const LONGEST_START_MS = 60_000;
const LONGEST_STOP_MS = 20_000;
const run = promisify(execFile);

/** The product as it is shipped, in a process of its own with the embedded PostgreSQL, on this machine's disk. */
export interface BuiltProduct {
  readonly url: string;
  /** A machine's. */
  readonly apiKey: string;
  readonly client: Client;
  /** Where it keeps everything. */
  readonly home: string;
  readonly servicePid: number;
  rendererPids(): readonly number[];
  /** CPU time so far in ms. */
  cpu(): ProductCpu;
}

export interface ProductCpu {
  readonly serviceMs: number;
  readonly renderersMs: number;
  readonly postgresMs: number;
}

/** Builds what is stale of it. */
export async function buildProduct(): Promise<void> {
  await run(process.execPath, [join(ROOT, "scripts", "build.mjs"), "--if-needed"], { cwd: ROOT });
}

/** Builds what is stale, starts in demo mode in an empty home, makes a machine's key. */
export async function startBuiltProduct(
  scratch: Scratch,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BuiltProduct> {
  await buildProduct();
  const port = await freePort();
  const home = join(scratch.directory, name);
  const environment = { ...productEnvironment(home, port), ...settings };
  const service = spawn(process.execPath, [ORDERSEAL, "serve"], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  scratch.atEnd(() => stop(service));
  await ready(service);
  const servicePid = service.pid ?? 0;
  const { stdout } = await run(process.execPath, [ORDERSEAL, "api-keys", "create", "--json"], { env: environment });
  const { key } = JSON.parse(stdout) as { readonly key: string };
  const url = `http://127.0.0.1:${port}`;
  const client = openClient(url, key);
  scratch.atEnd(async () => client.close());
  return {
    url,
    apiKey: key,
    client,
    home,
    servicePid,
    rendererPids: () => renderersOf(servicePid).map(({ pid }) => pid),
    cpu: () => cpuByPart(servicePid),
  };
}

/** Ours, without what the caller's shell says about any installation of its own. */
function productEnvironment(home: string, port: number): NodeJS.ProcessEnv {
  const foreign = Object.entries(process.env).filter(
    ([name]) => !/^(ORDERSEAL_.*|DATABASE_URL|NODE_OPTIONS)$/.test(name),
  );
  return { ...Object.fromEntries(foreign), ORDERSEAL_HOME: home, ORDERSEAL_PORT: String(port) };
}

async function ready(service: ChildProcess): Promise<void> {
  let said = "";
  const answered = new Promise<void>((resolve, reject) => {
    for (const stream of [service.stdout, service.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        said = (said + text).slice(-4000);
        if (said.includes("Orderseal is ready")) resolve();
      });
    }
    service.once("exit", () => reject(new Error(`Orderseal ended before it was ready:\n${said}`)));
  });
  const late = new AbortController();
  const tooLate = sleep(LONGEST_START_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Orderseal was not ready in ${LONGEST_START_MS} ms:\n${said}`);
  });
  try {
    await Promise.race([answered, tooLate]);
  } finally {
    late.abort();
    tooLate.catch(() => undefined);
  }
}

/** As an operator stops it; it takes its database along. */
async function stop(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const postgres = postmasterOf(service.pid ?? 0);
  const ended = once(service, "exit");
  service.kill("SIGTERM");
  const deadline = setTimeout(() => {
    service.kill("SIGKILL");
    if (postgres !== null) process.kill(postgres, "SIGQUIT");
  }, LONGEST_STOP_MS);
  await ended;
  clearTimeout(deadline);
}

function cpuByPart(servicePid: number): ProductCpu {
  const tree = processTree(servicePid);
  const postmaster = postmasterOf(servicePid);
  const postgres = postmaster === null ? [] : processTree(postmaster);
  const renderers = renderersOf(servicePid);
  return {
    serviceMs: cpuOf(tree.filter(({ pid }) => pid === servicePid)),
    renderersMs: cpuOf(renderers),
    postgresMs: cpuOf(postgres),
  };
}

function renderersOf(servicePid: number) {
  return processTree(servicePid).filter(({ command }) => /render-worker/.test(command));
}

function postmasterOf(servicePid: number): number | null {
  const found = processTree(servicePid).find(({ command }) => /\/postgres -D /.test(command));
  return found?.pid ?? null;
}
