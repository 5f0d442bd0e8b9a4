import { execFile, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "vitest";

/** Tools we did not write, whose word on our PDFs counts. */
export type Judge = "pdfsig" | "qpdf" | "openssl" | "mutool" | "softhsm2-util" | "strace";

interface JudgeRun {
  readonly exitCode: number;
  /** Standard output and standard error, one after the other. */
  readonly output: string;
}

export type RunJudge = (...commandLine: readonly string[]) => JudgeRun;

/** Where the tool is on PATH; undefined when it is not installed. */
function judgePath(name: Judge): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function judge(name: Judge): RunJudge | null {
  const path = judgePath(name);
  if (path === undefined) return null;
  return (...commandLine) => describeRun(name, spawnSync(path, commandLine, { encoding: "utf8", timeout: 60_000 }));
}

/** The tool for whoever runs several at once; null when it is not installed and need not be. */
export function judgeAtOnce(name: Judge): ((...commandLine: readonly string[]) => Promise<JudgeRun>) | null {
  const path = judgePath(name);
  if (path === undefined && process.env.ORDERSEAL_REQUIRE_TOOLS === "1") throw new Error(`${name} is not on PATH`);
  if (path === undefined) return null;
  return (...commandLine) =>
    new Promise((resolve, reject) => {
      const child = execFile(path, commandLine, { encoding: "utf8", timeout: 60_000 }, (error, stdout, stderr) => {
        const { exitCode } = child;
        if (exitCode === null) reject(new Error(`${name} was ended`, { cause: error }));
        else resolve({ exitCode, output: `${stdout}\n${stderr}` });
      });
    });
}

/**
 * A test that needs the tool. Without it the test is skipped under a name that says so; where
 * ORDERSEAL_REQUIRE_TOOLS=1 it fails instead, so that a build machine cannot lose a judge unnoticed.
 */
export function judgeTest(tool: Judge, name: string, body: (run: RunJudge) => void | Promise<void>): void {
  judgesTest([tool], name, (run) => body(run(tool)));
}

/** The same with several tools: skipped, or failed, when one of them is missing. */
export function judgesTest<Tool extends Judge>(
  tools: readonly Tool[],
  name: string,
  body: (run: (tool: Tool) => RunJudge) => void | Promise<void>,
): void {
  const found = new Map(tools.map((tool) => [tool, judge(tool)]));
  const missing = tools.filter((tool) => !found.get(tool));
  const title = `${tools.join(", ")}: ${name}`;
  const run = (tool: Tool): RunJudge => {
    const known = found.get(tool);
    if (!known) throw new Error(`${tool} was not asked for`);
    return known;
  };
  if (missing.length === 0) test(title, () => body(run));
  else if (process.env.ORDERSEAL_REQUIRE_TOOLS === "1") {
    test(title, () => {
      throw new Error(`${missing.join(", ")} is not on PATH, and ORDERSEAL_REQUIRE_TOOLS=1 demands it`);
    });
  } else test.skip(`${title} (skipped: ${missing.join(", ")} is not on PATH)`, () => undefined);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function describeRun(name: Judge, result: SpawnSyncReturns<string>): JudgeRun {
  if (result.error !== undefined) throw new Error(`${name} could not be run`, { cause: result.error });
  if (result.status === null) throw new Error(`${name} was ended by ${result.signal}`);
  return { exitCode: result.status, output: `${result.stdout}\n${result.stderr}` };
}
