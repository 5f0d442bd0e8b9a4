import { BROKEN_SHOPS } from "../model/broken-shops.ts";
import { openModelDatabase } from "../model/open-model-database.ts";
import { noCounts, runSequences } from "../model/run-sequences.ts";
import type { Torture } from "./torture.ts";

/** So many sequences show every breach, on average within some dozens. */
const SEQUENCES = 2_000;

/** Whether the model would notice: the product is broken on purpose, one way at a time. */
export const BROKEN: Torture = {
  name: "broken-shops",
  promise: "a product that is broken on purpose differs from the model within a few sequences",
  run: async ({ newDatabase, scale, seed, print }) => {
    const failures: string[] = [];
    const wanted = BROKEN_SHOPS.slice(0, Math.max(1, Math.ceil(BROKEN_SHOPS.length * scale)));
    for (const broken of wanted) {
      const { url, drop } = await newDatabase();
      const pool = await openModelDatabase(url);
      if (broken.sql) await pool.query(broken.sql);
      const counts = noCounts();
      const conditions = { pool, sequences: SEQUENCES, seed, counts, stopsAtOnce: true };
      const noticed = await runSequences({ ...conditions, ...(broken.ledger && { breakLedger: broken.ledger }) });
      await pool.end();
      await drop();
      const [reason] = noticed?.split("\n") ?? [];
      print(`${broken.breach}: ${reason ? `noticed in sequence ${counts.sequences + 1}: ${reason}` : "NOT NOTICED"}`);
      if (noticed === null) failures.push(`not noticed in ${SEQUENCES} sequences: ${broken.breach}`);
    }
    return { figures: { breaches: wanted.length }, failures };
  },
};
