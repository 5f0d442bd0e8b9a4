import { DEFAULT_POLICY, DEFAULT_PRODUCTS } from "../domain/policy.ts";
import type { Database } from "./database.ts";

/** Gives a new database the default policy and catalogue; one that has them keeps what it has. */
export async function ensureDefaults(database: Database): Promise<void> {
  const { version, ...body } = DEFAULT_POLICY;
  await database.transaction().execute(async (transaction) => {
    const published = await transaction
      .insertInto("policies")
      .values({ version, body: JSON.stringify(body) })
      .onConflict((conflict) => conflict.column("version").doNothing())
      .executeTakeFirst();
    if (published.numInsertedOrUpdatedRows === 0n) return;
    const rows = DEFAULT_PRODUCTS.map(({ code, name }) => ({
      code,
      name_zh: name["zh-CN"],
      name_en: name.en,
    }));
    await transaction
      .insertInto("products")
      .values(rows)
      .onConflict((conflict) => conflict.column("code").doNothing())
      .execute();
  });
}
