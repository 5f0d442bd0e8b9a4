import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { builtOrderseal } from "../cli/built-orderseal.ts";
import { finished, type Run, type Settings } from "../cli/command-line.ts";
import { freePort } from "../free-port.ts";

const LONGEST_START_MS = 60_000;

/** A newcomer's machine: an empty home, no DATABASE_URL, the command as it is shipped. */
export interface NewMachine {
  readonly home: string;
  readonly port: number;
  readonly url: string;
  /** Starts the service and waits until it says that it is ready. */
  start(settings?: Settings): Promise<StartedService>;
  /** Runs another command on the same home. */
  run(args: readonly string[], settings?: Settings): Promise<Run>;
  /** Of the database server, from its own pid file; null when there is none. */
  postmaster(): Promise<number | null>;
  /** Ends what is left, and forgets it. */
  remove(): Promise<void>;
}

export interface StartedService {
  readonly pid: number;
  /** What it printed so far. */
  readonly said: () => string;
  readonly ended: Promise<Run>;
  signal(signal: "SIGTERM" | "SIGKILL" | "SIGINT"): Promise<Run>;
}

export async function newMachine(): Promise<NewMachine> {
  const [parent, port] = await Promise.all([mkdtemp(join(tmpdir(), "orderseal-new-")), freePort()]);
  // Under root the database runs as another user, who must be able to pass.
  await chmod(parent, 0o711);
  const home = join(parent, "home");
  const children: ChildProcess[] = [];
  const launch = async (args: readonly string[], settings: Settings): Promise<ChildProcess> => {
    const { PATH, HOME } = process.env;
    const own = { PATH, HOME, LANG: "C.UTF-8", ORDERSEAL_HOME: home, ORDERSEAL_PORT: String(port) };
    const child = spawn(process.execPath, [await builtOrderseal(), ...args], {
      cwd: parent,
      env: { ...own, ...settings },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    return child;
  };
  const postmaster = () => postmasterOf(home);
  return {
    home,
    port,
    url: `http://127.0.0.1:${port}`,
    start: async (settings = {}) => started(await launch(["serve"], settings)),
    run: async (args, settings = {}) => finished(await launch(args, settings)),
    postmaster,
    remove: async () => {
      for (const child of children) child.kill("SIGKILL");
      const pid = await postmaster();
      if (pid !== null && isRunning(pid)) process.kill(pid, "SIGQUIT");
      while (pid !== null && isRunning(pid)) await sleep(20);
      await rm(parent, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Whether the process still runs; one that has ended and that nobody has waited for yet does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !hasEnded(pid);
}

/** State Z in /proc; where there is no /proc, nobody can tell. */
function hasEnded(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

async function started(child: ChildProcess): Promise<StartedService> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: Buffer) => {
      said += text.toString();
    });
  }
  const ended = finished(child);
  const deadline = Date.now() + LONGEST_START_MS;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!said.includes("Orderseal is ready")) {
    if (over || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`the service ${over ? "ended" : "was not ready in time"}: ${said}`);
    }
    await sleep(20);
  }
  return {
    pid: child.pid ?? 0,
    said: () => said,
    ended,
    signal: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

async function postmasterOf(home: string): Promise<number | null> {
  const text = await readFile(join(home, "database/data/postmaster.pid"), "utf8").catch(() => null);
  const pid = Number(text?.split("\n")[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}
