import type { AccountId, OrderId, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Order } from "../domain/order.ts";
import type { Result } from "../domain/result.ts";
import type { Actor } from "./ports.ts";
import { type Recorded, type RecordOrderPorts, recordOrder } from "./record-order.ts";

/** One order found in a foreign file, or why it could not be read; `line` counts from 1. */
export interface ImportEntry {
  readonly line: number;
  readonly reference: string | null;
  readonly order: Result<Order, InputFault>;
}

/** Reads a foreign format, piece by piece; implemented in the sources room. */
export type SourceFormat = (
  input: AsyncIterable<Uint8Array>,
  defaults: { readonly account: AccountId | null; readonly seller: SellerId },
) => AsyncIterable<ImportEntry>;

export type ImportOutcome =
  | { readonly line: number; readonly order: OrderId; readonly outcome: Recorded }
  | { readonly line: number; readonly order: string | null; readonly outcome: "refused"; readonly fault: InputFault };

/** Records each order of the input on its own: what is refused is named by line, the others go in. */
export async function* importOrders(
  ports: RecordOrderPorts,
  actor: Actor,
  entries: AsyncIterable<ImportEntry>,
): AsyncIterable<ImportOutcome> {
  for await (const { line, reference, order } of entries) {
    if (!order.ok) {
      yield { line, order: reference, outcome: "refused", fault: order.fault };
      continue;
    }
    const recorded = await recordOrder(ports, actor, order.value);
    yield recorded.ok
      ? { line, order: order.value.id, outcome: recorded.value }
      : { line, order: order.value.id, outcome: "refused", fault: recorded.fault };
  }
}
