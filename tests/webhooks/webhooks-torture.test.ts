import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createTestDatabase } from "../test-database.ts";
import { webhooksTorture } from "../torture/webhooks.ts";

test(`a sample of the torture: ${webhooksTorture.promise}`, async () => {
  const newDatabase = async () => {
    const own = await createTestDatabase();
    const database = openDatabase({ connectionString: own.url });
    const drop = async () => {
      await database.destroy();
      await own.drop();
    };
    return { url: own.url, database, drop };
  };
  const { figures, failures } = await webhooksTorture.run({ newDatabase, scale: 0.02, seed: 5, print: () => {} });
  expect(failures).toEqual([]);
  expect(figures).toMatchObject({ events: 20, kills: 1 });
}, 120_000);
