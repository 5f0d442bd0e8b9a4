import { Pool } from "pg";
import { putPartner, putSeller } from "../../src/application/put-parties.ts";
import { DEMO_MARKETPLACE_SELLER, DEMO_PARTNER, DEMO_SELLER } from "../../src/demo-parties.ts";
import { sealFontPaths } from "../../src/document/fonts.ts";
import { loadGlyphCoverage } from "../../src/document/glyph-coverage.ts";
import { openSealArtist } from "../../src/document/seal-artist.ts";
import { instantOf } from "../../src/domain/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openLedger } from "../../src/store/ledger.ts";
import { DESK, START } from "./shop.ts";

/**
 * Sellers and partner of the model in an empty, migrated database, and connections to it. Commits are not waited for
 * until they are on disk: whether they last through a crash of the machine is asked elsewhere, and here it takes most of the time.
 */
export async function openModelDatabase(url: string): Promise<Pool> {
  const database = openDatabase({ connectionString: url, max: 1 });
  const clock = { now: () => instantOf(START) };
  const ports = { ledger: openLedger(database), clock, glyphs: await loadGlyphCoverage() };
  const sealDrawing = openSealArtist(sealFontPaths());
  for (const seller of [DEMO_SELLER, DEMO_MARKETPLACE_SELLER]) {
    const put = await putSeller({ ...ports, sealDrawing }, DESK, { ...seller, canSeal: true, quotaLeft: null });
    if (!put.ok) throw new Error(put.fault.message.en);
  }
  const put = await putPartner(ports, DESK, DEMO_PARTNER);
  if (!put.ok) throw new Error(put.fault.message.en);
  await database.destroy();
  const pool = new Pool({ connectionString: url, max: 10, options: "-c synchronous_commit=off" });
  pool.on("error", () => {});
  return pool;
}
