import { expect, test } from "vitest";
import { openDatabase } from "../src/store/database.ts";
import { createTestDatabase } from "./test-database.ts";
import { cuts } from "./torture/outages/cuts.ts";
import { outages } from "./torture/outages/outages.ts";

async function newDatabase() {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ connectionString: url, max: 2 });
  const end = async () => {
    await database.destroy();
    await drop();
  };
  return { url, database, drop: end };
}

const SEED = 5;

test.each([
  [cuts, 0.03],
  [outages, 0.05],
])(
  "a sample of $name: npm run torture has the whole",
  async (torture, scale) => {
    const { failures } = await torture.run({ newDatabase, scale, seed: SEED, print: () => {} });
    expect(failures).toEqual([]);
  },
  120_000,
);
