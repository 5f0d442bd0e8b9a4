import type { ReactNode } from "react";

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string;
}

/** Names and values, as a list of terms. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="fact-list">
      {facts.map(({ label, value, note }) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd>
            <span>{value}</span>
            {note && <span className="soft small">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
