import { spawnSync } from "node:child_process";
import { test } from "vitest";

export type ReadText = (pdf: Uint8Array) => string;

/** A test of what a reader sees, by a tool we did not write; skipped without pdftotext unless ORDERSEAL_REQUIRE_TOOLS=1. */
export function textTest(name: string, body: (read: ReadText) => void | Promise<void>): void {
  const found = spawnSync("pdftotext", ["-v"]).error === undefined;
  if (found || process.env.ORDERSEAL_REQUIRE_TOOLS === "1") test(`pdftotext: ${name}`, () => body(textOf));
  else test.skip(`pdftotext: ${name} (skipped: pdftotext is not on PATH)`, () => undefined);
}

/** The text of all pages; every run of white space is one blank. */
function textOf(pdf: Uint8Array): string {
  const run = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`pdftotext: ${run.error?.message ?? run.stderr}`);
  return run.stdout.replace(/\s+/g, " ");
}
