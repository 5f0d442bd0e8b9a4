import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { StorageUnavailable } from "../../src/application/object-faults.ts";
import { openLocalObjects } from "../../src/store/local-objects.ts";
import { hashOfObject } from "../../src/store/object-hash.ts";
import { judgeTest, type RunJudge } from "../judges.ts";
import { mountSmallDisk, smallDiskTest } from "../small-disk.ts";
import { all } from "./object-store-contract.ts";

const PUT_FILES = fileURLToPath(new URL("./put-files.ts", import.meta.url));

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "orderseal-disk-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function filesUnder(root: string): Promise<readonly string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe("a disk that is full", () => {
  smallDiskTest(
    "is said to be; what was kept stays whole, nothing half is left, and with room again it goes on",
    async () => {
      const disk = await mountSmallDisk(directory, 512);
      try {
        const root = join(directory, "objects");
        const objects = openLocalObjects(root);
        const content = (number: number) => Buffer.alloc(60_000, `file ${number} `);
        let kept = 0;
        let fault: unknown = null;
        for (; fault === null && kept < 100; kept++) {
          await objects.put(content(kept)).catch((error: unknown) => {
            fault = error;
          });
        }
        kept--;
        expect(kept).toBeGreaterThan(2);
        expect(fault).toBeInstanceOf(StorageUnavailable);
        expect(String(fault)).toContain("the disk is full (ENOSPC");
        const hashes = Array.from({ length: kept }, (_, number) => hashOfObject(content(number)));
        for (const hash of hashes) expect((await objects.get(hash))?.length).toBe(60_000);
        expect((await all(objects.list())).map(({ hash }) => hash).sort()).toEqual(hashes.sort());
        expect((await filesUnder(root)).length).toBe(kept);
        disk.resize(1024);
        expect(await objects.put(content(kept))).toBe(hashOfObject(content(kept)));
      } finally {
        disk.unmount();
      }
    },
  );

  smallDiskTest("that others have filled keeps what it has", async () => {
    const disk = await mountSmallDisk(directory, 256);
    try {
      const objects = openLocalObjects(join(directory, "objects"));
      const hash = await objects.put(Buffer.from("the first"));
      await writeFile(join(directory, "fill"), Buffer.alloc(300_000)).catch(() => {});
      await expect(objects.put(Buffer.alloc(60_000))).rejects.toThrow(/the disk is full/);
      expect(Buffer.from((await objects.get(hash)) ?? []).toString()).toBe("the first");
    } finally {
      disk.unmount();
    }
  });
});

describe("an fsync that fails", () => {
  const FIRST = "the first file";
  const SECOND = "the second file";

  /** One thread, so that the calls are counted in one row. */
  function put(strace: RunJudge | null, injection: readonly string[], ...texts: readonly string[]): readonly string[] {
    const root = join(directory, "objects");
    const command = [process.execPath, "--import", "tsx", PUT_FILES, root, ...texts];
    const log = join(directory, "strace");
    const run = strace
      ? strace("-f", "-qq", "-o", log, "-E", "UV_THREADPOOL_SIZE=1", "-e", "trace=fsync", ...injection, ...command)
      : spawnedPlainly(command);
    return run.output
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  }

  judgeTest("strace", "of the file: an error, and nothing under its name; the next put is whole", async (strace) => {
    const [said = ""] = put(strace, ["-e", "inject=fsync:error=EIO"], FIRST);
    expect(said).toMatch(/^StorageUnavailable: .*the disk fails \(EIO/);
    expect(await filesUnder(directory)).toEqual(["strace"]);
    expect(await readFile(join(directory, "strace"), "utf8")).toMatch(/fsync\(\d+\) += -1 EIO .*\(INJECTED\)/);
    expect(put(null, [], FIRST)).toEqual([hashOfObject(Buffer.from(FIRST))]);
  });

  judgeTest("strace", "once, at any place: it is never believed that the next one made up for it", async (strace) => {
    await mkdir(join(directory, "objects"));
    // Folder in its root, file, folder: three of them, of which another fails each time.
    for (const failing of [1, 2, 3]) {
      await rm(join(directory, "objects"), { recursive: true });
      await mkdir(join(directory, "objects"));
      const lines = put(strace, ["-e", `inject=fsync:error=EIO:when=${failing}`], FIRST, FIRST, SECOND);
      expect(lines[0]).toContain("StorageUnavailable");
      expect(lines.slice(1)).toEqual([FIRST, SECOND].map((text) => hashOfObject(Buffer.from(text))));
      const calls = (await readFile(join(directory, "strace"), "utf8"))
        .split("\n")
        .filter((line) => /fsync\(/.test(line));
      // The second put does again all that the first has tried: at least its file and its folder.
      expect(calls.length).toBeGreaterThanOrEqual(failing + 2 + 2);
      expect((await filesUnder(join(directory, "objects"))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    }
  });
});

function spawnedPlainly([program = "", ...parameters]: readonly string[]): { readonly output: string } {
  const { stdout, stderr } = spawnSync(program, parameters, { encoding: "utf8" });
  return { output: `${stdout}\n${stderr}` };
}
