import type { SealingOutlook } from "../../api/seal-keys.ts";
import type { Tone } from "../../shell/standing-tone.ts";

type Alarm = SealingOutlook["alarm"];

export const ALARM_TONES = {
  none: "good",
  within_90_days: "info",
  within_30_days: "wait",
  within_7_days: "bad",
  cannot_seal: "bad",
} as const satisfies Record<Alarm, Tone>;

/** An authority may take weeks over a certificate: less than thirty days are few. */
export function isPressing(alarm: Alarm): boolean {
  return alarm === "within_30_days" || alarm === "within_7_days" || alarm === "cannot_seal";
}
