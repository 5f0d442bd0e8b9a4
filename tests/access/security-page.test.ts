import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/security.md", ROOT), "utf8");
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$/gm)].map(
  ([, id = "", level = "", , status = "", how = ""]) => ({ id, level, status, how }),
);

test("every requirement of OWASP ASVS 5.0, level 1 and 2, has its row", () => {
  expect(rows).toHaveLength(253);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(253);
  expect(rows.filter(({ level }) => level === "1")).toHaveLength(70);
});

test("each is met, not applicable, or open, and says how or why", () => {
  for (const { id, status, how } of rows) {
    expect([id, ["met", "n/a", "open"].includes(status)]).toEqual([id, true]);
    expect([id, how.trim().length > 3 || status === "met"]).toEqual([id, true]);
  }
});

test("what it names is there", () => {
  const named = [...page.matchAll(/`((?:tests|src)\/[\w./-]+)`|(docs\/[a-z-]+\.md)/g)].map(
    ([, file, doc]) => file ?? doc ?? "",
  );
  expect(named.length).toBeGreaterThan(100);
  for (const file of named) expect([file, existsSync(new URL(file, ROOT))]).toEqual([file, true]);
});
