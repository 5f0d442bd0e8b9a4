import type { Transaction } from "kysely";
import type { RefusalBooks } from "../application/refusal-books.ts";
import { cycleOf, orderOf } from "../domain/contract.ts";
import { isoDayOf } from "../domain/iso-day.ts";
import { newId } from "./new-id.ts";
import { houseZone } from "./party-queries.ts";
import type { Tables } from "./tables.ts";

/** Why contracts were refused, within a transaction. */
export function refusalBooks(database: Transaction<Tables>): RefusalBooks {
  return {
    async tellRefusal({ account, subject, refuse, at, askedFor, actor }) {
      await database
        .insertInto("refusals")
        .values({
          account,
          refusal_id: newId(),
          at: new Date(at),
          day: isoDayOf(at, await houseZone(database)),
          code: refuse.refusal.code,
          policy_version: refuse.policyVersion,
          order_id: orderOf({ subject }),
          cycle: cycleOf({ subject }),
          asked_for: askedFor,
          actor_kind: actor,
        })
        .onConflict((conflict) => conflict.constraint("told_once_a_day").doNothing())
        .execute();
    },
  };
}
