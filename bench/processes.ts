import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** One line of the process table (Linux, proc(5)). */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its own CPU time and that of its children that have ended, in ms. */
  readonly cpuMs: number;
  readonly command: string;
}

const MS_PER_TICK = 1000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** The process and everything below it, as far as it lives at this moment; the root first. */
export function processTree(root: number): readonly Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const found = all.filter(({ pid }) => pid === root);
  // Each round goes one generation down; the list grows while it is walked.
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

export function cpuOf(processes: readonly Process[]): number {
  return processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Resident set in kB, or null where the process has gone. */
export function residentKb(pid: number): number | null {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/status`) ?? "");
  return match?.[1] === undefined ? null : Number(match[1]);
}

function readProcess(pid: number): readonly Process[] {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return [];
  // The name in parentheses may hold blanks, so that fields are counted after it: field 3 (state) comes first.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const at = (field: number): number => Number(fields[field - 3]);
  const ticks = at(14) + at(15) + at(16) + at(17);
  const command = (readText(`/proc/${pid}/cmdline`) ?? "").replaceAll("\0", " ");
  return [{ pid, parent: at(4), cpuMs: ticks * MS_PER_TICK, command }];
}

/** Null where it has gone: processes end while the table is read. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
