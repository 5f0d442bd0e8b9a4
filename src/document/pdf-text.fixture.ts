import { spawnSync } from "node:child_process";
import { test } from "vitest";

export type ReadText = (pdf: Uint8Array) => string;

/** A test of what a reader sees, by a tool we did not write; skipped without pdftotext unless ORDERSEAL_REQUIRE_TOOLS=1. */
export function textTest(name: string, body: (read: ReadText) => void | Promise<void>): void {
  if (canReadText()) test(`pdftotext: ${name}`, () => body(textOf));
  else test.skip(`pdftotext: ${name} (skipped: pdftotext is not on PATH)`, () => undefined);
}

/** Whether the tool is there; also where it is not, but must be, so that reading fails. */
export function canReadText(): boolean {
  return spawnSync("pdftotext", ["-v"]).error === undefined || process.env.ORDERSEAL_REQUIRE_TOOLS === "1";
}

/** The text of all pages; every run of white space is one blank. */
export function textOf(pdf: Uint8Array): string {
  const run = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`pdftotext: ${run.error?.message ?? run.stderr}`);
  return run.stdout.replace(/\s+/g, " ");
}
