import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { PUBLISHED_SCHEMAS, schemaText } from "./published-schemas.ts";

const FOLDER = new URL("../../docs/schemas/", import.meta.url);

test("docs/schemas holds the published schemas as they are now; npm run gen writes them", async () => {
  const names = Object.keys(PUBLISHED_SCHEMAS).map((name) => `${name}.schema.json`);
  expect((await readdir(FOLDER)).sort()).toEqual(names.sort());
  for (const [name, schema] of Object.entries(PUBLISHED_SCHEMAS)) {
    expect(await readFile(new URL(`${name}.schema.json`, FOLDER), "utf8")).toBe(schemaText(schema));
  }
});
