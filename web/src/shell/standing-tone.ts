export type Tone = "good" | "wait" | "info" | "bad" | "off";

const TONES: Readonly<Record<string, Tone>> = {
  in_force: "good",
  pending_payment: "wait",
  not_started: "info",
  issuing: "info",
  timestamp_pending: "wait",
  ended: "off",
  lapsed: "bad",
  void: "bad",
};

/** A standing that this version does not know is shown neutrally. */
export function toneOfStanding(standing: string): Tone {
  return TONES[standing] ?? "off";
}
