import type { Pool } from "pg";
import { announceEndedHolds } from "../../../src/application/announce-ended-holds.ts";
import { finishInterrupted } from "../../../src/application/finish-interrupted.ts";
import { BooksReader, lastEventOf } from "../../model/observed-shop.ts";
import { START } from "../../model/shop.ts";
import { judgeOrder } from "./judge-order.ts";
import { SimulatedOrder } from "./simulated-order.ts";
import { SimulatedShop } from "./simulated-shop.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Orders come in the first part of the time, so that the holds of most of them end within it. */
const ORDERING_SHARE = 0.4;

export interface Simulated {
  readonly trace: string;
  readonly orders: number;
  readonly contracts: number;
  readonly events: number;
  readonly faults: number;
  readonly crashes: number;
  readonly failures: readonly string[];
}

/** Lives through some days of a shop; the same seed gives the same trace. `name` is the account's, new in the database. */
export async function simulate(pool: Pool, name: string, seed: number, days: number): Promise<Simulated> {
  const shop = new SimulatedShop(pool, name, seed, days);
  await shop.open();
  const reader = new BooksReader(pool, [shop.account], await lastEventOf(pool));
  const orders = placeOrders(shop, days);
  for (let hour = 1; hour <= days * 24; hour++) shop.plan(START + hour * HOUR, "sweep", () => sweep(shop));
  const failures: string[] = [];
  try {
    await shop.liveUntil(START + days * DAY);
    shop.calm();
    // Whatever is still to come: payments long after, answers that are asked for again, and the end of every hold.
    await shop.liveUntil(START + (days + 80) * DAY);
    await sweep(shop);
    failures.push(...(await judge(shop, orders, reader)));
  } catch (error) {
    failures.push(error instanceof Error ? `${error.stack}` : String(error));
  } finally {
    await shop.close();
  }
  const contracts = orders.filter(({ promised }) => promised !== null).length;
  const told = failures.map((failure) => `seed ${seed}, ${days} days: ${failure}`);
  return { trace: shop.trace(), orders: orders.length, contracts, ...shop.counts, failures: told };
}

function placeOrders(shop: SimulatedShop, days: number): readonly SimulatedOrder[] {
  const count = Math.ceil(days * ORDERING_SHARE);
  return Array.from({ length: count }, (_, index) => {
    const placedAt = START + shop.random.below(days * ORDERING_SHARE * DAY);
    const order = new SimulatedOrder(shop, `order-${index}`, placedAt);
    order.begin();
    return order;
  });
}

/** What the service does by itself, on one node or the other. */
async function sweep(shop: SimulatedShop): Promise<string> {
  await shop.letClaimsRunOut();
  const finished = await shop.attempt(({ ports }) => finishInterrupted(ports, () => {}));
  const announced = await shop.attempt(({ ports }) => announceEndedHolds(ports));
  return `${finished ?? "?"} finished, ${announced ?? "?"} announced`;
}

async function judge(
  shop: SimulatedShop,
  orders: readonly SimulatedOrder[],
  reader: BooksReader,
): Promise<readonly string[]> {
  const { desk, now } = shop;
  if (!desk) throw new Error("the shop is closed");
  const books = await reader.look();
  const faults: string[] = [];
  for (const order of orders) {
    const seen = books.get(order.id);
    faults.push(...(await judgeOrder(order, seen, desk, now)));
    shop.note(`${order.name} ${seen?.events.join(", ")} ${seen?.contracts[0]?.holdUntil}`);
  }
  return faults;
}
