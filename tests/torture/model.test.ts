import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createTestDatabase } from "../test-database.ts";
import { MODEL } from "./model.ts";

/** The sample of every run of the suite. */
const SEED = 20261128;

async function newDatabase() {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ connectionString: url, max: 1 });
  const end = async () => {
    await database.destroy();
    await drop();
  };
  return { url, database, drop: end };
}

test("a sample of the sequences is clean: npm run torture has all of them", async () => {
  const { failures } = await MODEL.run({ newDatabase, scale: 0.0016, seed: SEED, print: () => {} });
  expect(failures).toEqual([]);
}, 120_000);
