import { type RawBuilder, sql } from "kysely";
import type { Bill } from "../domain/bill.ts";
import type { Order } from "../domain/order.ts";
import { lifeOf } from "../domain/order-life.ts";

/** The order as it is stored: plain JSON, in which amounts of minor units are decimal text. */
export function orderToJson(order: Order | Bill): string {
  return JSON.stringify(order, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/** Reads what `orderToJson` wrote; `minor` is the only member that was a bigint. */
export function orderFromJson(json: string): Order {
  const order = moneyFromJson(json) as Order;
  // Orders of the first release were stored without their life: it followed from their one state.
  return "life" in order ? order : { ...(order as Order), life: lifeOf([order]) };
}

/** Reads JSON in which amounts of minor units are decimal text. */
export function moneyFromJson(json: string): unknown {
  return JSON.parse(json, (key, value: unknown) =>
    key === "minor" && typeof value === "string" ? BigInt(value) : value,
  );
}

/** The stored text: the driver would otherwise parse it before we can read the amounts. */
export const ORDER_TEXT: RawBuilder<string> = sql<string>`orders.body::text`;
