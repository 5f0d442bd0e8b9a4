import { useTranslation } from "react-i18next";
import { type Tone, toneOfStanding } from "./standing-tone.ts";

const STANDINGS = ["pending_payment", "in_force", "not_started", "ended", "lapsed", "void", "issuing"] as const;

interface StandingTagProps {
  readonly standing: string;
  /** `issuing` overrides: a contract that is still being sealed has no standing to show yet. */
  readonly state?: string;
}

/** What a contract is worth now, in a word and a colour. */
export function StandingTag({ standing, state }: StandingTagProps) {
  const { t } = useTranslation();
  const shown = state === "issuing" ? "issuing" : standing;
  const known = STANDINGS.find((each) => each === shown);
  return <Tag tone={toneOfStanding(shown)}>{known ? t(`standing.${known}`) : shown}</Tag>;
}

export function Tag({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
