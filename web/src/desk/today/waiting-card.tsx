import { type ReactNode, useId } from "react";
import { Icon } from "../../shell/icon.tsx";

type Urgency = "calm" | "waits" | "urgent";

interface WaitingCardProps {
  readonly title: string;
  /** Calm: nothing waits, and the lines say so. */
  readonly urgency: Urgency;
  readonly lines: readonly ReactNode[];
  /** The way there. */
  readonly children?: ReactNode;
}

const ICONS = { calm: "check", waits: "clock", urgent: "warning" } as const;

/** One kind of thing that may wait: how much, for how long, and the way there. */
export function WaitingCard({ title, urgency, lines, children }: WaitingCardProps) {
  const id = useId();
  return (
    <section className={`card waiting-card waiting-${urgency}`} aria-labelledby={id}>
      <h3 id={id}>
        <Icon name={ICONS[urgency]} size={17} />
        {title}
      </h3>
      <ul className="waiting-lines">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name, and none changes its place.
          <li key={index}>{line}</li>
        ))}
      </ul>
      {children && <p className="waiting-ways">{children}</p>}
    </section>
  );
}
