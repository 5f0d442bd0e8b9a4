import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "vitest";

/** Tools we did not write, whose word on our PDFs counts. */
export type Judge = "pdfsig" | "qpdf" | "openssl" | "mutool";

interface JudgeRun {
  readonly exitCode: number;
  /** Standard output and standard error, one after the other. */
  readonly output: string;
}

export type RunJudge = (...commandLine: readonly string[]) => JudgeRun;

/** Finds the tool on PATH; null when it is not installed. */
function judge(name: Judge): RunJudge | null {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => join(directory, name))
    .find(isExecutable);
  if (path === undefined) return null;
  return (...commandLine) => describeRun(name, spawnSync(path, commandLine, { encoding: "utf8", timeout: 60_000 }));
}

/**
 * A test that needs the tool. Without it the test is skipped under a name that says so; where
 * ORDERSEAL_REQUIRE_TOOLS=1 it fails instead, so that a build machine cannot lose a judge unnoticed.
 */
export function judgeTest(tool: Judge, name: string, body: (run: RunJudge) => void | Promise<void>): void {
  const run = judge(tool);
  const title = `${tool}: ${name}`;
  if (run !== null) test(title, () => body(run));
  else if (process.env.ORDERSEAL_REQUIRE_TOOLS === "1") {
    test(title, () => {
      throw new Error(`${tool} is not on PATH, and ORDERSEAL_REQUIRE_TOOLS=1 demands it`);
    });
  } else test.skip(`${title} (skipped: ${tool} is not on PATH)`, () => undefined);
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
