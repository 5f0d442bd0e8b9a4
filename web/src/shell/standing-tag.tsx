import { useTranslation } from "react-i18next";
import { type Tone, toneOfStanding } from "./standing-tone.ts";

const STANDINGS = [
  "pending_payment",
  "in_force",
  "not_started",
  "ended",
  "lapsed",
  "void",
  "issuing",
  "timestamp_pending",
] as const;

interface StandingTagProps {
  /** `issuing` overrides the standing: a contract that is still being sealed has none to show yet. */
  readonly contract: {
    readonly standing: string;
    readonly state: string;
    readonly waitingFor: { readonly what: "timestamp" } | null;
  };
}

/** What a contract is worth now, in a word and a colour; or what keeps it from being issued. */
export function StandingTag({ contract: { standing, state, waitingFor } }: StandingTagProps) {
  const { t } = useTranslation();
  const beingSealed = waitingFor ? "timestamp_pending" : "issuing";
  const shown = state === "issuing" ? beingSealed : standing;
  const known = STANDINGS.find((each) => each === shown);
  return <Tag tone={toneOfStanding(shown)}>{known ? t(`standing.${known}`) : shown}</Tag>;
}

export function Tag({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
