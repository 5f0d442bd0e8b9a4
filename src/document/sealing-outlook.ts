import { type SealingOutlook, type SealKeyRegister, sealingAlarm } from "../application/seal-key-register.ts";
import type { SellerId } from "../domain/identifiers.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { coveredUntil, useBegins, wholeSecond } from "./key-choice.ts";
import type { ReadKey } from "./key-folder.ts";
import { type KeyRing, usable } from "./key-ring.ts";
import { keyLines } from "./key-state.ts";

const DAY_MS = 86_400_000;

/** The keys of a ring as whoever looks after them sees them. */
export function openSealKeyRegister(ring: Pick<KeyRing, "sellers" | "keys">): SealKeyRegister {
  return {
    async outlooks(at, besides) {
      const sellers = [...new Set([...(await ring.sellers()), ...besides])].toSorted();
      return Promise.all(sellers.map(async (seller) => sealingOutlook(seller, await ring.keys(seller, at), at)));
    },
  };
}

/** Until when the seller's keys, one after the other, leave no instant without one, and what follows. */
function sealingOutlook(seller: SellerId, keys: readonly ReadKey[], at: Instant): SealingOutlook {
  const periods = keys.flatMap(usable).map(({ period }) => period);
  const end = coveredUntil(periods, at);
  const canSeal = end !== at;
  const daysLeft = canSeal ? Math.floor((end - at) / DAY_MS) : null;
  const next = Math.min(...periods.map(useBegins).filter((begins) => begins > end));
  return {
    seller,
    keys: keyLines(seller, keys, at),
    canSealUntil: canSeal ? wholeSecond(end) : null,
    daysLeft,
    resumesAt: next === Number.POSITIVE_INFINITY ? null : instantOf(next),
    alarm: sealingAlarm(daysLeft),
  };
}
