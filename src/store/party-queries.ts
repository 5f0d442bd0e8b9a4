import type { Kysely } from "kysely";
import type { AccountId, ProductCode } from "../domain/identifiers.ts";
import type { Account } from "../domain/parties.ts";
import type { Policy, Product } from "../domain/policy.ts";
import { accountFromRow, partnerFromRow, productFromRow } from "./party-records.ts";
import type { Tables } from "./tables.ts";

export async function readAccount(database: Kysely<Tables>, account: AccountId): Promise<Account | null> {
  const row = await database
    .selectFrom("accounts")
    .leftJoin("partners", "partners.partner", "accounts.partner")
    .select(["accounts.account", "accounts.identity"])
    .select(["partners.partner", "partners.kind", "partners.name", "partners.contact"])
    .where("accounts.account", "=", account)
    .executeTakeFirst();
  return row ? accountFromRow(row, joinedPartner(row)) : null;
}

interface JoinedPartner {
  readonly partner: string | null;
  readonly kind: string | null;
  readonly name: string | null;
  readonly contact: string | null;
}

export function joinedPartner({ partner, kind, name, contact }: JoinedPartner): Account["servedBy"] {
  if (partner === null || kind === null || name === null || contact === null) return null;
  return partnerFromRow({ partner, kind, name, contact });
}

export async function productsByCode(
  database: Kysely<Tables>,
  codes: readonly ProductCode[] | null,
): Promise<ReadonlyMap<ProductCode, Product>> {
  let query = database.selectFrom("products").selectAll();
  if (codes) query = query.where("code", "in", [...codes]);
  const rows = await query.execute();
  return new Map(rows.map(productFromRow).map((product) => [product.code, product]));
}

export async function currentPolicy(database: Kysely<Tables>): Promise<Policy> {
  const row = await database
    .selectFrom("policies")
    .select(["version", "body"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Error("no policy is published: the database was not prepared");
  return { ...(row.body as Omit<Policy, "version">), version: row.version };
}
