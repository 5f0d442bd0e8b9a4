import { afterAll, expect, test } from "vitest";
import { BUYER, checklistFixture, snapshotFixture, withoutNumber } from "./contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document-renderer.ts";
import { openRenderPool } from "./render-pool.ts";

const pool = await openRenderPool({ processes: 2 });
afterAll(() => pool.close());

test("the same snapshot gives the same bytes in every process", async () => {
  const here = Buffer.from(openDocumentRenderer().draw({ kind: "contract", snapshot: snapshotFixture() }).pdf);
  const there = await Promise.all(Array.from({ length: 6 }, () => pool.render(snapshotFixture())));
  for (const { pdf } of there) expect(here.equals(pdf)).toBe(true);
});

test("previews and checklists are drawn by the same processes, with the same bytes each time", async () => {
  const snapshot = withoutNumber(snapshotFixture());
  const renderer = openDocumentRenderer();
  const [preview, checklist] = await Promise.all([pool.preview(snapshot), pool.checklist(checklistFixture())]);
  expect(Buffer.from(renderer.draw({ kind: "preview", snapshot }).pdf).equals(preview)).toBe(true);
  const drawn = renderer.draw({ kind: "checklist", checklist: checklistFixture() });
  expect(Buffer.from(drawn.pdf).equals(checklist)).toBe(true);
});

test("a document that cannot be drawn fails alone", async () => {
  const bad = pool.render(snapshotFixture({ buyer: { ...BUYER, nameZh: "甲🎉" } }));
  const good = pool.render(snapshotFixture());
  await expect(bad).rejects.toThrow("cannot be drawn");
  expect((await good).pages).toBe(2);
});

test("a killed process fails its document at most, is replaced, and the work goes on", async () => {
  const before = pool.pids();
  const [victim = 0] = before;
  process.kill(victim, "SIGKILL");
  await expect.poll(() => pool.pids().filter((pid) => !before.includes(pid)), { timeout: 20_000 }).toHaveLength(1);
  const documents = await Promise.all(Array.from({ length: 4 }, () => pool.render(snapshotFixture())));
  expect(documents).toHaveLength(4);
  expect(pool.pids()).not.toContain(victim);
});

test("a process that takes too long is killed and replaced", async () => {
  const impatient = await openRenderPool({ processes: 1, timeoutMs: 1 });
  const [first] = impatient.pids();
  await expect(impatient.render(snapshotFixture())).rejects.toThrow("the renderer took longer than 1 ms");
  await expect.poll(() => impatient.pids().filter((pid) => pid !== first), { timeout: 20_000 }).toHaveLength(1);
  await impatient.close();
});

test("a closed pool refuses work and leaves no process behind", async () => {
  const closing = await openRenderPool({ processes: 1 });
  const [pid = 0] = closing.pids();
  const pending = closing.render(snapshotFixture());
  const refused = expect(pending).rejects.toThrow("ended");
  await closing.close();
  await refused;
  await expect(closing.render(snapshotFixture())).rejects.toThrow("the render pool is closed");
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
