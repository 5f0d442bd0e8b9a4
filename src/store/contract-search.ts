import { type RawBuilder, sql } from "kysely";
import type { ContractFilter, ContractKind } from "../application/listed.ts";

const KINDS = {
  order: sql<boolean>`(contracts.form = 'sealed' AND contracts.order_id IS NOT NULL)`,
  bill: sql<boolean>`contracts.cycle IS NOT NULL`,
  offline: sql<boolean>`contracts.form = 'offline'`,
} as const satisfies Record<ContractKind, RawBuilder<boolean>>;

/** Which rows of `contracts` are asked for. */
export function contractIsAsked({ account, state, kind, text }: ContractFilter): RawBuilder<boolean> {
  const asked: RawBuilder<boolean>[] = [];
  if (account) asked.push(sql`contracts.account = ${account}`);
  if (state === "timestamp_pending") asked.push(sql`contracts.waiting_for IS NOT NULL`);
  else if (state) asked.push(sql`contracts.state = ${state}`);
  if (kind) asked.push(KINDS[kind]);
  // Of bytes, so that an index answers it in a database of any language; see 0022-search.sql.
  if (text) {
    const starts = (column: string, start: string) => sql`${sql.ref(column)} COLLATE "C" ^@ ${start}`;
    asked.push(sql`(${starts("contracts.number", text.toUpperCase())} OR ${starts("contracts.order_id", text)}
      OR ${starts("contracts.account", text)})`);
  }
  return asked.length === 0 ? sql`true` : sql`${sql.join(asked, sql` AND `)}`;
}
