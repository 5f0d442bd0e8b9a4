import type { Browser } from "playwright-core";
import { launchBrowser } from "../tests/browser/launch-browser.ts";
import { type Process, processTree } from "./processes.ts";

export interface WarmBrowser {
  readonly browser: Browser;
  /** Its process tree at this moment. */
  processes(): readonly Process[];
}

/** The tests' headless Chromium as a service would run it: kept open, and quick to make a fresh page. */
export async function launchWarmBrowser(): Promise<WarmBrowser> {
  const before = new Set(processTree(process.pid).map(({ pid }) => pid));
  const browser = await launchBrowser({ tunedForSpeed: true });
  const root = processTree(process.pid).find(
    ({ pid, command }) => !before.has(pid) && command.includes("--user-data-dir") && !command.includes("--type="),
  );
  if (!root) throw new Error("Chromium's process was not found");
  return { browser, processes: () => processTree(root.pid) };
}
