import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";

export interface SmallDisk {
  resize(kilobytes: number): void;
  unmount(): void;
}

/** A disk in memory of so many kilobytes, mounted there; for root, where the system lets it. */
export async function mountSmallDisk(directory: string, kilobytes: number): Promise<SmallDisk> {
  await mkdir(directory, { recursive: true });
  run("mount", "-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", directory);
  return {
    resize: (wanted) => run("mount", "-o", `remount,size=${wanted}k`, directory),
    unmount: () => run("umount", directory),
  };
}

/** A test that needs one; where it cannot be mounted it is skipped under a name that says so, or fails as judges do. */
export function smallDiskTest(name: string, body: () => Promise<void>): void {
  const why = whyNot();
  if (why === null) test(name, body);
  else if (process.env.ORDERSEAL_REQUIRE_TOOLS === "1") {
    test(name, () => {
      throw new Error(`no disk can be mounted (${why}), and ORDERSEAL_REQUIRE_TOOLS=1 demands it`);
    });
  } else test.skip(`${name} (skipped: no disk can be mounted: ${why})`, () => undefined);
}

function whyNot(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "not root on Linux";
  const directory = mkdtempSync(join(tmpdir(), "orderseal-mount-"));
  try {
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory);
    run("umount", directory);
    return null;
  } catch (error) {
    return String(error);
  } finally {
    rmdirSync(directory);
  }
}

function run(program: string, ...parameters: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, parameters, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr.trim()}`);
}
