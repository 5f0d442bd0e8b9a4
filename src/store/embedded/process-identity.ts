import { readFile } from "node:fs/promises";
import { runProgram } from "./program.ts";

/**
 * A name for a living process that no other process will ever have on this host: its pid, its start and the boot.
 * Null when no such process lives; a zombie counts as dead. A pid alone will not do: after a container restarts,
 * the same small pids belong to other programs.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  if (!isAlive(pid)) return null;
  if (process.platform !== "linux") {
    const { succeeded, output } = await runProgram("/bin/ps", ["-o", "lstart=", "-p", String(pid)], null);
    return succeeded ? `${pid}.${output.replaceAll(/\W+/g, "-")}` : null;
  }
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // proc(5): the name stands in brackets and may hold anything; state is the 3rd field and the start time the 22nd.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === undefined || state === "Z" || startTicks === undefined) return null;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return `${pid}.${startTicks}.${boot.trim()}`;
}

/** The command line of a process, arguments apart by a space; "" for a dead process, a zombie or an unreadable one. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return text.replaceAll("\0", " ").trim();
  }
  return (await runProgram("/bin/ps", ["-ww", "-o", "args=", "-p", String(pid)], null)).output;
}

/** Whether the pid is taken, by a process of ours or of another account. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
