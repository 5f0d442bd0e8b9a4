import { readFileSync } from "node:fs";

const MEGABYTE_KB = 1024;

/** How much memory a process holds now, in MB; null where the system does not say (no /proc), or it is gone. */
export function residentMb(pid: number): number | null {
  try {
    const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Number(found[1]) / MEGABYTE_KB : null;
  } catch {
    return null;
  }
}
