import type { Transaction } from "kysely";
import type { LedgerTransaction } from "../application/ports.ts";
import { lockSetting } from "./policy-queries.ts";
import type { Tables } from "./tables.ts";

/** Creates or replaces a seller; its prefixes stay its own for ever, because its contracts are numbered by them. */
export async function saveSeller(
  database: Transaction<Tables>,
  seller: Parameters<LedgerTransaction["saveSeller"]>[0],
  onlyNew = false,
): Promise<"saved" | "taken" | "prefix_taken" | "name_taken"> {
  const { numberPrefix: prefix, id } = seller;
  // Of two sellers at once that want one name or prefix, the second sees the first.
  await lockSetting(database, "sellers_lock");
  if (onlyNew) {
    const there = await database.selectFrom("sellers").select("seller").where("seller", "=", id).executeTakeFirst();
    if (there) return "taken";
  }
  const owner = await database
    .selectFrom("number_prefixes")
    .select("seller")
    .where("prefix", "=", prefix)
    .executeTakeFirst();
  if (owner && owner.seller !== id) return "prefix_taken";
  const namesake = await database
    .selectFrom("sellers")
    .select("seller")
    .where("legal_name_zh", "=", seller.legalName["zh-CN"])
    .where("seller", "<>", id)
    .executeTakeFirst();
  if (namesake) return "name_taken";
  const row = {
    legal_name_zh: seller.legalName["zh-CN"],
    legal_name_en: seller.legalName.en,
    registration_number: seller.registrationNumber,
    address_zh: seller.address["zh-CN"],
    address_en: seller.address.en,
    contact: seller.contact,
    number_prefix: seller.numberPrefix,
    time_zone: seller.timeZone,
    can_seal: seller.canSeal,
    ...(seller.quotaLeft === undefined ? {} : { quota_left: seller.quotaLeft }),
    ...(seller.seal === undefined ? {} : { seal: JSON.stringify(seller.seal) }),
  };
  await database
    .insertInto("sellers")
    .values({ seller: seller.id, ...row })
    .onConflict((conflict) => conflict.column("seller").doUpdateSet(row))
    .execute();
  await database
    .insertInto("number_prefixes")
    .values({ prefix, seller: id })
    .onConflict((conflict) => conflict.column("prefix").doNothing())
    .execute();
  // The first seller is the one that sells whatever no source names a seller for.
  await database
    .insertInto("settings")
    .values({ name: "default_seller", value: seller.id })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  return "saved";
}
