import { type Bill, type BillCycle, expectedFinalAt } from "../domain/bill.ts";
import type { AccountId, ProductCode, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Seller } from "../domain/parties.ts";
import type { Result } from "../domain/result.ts";
import type { Actor } from "./ports.ts";
import { type RecordBillPorts, type RecordedBill, recordBill } from "./record-bill.ts";

/** What a foreign bill does not say itself. */
interface BillDefaults {
  readonly account: AccountId;
  readonly seller: SellerId;
  readonly isFinal: (cycle: BillCycle) => boolean;
  readonly isInCatalogue: (product: ProductCode) => boolean;
}

/** A foreign format of a month's bill; implemented in the sources room. */
export interface BillSource {
  /** Whether the text is such a bill, well-formed or not, rather than orders. */
  readonly recognises: (text: string) => boolean;
  readonly read: (text: string, defaults: BillDefaults) => Result<Bill, InputFault>;
}

export type ImportedBill =
  | { readonly outcome: RecordedBill; readonly cycle: BillCycle; readonly state: Bill["state"] }
  /** `cycle` is null where the text could not be read. */
  | { readonly outcome: "refused"; readonly cycle: BillCycle | null; readonly fault: InputFault };

/**
 * Records a bill of a source that does not say whether the month is complete: it is final once the day has come on which
 * the policy expects that, whatever decides for contracts (R13). `state` is what the books now have.
 */
export async function importBill(
  ports: RecordBillPorts,
  actor: Actor,
  source: BillSource,
  text: string,
  { account, seller }: { readonly account: AccountId; readonly seller: Seller },
): Promise<ImportedBill> {
  const { ledger, clock } = ports;
  const [{ billFinality }, catalogue] = await Promise.all([ledger.currentPolicy(), ledger.products()]);
  const at = clock.now();
  const read = source.read(text, {
    account,
    seller: seller.id,
    isFinal: (cycle) => at >= expectedFinalAt(cycle, billFinality, seller.timeZone),
    isInCatalogue: (product) => catalogue.has(product),
  });
  if (!read.ok) return { outcome: "refused", cycle: null, fault: read.fault };
  const { cycle, state } = read.value;
  const recorded = await recordBill(ports, actor, read.value);
  if (!recorded.ok) return { outcome: "refused", cycle, fault: recorded.fault };
  return { outcome: recorded.value, cycle, state: recorded.value === "stale" ? "final" : state };
}
