import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeKeyDirectory, SELLER } from "../../src/document/key-folder.fixture.ts";
import { openKeyRing } from "../../src/document/key-ring.ts";
import { generateSealKeyPair } from "../../src/document/seal/seal-key-pair.ts";
import type { TimeZone } from "../../src/domain/time.ts";
import { instantOf } from "../../src/domain/time.ts";
import { withSealingSellers } from "../../src/sealing-sellers.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { openLedger } from "../../src/store/ledger.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";

/** For the signer that follows; nobody's patience in this test depends on it. */
const SLOW_MS = 400;
const CLOCK = { now: () => instantOf(Date.now()) };

let own: TestDatabase;
let database: Database;
let signer: Server;
let openWhileAsked: unknown[][] = [];
beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase({ connectionString: own.url });
  signer = createServer(async (_, response) => {
    await setTimeout(SLOW_MS);
    const open = sql`SELECT query FROM pg_stat_activity
      WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
    openWhileAsked = [...openWhileAsked, (await open.execute(database)).rows];
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => signer.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  signer.close();
  await database.destroy();
  await own.drop();
});

test("no transaction is open while a signer is asked whether the seller can seal", async () => {
  const directory = makeKeyDirectory();
  try {
    const { port } = signer.address() as AddressInfo;
    directory.put("cloud", {
      "key.json": { kind: "http", url: `http://127.0.0.1:${port}/`, keyReference: "k" },
      "certificate.pem": directory.certificates(generateSealKeyPair("rsa2048").publicKey),
    });
    const ring = openKeyRing(directory.path, { freshForMs: 60_000 });
    const ledger = withSealingSellers(openLedger(database), ring, CLOCK);
    await ledger.transaction((transaction) => transaction.saveSeller(SELLER_OF_TEST));
    let begun = 0;
    const seller = await ledger.transaction(async (transaction) => {
      begun += 1;
      await transaction.lockPolicy();
      return transaction.seller(SELLER);
    });
    expect(seller).toMatchObject({ id: SELLER, canSeal: false });
    expect(openWhileAsked).toEqual([[]]);
    expect(begun).toBe(2);
    // What was seen a moment ago does for the next one.
    await ledger.transaction((transaction) => transaction.seller(SELLER));
    expect(openWhileAsked).toHaveLength(1);
  } finally {
    directory.remove();
  }
});

const SELLER_OF_TEST = {
  id: SELLER,
  legalName: { "zh-CN": "测试卖方", en: "Test seller" },
  registrationNumber: "1",
  address: { "zh-CN": "杭州", en: "Hangzhou" },
  contact: "test",
  numberPrefix: "TEST",
  timeZone: "Asia/Shanghai" as TimeZone,
  canSeal: true,
};
