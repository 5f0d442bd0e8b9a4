import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** TCP state LISTEN as /proc/net/tcp writes it. */
const LISTEN = "0A";

/** The addresses that a process or its descendants listen on: "127.0.0.1:4180". Linux only. */
export function listeningAddresses(pids: readonly number[]): readonly string[] {
  const inodes = new Set(pids.flatMap(processTree).flatMap(socketInodes));
  return [...tableOf("/proc/net/tcp"), ...tableOf("/proc/net/tcp6")]
    .filter(({ state, inode }) => state === LISTEN && inodes.has(inode))
    .map(({ address }) => address)
    .sort();
}

/** A process and its descendants, itself first. */
export function processTree(pid: number): readonly number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
  return [pid, ...children.flatMap(processTree)];
}

function parentOf(pid: string): number | null {
  try {
    // The command in brackets may hold blanks and brackets itself.
    const after = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "");
    return Number(after.split(" ")[1]);
  } catch {
    return null;
  }
}

function socketInodes(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.slice(1) ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

interface Socket {
  readonly address: string;
  readonly state: string;
  readonly inode: string;
}

function tableOf(path: string): readonly Socket[] {
  const [, ...rows] = readFileSync(path, "utf8").trim().split("\n");
  return rows.map((row) => {
    const columns = row.trim().split(/\s+/);
    return { address: readable(columns[1] ?? ""), state: columns[3] ?? "", inode: columns[9] ?? "" };
  });
}

/** "0100007F:1054" → "127.0.0.1:4180"; IPv6 addresses stay as the kernel writes them. */
function readable(text: string): string {
  const [address = "", port = ""] = text.split(":");
  const host =
    address.length === 8
      ? (address.match(/../g) ?? [])
          .reverse()
          .map((byte) => Number.parseInt(byte, 16))
          .join(".")
      : address;
  return `${host}:${Number.parseInt(port, 16)}`;
}
