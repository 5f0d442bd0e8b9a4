import { defineConfig } from "vitest/config";

/** `npm run documents`: every template in every language, looked at and judged; a minute or two. */
export default defineConfig({
  test: {
    include: ["tests/documents/*.check.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each has a renderer process beside it, and the outside judges are processes, too.
    maxWorkers: 1,
  },
});
