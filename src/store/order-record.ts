import { type RawBuilder, sql } from "kysely";
import type { Order } from "../domain/order.ts";

/** The order as it is stored: plain JSON, in which amounts of minor units are decimal text. */
export function orderToJson(order: Order): string {
  return JSON.stringify(order, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/** Reads what `orderToJson` wrote; `minor` is the only member that was a bigint. */
export function orderFromJson(json: string): Order {
  return JSON.parse(json, (key, value: unknown) =>
    key === "minor" && typeof value === "string" ? BigInt(value) : value,
  ) as Order;
}

/** The stored text: the driver would otherwise parse it before we can read the amounts. */
export const ORDER_TEXT: RawBuilder<string> = sql<string>`orders.body::text`;
