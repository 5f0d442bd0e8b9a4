import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../../src/store/database.ts";

const ENOUGH_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** How long the books took to come to rest; null when something is still being issued after ten seconds. */
export async function recovery(database: Database): Promise<number | null> {
  const since = performance.now();
  for (;;) {
    const left = await database
      .selectFrom("contracts")
      .select("number")
      .where("state", "=", "issuing")
      .limit(1)
      .executeTakeFirst();
    const took = performance.now() - since;
    if (!left) return took;
    if (took > ENOUGH_MS) return null;
    await sleep(LOOK_EVERY_MS);
  }
}
