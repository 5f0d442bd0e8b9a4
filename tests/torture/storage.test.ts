import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createTestDatabase } from "../test-database.ts";
import { STORAGE } from "./storage.ts";

test("a sample of the torture: a disk that fails at every step, and one that is down for a while", async () => {
  const newDatabase = async () => {
    const { url, drop } = await createTestDatabase();
    const database = openDatabase({ connectionString: url, max: 1 });
    return { url, database, drop: () => database.destroy().then(drop) };
  };
  const { figures, failures } = await STORAGE.run({ newDatabase, scale: 0.05, seed: 1, print: () => {} });
  expect(failures).toEqual([]);
  expect(figures["files that nobody referred to, collected"]).toBeGreaterThan(0);
}, 120_000);
