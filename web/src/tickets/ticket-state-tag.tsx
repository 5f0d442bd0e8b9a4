import { Tag } from "../shell/standing-tag.tsx";
import type { Tone } from "../shell/standing-tone.ts";
import { useTicketWords } from "./use-ticket-words.ts";

const TONES: Readonly<Record<string, Tone>> = { open: "wait", resolved: "good", rejected: "bad" };

export function TicketStateTag({ state }: { state: string }) {
  const words = useTicketWords();
  return <Tag tone={TONES[state] ?? "off"}>{words.state(state)}</Tag>;
}
