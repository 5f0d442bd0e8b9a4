import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";

/** A real object store that speaks S3: OpenStack Swift as Debian packages it. */
export interface ThrowAwaySwift {
  /** The AWS_* variables that reach it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where it listens: "http://127.0.0.1:1234". */
  readonly url: string;
  /** The version of Debian's package. */
  readonly version: string;
  /** Ends everything and removes what was stored. */
  close(): Promise<void>;
}

const PARTS = ["account", "container", "object"] as const;
const REGION = "us-east-1";
const PATIENCE_MS = 60_000;

/** Whether its packages are installed. */
export function isSwiftInstalled(): boolean {
  return ["swift-proxy-server", "swift-ring-builder", ...PARTS.map((part) => `swift-${part}-server`)].every((program) =>
    existsSync(join("/usr/bin", program)),
  );
}

/**
 * Starts one proxy, account, container and object server each, on loopback ports of their own and with one replica in a
 * new directory, and waits until the store answers. Needs Debian's packages, no daemon of theirs, and no root.
 */
export async function startThrowAwaySwift(): Promise<ThrowAwaySwift> {
  const directory = await mkdtemp(join(tmpdir(), "orderseal-swift-"));
  const running: ChildProcess[] = [];
  const close = async () => {
    await Promise.all(running.map(ended));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const ports: Record<string, number> = { proxy: await freePort() };
    for (const part of PARTS) {
      ports[part] = await freePort();
      await configurePart(directory, part, ports[part]);
    }
    await writeFile(join(directory, "proxy.conf"), proxyConfiguration(directory, ports.proxy ?? 0));
    const url = `http://127.0.0.1:${ports.proxy}`;
    for (const part of PARTS) running.push(await startServer(directory, part));
    // Before the proxy, which would keep away for a minute from a server that was not there once.
    await Promise.all(
      PARTS.map((part) => answering(`http://127.0.0.1:${ports[part]}`, join(directory, `${part}.log`))),
    );
    running.push(await startServer(directory, "proxy"));
    await answering(url, join(directory, "proxy.log"));
    const variables = {
      AWS_ENDPOINT_URL_S3: url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: "test:tester",
      AWS_SECRET_ACCESS_KEY: "testing",
    };
    return { variables, url, version: packageVersion(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function configurePart(directory: string, part: (typeof PARTS)[number], port: number): Promise<void> {
  await mkdir(join(directory, "devices", "disk"), { recursive: true });
  await writeFile(
    join(directory, `${part}.conf`),
    `[DEFAULT]
${server(directory, port)}
devices = ${join(directory, "devices")}
# A directory is no mounted disk.
mount_check = false
disable_fallocate = true
[pipeline:main]
pipeline = ${part}-server
[app:${part}-server]
use = egg:swift#${part}
`,
  );
  const ring = join(directory, `${part}.builder`);
  // 2^4 partitions, one replica, no time between two changes.
  ringBuilder(ring, "create", "4", "1", "0");
  ringBuilder(ring, "add", `r1z1-127.0.0.1:${port}/disk`, "1");
  ringBuilder(ring, "rebalance");
}

/** S3 requests are signed with what tempauth knows; its users are the two words before and after the colon. */
function proxyConfiguration(directory: string, port: number): string {
  return `[DEFAULT]
${server(directory, port)}
[pipeline:main]
pipeline = catch_errors proxy-logging cache s3api tempauth bulk slo proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:proxy-logging]
use = egg:swift#proxy_logging
# Demanded by s3api, which does without where nobody listens.
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = ${REGION}
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
`;
}

function server(directory: string, port: number): string {
  return `bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
swift_dir = ${directory}
log_level = WARNING`;
}

function ringBuilder(...parameters: readonly string[]): void {
  const done = spawnSync("/usr/bin/swift-ring-builder", parameters, { encoding: "utf8" });
  // 1 says that something could be better, as that one disk is no redundancy; 2 is a failure.
  if (done.error || (done.status ?? 2) > 1) throw new Error(`swift-ring-builder: ${done.stdout}${done.stderr}`);
}

async function startServer(directory: string, name: string): Promise<ChildProcess> {
  const log = await open(join(directory, `${name}.log`), "a");
  const child = spawn(`/usr/bin/swift-${name}-server`, [join(directory, `${name}.conf`), "--verbose"], {
    stdio: ["ignore", log.fd, log.fd],
  });
  await log.close();
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** Any answer but a failure will do: what is asked for makes no sense. */
async function answering(url: string, log: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    if (performance.now() > until) {
      throw new Error(`Swift does not answer on ${url}: ${await readFile(log, "utf8")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function packageVersion(): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation.
  return spawnSync("/usr/bin/dpkg-query", ["-W", "-f", "${Version}", "swift-proxy"], {
    encoding: "utf8",
  }).stdout.trim();
}
