import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./scripts/closing-line-reporter.ts";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts", "scenarios/**/*.test.ts"],
    globalSetup: ["tests/global-setup.ts"],
    reporters: ["default", new ClosingLineReporter()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the cores of the machine that CI has: browsers and child processes are waited for half of the time.
    maxWorkers: 3,
  },
});
