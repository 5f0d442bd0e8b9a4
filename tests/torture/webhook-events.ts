import type { Database } from "../../src/store/database.ts";
import { ledgerTransaction } from "../../src/store/ledger-transaction.ts";
import type { Receiver } from "../webhooks/receiver.ts";
import { eventOn } from "../webhooks/webhook-bench.ts";

/** Subjects are numbered in the order of their commits. */
export async function publishEvents(database: Database, events: number): Promise<void> {
  for (let index = 0; index < events; index++) {
    await database
      .transaction()
      .execute((transaction) => ledgerTransaction(transaction).publish(eventOn(`E-${index}`)));
  }
}

/** What is wrong with what a receiver took: something missing, under two ids, or for the first time behind a later one. */
export function wasDeliveredInOrder(receiver: Receiver, events: number, name: string): readonly string[] {
  const first = [...new Set(receiver.taken())];
  const wanted = Array.from({ length: events }, (_, index) => `E-${index}`);
  const missing = wanted.filter((subject) => !first.includes(subject));
  const misplaced = first.findIndex((subject, index) => subject !== wanted[index]);
  const ids = new Map<string, Set<string>>();
  for (const { id, event } of receiver.received) ids.set(event.subject, (ids.get(event.subject) ?? new Set()).add(id));
  return [
    ...(missing.length > 0 ? [`${name} never got ${missing.length} events, the first ${missing[0]}`] : []),
    ...(misplaced >= 0 ? [`${name} got ${first[misplaced]} where ${wanted[misplaced]} was due`] : []),
    ...([...ids.values()].some(({ size }) => size > 1) ? [`${name} got one event under two ids`] : []),
  ];
}
