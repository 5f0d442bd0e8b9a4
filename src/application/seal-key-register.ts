import type { SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { SealKeyLine } from "./seal-keys.ts";

/** A seller's keys, and how long they let it go on sealing. */
export interface SealingOutlook {
  readonly seller: SellerId;
  readonly keys: readonly SealKeyLine[];
  /** Until then there is a key for every instant; null: there is none now. */
  readonly canSealUntil: Instant | null;
  /** Whole days until then; null: it cannot seal now. */
  readonly daysLeft: number | null;
  /** After a gap without a key, when the next one begins; null where none follows. */
  readonly resumesAt: Instant | null;
  readonly alarm: SealingAlarm;
}

export const SEALING_ALARMS = ["none", "within_90_days", "within_30_days", "within_7_days", "cannot_seal"] as const;
/** How soon somebody must see to a successor: an authority may take weeks over a certificate. */
export type SealingAlarm = (typeof SEALING_ALARMS)[number];

/** `daysLeft` as in the outlook. */
export function sealingAlarm(daysLeft: number | null): SealingAlarm {
  if (daysLeft === null) return "cannot_seal";
  if (daysLeft < 7) return "within_7_days";
  if (daysLeft < 30) return "within_30_days";
  return daysLeft < 90 ? "within_90_days" : "none";
}

/** Where the keys of all sellers are seen. */
export interface SealKeyRegister {
  /** Of every seller that has a place for keys, by its id; of others in `besides` that there are none. */
  outlooks(at: Instant, besides: readonly SellerId[]): Promise<readonly SealingOutlook[]>;
}
