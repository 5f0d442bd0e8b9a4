import { defineConfig } from "vitest/config";

/** The tests of the domain alone, as `npm run mutation` runs them for every mutant: no database, few random cases. */
export default defineConfig({
  test: {
    include: ["src/domain/**/*.test.ts"],
    setupFiles: ["scripts/mutation-runs.ts"],
  },
});
