import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BROKEN_RULES, type BrokenRule } from "./broken-rules.ts";

/**
 * Breaks every rule R1–R24 of the product once, one at a time, in a copy of the source, and runs the tests that stand for
 * it: each must fail, or nobody would notice. `npm run break-rules [R8 …]`; ends with 1 when a broken rule is not noticed.
 */
const HERE = fileURLToPath(new URL("..", import.meta.url));
const wanted = process.argv.slice(2);
const rules = BROKEN_RULES.filter(({ rule }) => wanted.length === 0 || wanted.includes(rule));

const copy = mkdtempSync(join(tmpdir(), "orderseal-broken-"));
try {
  makeCopy();
  const unnoticed = rules.filter((broken) => !isNoticed(broken));
  console.log(`${rules.length - unnoticed.length} of ${rules.length} broken rules are noticed by their tests`);
  process.exitCode = unnoticed.length > 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function makeCopy(): void {
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: HERE });
  for (const path of listed.stdout.toString().split("\n").filter(Boolean)) {
    cpSync(join(HERE, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(HERE, "node_modules"), join(copy, "node_modules"));
}

function isNoticed({ rule, breach, file, from, to, test }: BrokenRule): boolean {
  const path = join(copy, file);
  const sound = readFileSync(path, "utf8");
  if (sound.split(from).length !== 2) throw new Error(`${rule}: "${from}" does not stand once in ${file}`);
  writeFileSync(path, sound.replace(from, to));
  const run = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...configOf(test), test], {
    cwd: copy,
    env: { ...process.env, NO_COLOR: "1" },
  });
  writeFileSync(path, sound);
  const said = run.stdout.toString();
  // A test that could not even start tells nothing about the rule.
  const failed = Number(/Tests {2}(\d+) failed/.exec(said)?.[1] ?? 0);
  console.log(`${rule.padEnd(4)} ${failed > 0 ? `noticed by ${failed} tests` : "NOT NOTICED"}: ${breach} (${test})`);
  if (failed === 0) console.log(said.slice(-2000));
  return failed > 0;
}

function configOf(test: string): readonly string[] {
  return test.startsWith("src/domain/") ? ["--config", "vitest.domain.config.ts"] : [];
}
