import { orderOf } from "../domain/contract.ts";
import { standingOf } from "../domain/standing.ts";
import { announceHoldEnd, announceStanding } from "./order-announcement.ts";
import type { Clock, Ledger } from "./ports.ts";

/**
 * Announces holds that have ended by the clock, one transaction each; answers how many. It decides nothing: a contract
 * has lapsed at its instant whether or not this ever runs (R10).
 */
export async function announceEndedHolds({ ledger, clock }: { ledger: Ledger; clock: Clock }): Promise<number> {
  for (let announced = 0; ; announced++) {
    const found = await ledger.transaction(async (transaction) => {
      const at = clock.now();
      const contract = await transaction.takeEndedHold(at);
      const order = contract && orderOf(contract);
      if (!contract || order === null) return false;
      const held = await transaction.lockOrder(contract.account, order);
      // A report may have settled it between our finding it and our lock on its order.
      if (!(await transaction.settleHold(contract))) return true;
      const standing = standingOf(contract, held, at);
      if (standing === "lapsed") await announceStanding(transaction, contract, "contract.lapsed", standing, at);
      await announceHoldEnd(transaction, contract, standing, at);
      return true;
    });
    if (!found) return announced;
  }
}
