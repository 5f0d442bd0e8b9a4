import type { Localized } from "../domain/localized.ts";
import type { Clock, Ledger } from "./ports.ts";
import type { SealingOutlook, SealKeyRegister } from "./seal-key-register.ts";

export interface SellerKeys extends SealingOutlook {
  /** Null for a folder of keys whose seller is not in the books. */
  readonly name: Localized | null;
}

interface ShowSealKeysPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly sealKeys: SealKeyRegister;
}

/** The keys of every seller that has any, and of the default seller in any case: without one it cannot seal (R18). */
export async function showSealKeys({ ledger, clock, sealKeys }: ShowSealKeysPorts): Promise<readonly SellerKeys[]> {
  const house = await ledger.defaultSeller();
  const outlooks = await sealKeys.outlooks(clock.now(), house ? [house.id] : []);
  return Promise.all(
    outlooks.map(async (outlook) => ({ ...outlook, name: (await ledger.seller(outlook.seller))?.legalName ?? null })),
  );
}
