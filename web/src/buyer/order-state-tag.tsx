import type { Tone } from "../shell/standing-tone.ts";
import { useOrderWords } from "./use-order-words.ts";

const TONES: Readonly<Record<string, Tone>> = { unpaid: "wait", paid: "good" };

export function OrderStateTag({ state }: { state: string }) {
  const words = useOrderWords();
  return <span className={`state-dot state-${TONES[state] ?? "off"}`}>{words.state(state)}</span>;
}
