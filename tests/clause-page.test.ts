import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { clausePage } from "../scripts/clause-page.ts";

test("docs/clauses.md shows the clause library as it is now; npm run gen writes it", async () => {
  expect(await readFile(new URL("../docs/clauses.md", import.meta.url), "utf8")).toBe(clausePage());
});
