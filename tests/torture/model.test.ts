import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createTestDatabase } from "../test-database.ts";
import { BROKEN } from "./broken-shops.ts";
import { MODEL } from "./model.ts";
import { PROBES, probe } from "./probes.ts";
import { SIMULATION } from "./simulation/simulation.ts";

async function newDatabase() {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ connectionString: url, max: 1 });
  const end = async () => {
    await database.destroy();
    await drop();
  };
  return { url, database, drop: end };
}

test("what is somebody else's is noticed where it is shown", async () => {
  const { failures } = await probe({ newDatabase, scale: 1, seed: 20261128, print: () => {} }, 100, "machine");
  expect(failures.length).toBe(20);
}, 60_000);

test.each([
  [PROBES, 0.004],
  [MODEL, 0.0005],
  [SIMULATION, 0.001],
  [BROKEN, 0.2],
])(
  "a sample of $name holds: npm run torture has the whole",
  async (torture, scale) => {
    const { failures } = await torture.run({ newDatabase, scale, seed: 20261128, print: () => {} });
    expect(failures).toEqual([]);
  },
  240_000,
);
