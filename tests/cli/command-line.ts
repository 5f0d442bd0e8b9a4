import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "../test-database.ts";
import { builtOrderseal } from "./built-orderseal.ts";

export interface Run {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

export type Settings = Readonly<Record<string, string | undefined>>;

interface RunOptions {
  /** What stands on standard input. */
  readonly input?: Uint8Array;
  readonly settings?: Settings;
}

/** The real command line in processes of its own, on an installation of its own. */
export interface CommandLine {
  readonly home: string;
  readonly settings: Settings;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs with --json and gives one object for each line; throws unless it was done. */
  json<Shape>(args: readonly string[]): Promise<readonly Shape[]>;
  remove(): Promise<void>;
}

export async function openCommandLine(): Promise<CommandLine> {
  const [database, home] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), "orderseal-cli-"))]);
  const own = { ORDERSEAL_HOME: home, ORDERSEAL_DEMO: "1", DATABASE_URL: database.url };
  const run: CommandLine["run"] = async (args, { input, settings = {} } = {}) => {
    const child = await spawnOrderseal(args, { ...own, ...settings });
    child.stdin?.end(input ?? "");
    return finished(child);
  };
  return {
    home,
    settings: own,
    run,
    json: async <Shape>(args: readonly string[]) => {
      const { exitCode, out, err } = await run([...args, "--json"]);
      if (exitCode !== 0) throw new Error(`orderseal ${args.join(" ")} ended with ${exitCode}: ${err}`);
      return linesOf(out).map((line) => JSON.parse(line) as Shape);
    },
    remove: async () => {
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Starts `orderseal …` as it is shipped, with these settings and no others. */
export async function spawnOrderseal(
  args: readonly string[],
  settings: Settings,
  folder = tmpdir(),
): Promise<ChildProcess> {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, [await builtOrderseal(), ...args], {
    cwd: folder,
    env: { PATH, HOME, LANG: "en_US.UTF-8", ...settings },
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Waits for the end and gives all that was said. */
export async function finished(child: ChildProcess): Promise<Run> {
  const said = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  child.stdin?.on("error", () => {});
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("close", resolve);
    child.on("error", reject);
  });
  return { exitCode, ...said };
}

export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}
