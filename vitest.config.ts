import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./scripts/closing-line-reporter.ts";
import { SlowestFirst } from "./scripts/slowest-first.ts";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts", "scenarios/**/*.test.ts"],
    globalSetup: ["tests/global-setup.ts"],
    reporters: ["default", new ClosingLineReporter()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a test waits for comes in its own time; on a busy machine that is more than the second that is usual.
    expect: { poll: { timeout: 20_000 } },
    // The files of one worker share the modules they import, which halves the time of the suite. So what a test sets up
    // belongs to its file (beforeAll, afterAll), and no module of the product keeps state that one test could see of another.
    isolate: false,
    // Twice the cores of the machine that CI has: browsers, databases and child processes are waited for half of the time.
    maxWorkers: 4,
    sequence: { sequencer: SlowestFirst },
  },
});
