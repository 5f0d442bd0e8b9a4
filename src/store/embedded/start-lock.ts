import { randomBytes } from "node:crypto";
import { readdir, readlink, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedPostgresError, errorCode } from "./embedded-postgres-error.ts";
import { isAlive, processIdentity } from "./process-identity.ts";

const PREFIX = "start-lock.";
const FREE = "free";
const LONGEST_WAIT_MS = 240_000;

/**
 * Runs `work` while no other process does so in `directory`. The lock of a process that died is taken over at once.
 *
 * The lock is the highest-numbered link `start-lock.N`; what it points at is its owner's identity, or "free". To take
 * it, one creates N+1 once the owner of N is gone: creating a link is atomic, content included, so exactly one
 * succeeds. The highest link is never removed, only topped, so nobody can delete the lock of a live owner by acting
 * on what it read a moment ago; that is the flaw of the usual "delete the stale lock file and create mine".
 */
export async function withStartLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const held = await acquire(directory);
  try {
    return await work();
  } finally {
    await symlink(FREE, join(directory, PREFIX + (held + 1)));
    await unlink(join(directory, PREFIX + held)).catch(() => {});
  }
}

async function acquire(directory: string): Promise<number> {
  const ourselves = `${await processIdentity(process.pid)}.${randomBytes(6).toString("hex")}`;
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const top = await highest(directory);
    if (top.owner !== FREE && (await isOwnedByLiving(top.owner))) {
      if (Date.now() > deadline) {
        throw new EmbeddedPostgresError(
          `Process ${top.owner.split(".")[0]} has been starting the database in ${directory} for too long: end it and try again.`,
        );
      }
      await sleep(25);
      continue;
    }
    const mine = top.number + 1;
    if (!(await created(ourselves, join(directory, PREFIX + mine)))) continue;
    // Between our look and our link others may have come, finished and cleaned up; then a higher link tells.
    if ((await highest(directory)).number === mine) {
      await removeBelow(directory, mine);
      return mine;
    }
    await unlink(join(directory, PREFIX + mine)).catch(() => {});
  }
}

async function created(content: string, path: string): Promise<boolean> {
  try {
    await symlink(content, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function numbers(directory: string): Promise<number[]> {
  const names = (await readdir(directory)).filter((name) => name.startsWith(PREFIX));
  return names.map((name) => Number(name.slice(PREFIX.length))).filter(Number.isSafeInteger);
}

async function highest(directory: string): Promise<{ number: number; owner: string }> {
  for (;;) {
    const number = Math.max(0, ...(await numbers(directory)));
    if (number === 0) return { number, owner: FREE };
    const owner = await readlink(join(directory, PREFIX + number)).catch(() => null);
    if (owner !== null) return { number, owner };
  }
}

async function removeBelow(directory: string, number: number): Promise<void> {
  for (const old of await numbers(directory)) {
    if (old < number) await unlink(join(directory, PREFIX + old)).catch(() => {});
  }
}

async function isOwnedByLiving(owner: string): Promise<boolean> {
  const pid = Number(owner.split(".")[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  const identity = await processIdentity(pid);
  return identity !== null && owner.startsWith(`${identity}.`);
}
