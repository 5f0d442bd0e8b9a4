import { Pool } from "pg";
import { DEMO_MARKETPLACE_SELLER, DEMO_PARTNER, DEMO_SELLER } from "../../src/demo-parties.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openLedger } from "../../src/store/ledger.ts";

/** Connections that two nodes and the desk of a sequence need at once, and some more. */
const CONNECTIONS = 8;

/**
 * Sellers and partner of the model in an empty, migrated database, and connections to it. Commits are not waited for
 * until they are on disk: whether they last is what killed processes are for, and here it would take most of the time.
 */
export async function openModelDatabase(url: string): Promise<Pool> {
  const database = openDatabase({ connectionString: url, max: 1 });
  await openLedger(database).transaction(async (transaction) => {
    for (const seller of [DEMO_SELLER, DEMO_MARKETPLACE_SELLER]) {
      await transaction.saveSeller({ ...seller, canSeal: true, quotaLeft: null });
    }
    await transaction.savePartner(DEMO_PARTNER);
  });
  await database.destroy();
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    options: "-c synchronous_commit=off -c orderseal.sees=*",
  });
  // One that is cut breaks while idle, too; the next use takes another.
  pool.on("error", () => {});
  return pool;
}
