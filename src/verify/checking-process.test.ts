import { readFile } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { type CheckingLimits, type CheckingProcess, openCheckingProcess } from "./checking-process.ts";
import { bracketBomb } from "./hostile-pdf.fixture.ts";
import { judge, root, sealed } from "./ladder.fixture.ts";
import { residentMb } from "./resident-memory.ts";
import { verdictOfReason } from "./verdict.ts";

const options = { roots: [root.certificate], at: new Date("2026-03-01T00:00:00Z") };
const genuine = sealed();
const bomb = bracketBomb();
const opened: CheckingProcess[] = [];
afterAll(() => Promise.all(opened.map((checking) => checking.close())));

function open(limits: CheckingLimits = {}): CheckingProcess {
  const checking = openCheckingProcess(limits);
  opened.push(checking);
  return checking;
}

function isRunning(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("the verdict is the one that the verifier gives directly, whatever the file", async () => {
  const checking = open();
  const altered = Buffer.from(genuine);
  altered.writeUInt8(altered.readUInt8(200) ^ 1, 200);
  for (const pdf of [genuine, altered, new Uint8Array(), Buffer.from("a letter"), genuine.subarray(0, -10)]) {
    expect(await checking.check(pdf, options)).toEqual(judge(pdf));
  }
  expect(await checking.check(genuine, { ...options, roots: [] })).toMatchObject({ reason: "chain_untrusted" });
});

test("one child checks one file after another", async () => {
  const checking = open();
  expect(checking.pid()).toBeNull();
  await checking.check(genuine, options);
  const pid = checking.pid();
  expect(isRunning(pid)).toBe(true);
  await Promise.all([checking.check(genuine, options), checking.check(genuine, options)]);
  expect(checking.pid()).toBe(pid);
});

test("a costly file gets its verdict, and the loop of the service turns all the while", async () => {
  const checking = open({ timeoutMs: 20_000 });
  await checking.check(genuine, options);
  let turns = 0;
  const pulse = setInterval(() => {
    turns += 1;
  }, 10);
  expect(await checking.check(bomb, options)).toMatchObject({ verdict: "failed", reason: "not_signed" });
  clearInterval(pulse);
  // How long a turn takes is the machine's affair; held up until the verdict is there, it would turn once or twice.
  expect(turns).toBeGreaterThan(10);
});

test("a file that takes too long is too complex, and the next one is checked by another child", async () => {
  const checking = open({ timeoutMs: 200 });
  await checking.check(genuine, options);
  const pid = checking.pid();
  const costs: number[] = [];
  const [first, second] = await Promise.all([
    checking.check(bomb, options, (cost) => costs.push(cost)),
    checking.check(genuine, options, (cost) => costs.push(cost)),
  ]);
  expect(costs).toEqual([200, expect.any(Number)]);
  expect(costs[1]).toBeGreaterThan(0);
  expect(first).toMatchObject({ verdict: verdictOfReason.too_complex, reason: "too_complex", signer: null });
  expect(second).toEqual(judge(genuine));
  expect(checking.pid()).not.toBe(pid);
  expect(isRunning(pid)).toBe(false);
});

test("so is a file that takes the child's memory", async () => {
  const checking = open({ heapMb: 32, timeoutMs: 20_000 });
  expect(await checking.check(genuine, options)).toEqual(judge(genuine));
  expect(await checking.check(bomb, options)).toMatchObject({ verdict: "indeterminate", reason: "too_complex" });
  expect(await checking.check(genuine, options)).toEqual(judge(genuine));
});

test.skipIf(residentMb(process.pid) === null)(
  "a child that holds more memory than it may is ended, and one that holds much afterwards is replaced",
  async () => {
    const checking = open();
    await checking.check(genuine, options);
    const held = residentMb(checking.pid() ?? 0) ?? 0;
    const limited = open({ timeoutMs: 20_000, memoryMb: held / 2 });
    expect(await limited.check(bomb, options)).toMatchObject({ verdict: "indeterminate", reason: "too_complex" });
    const careful = open({ memoryMb: held * 1.4 });
    expect(await careful.check(genuine, options)).toEqual(judge(genuine));
    const next = careful.pid();
    expect(await careful.check(genuine, options)).toEqual(judge(genuine));
    expect(careful.pid()).not.toBe(next);
  },
);

test("a child that was killed while idle is replaced, and no file suffers", async () => {
  const checking = open();
  await checking.check(genuine, options);
  const pid = checking.pid() ?? 0;
  process.kill(pid, "SIGKILL");
  expect(await checking.check(genuine, options)).toEqual(judge(genuine));
  expect(checking.pid()).not.toBe(pid);
});

test("a child that was killed at work costs its file the verdict, and only that", async () => {
  const checking = open({ timeoutMs: 20_000 });
  await checking.check(genuine, options);
  const answers = [checking.check(bomb, options), checking.check(genuine, options)];
  setTimeout(() => process.kill(checking.pid() ?? 0, "SIGKILL"), 300);
  expect(await Promise.all(answers)).toEqual([expect.objectContaining({ reason: "too_complex" }), judge(genuine)]);
});

test("when as many files wait as may, the next one is told so at once; later there is room again", async () => {
  const checking = open({ waiting: 2 });
  const answers = await Promise.all(Array.from({ length: 5 }, () => checking.check(genuine, options)));
  expect(answers.map((answer) => answer === "too_busy")).toEqual([false, false, false, true, true]);
  expect(await checking.check(genuine, options)).toEqual(judge(genuine));
});

test("a root that cannot be read is our fault and no verdict; the child survives it", async () => {
  const checking = open();
  await expect(checking.check(genuine, { ...options, roots: [Buffer.from("junk")] })).rejects.toThrow(
    "the checking process failed",
  );
  expect(await checking.check(genuine, options)).toEqual(judge(genuine));
});

test("the child sees none of the service's environment", async () => {
  process.env.ORDERSEAL_TEST_SECRET = "not for strangers";
  const checking = open();
  await checking.check(genuine, options);
  delete process.env.ORDERSEAL_TEST_SECRET;
  const environment = await readFile(`/proc/${checking.pid()}/environ`, "utf8").catch(() => "");
  const names = environment.split("\0").map((entry) => entry.split("=")[0] ?? "");
  expect(names.filter((name) => !/^(?:|PATH|LANG|NODE_CHANNEL_\w+)$/.test(name))).toEqual([]);
});

test("closing ends the child; a check under way and one that comes later reject", async () => {
  const checking = open({ timeoutMs: 20_000 });
  await checking.check(genuine, options);
  const pid = checking.pid();
  const underWay = expect(checking.check(bomb, options)).rejects.toThrow("closed");
  setTimeout(() => void checking.close(), 200);
  await underWay;
  await checking.close();
  expect(isRunning(pid)).toBe(false);
  await expect(checking.check(genuine, options)).rejects.toThrow("closed");
});
