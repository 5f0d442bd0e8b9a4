import type { ReactNode } from "react";

interface FigureLineProps {
  /** What stands out: how much there is. */
  readonly figure: string;
  readonly note?: ReactNode;
}

/** How much waits, and beneath it what else is to be known. */
export function FigureLine({ figure, note }: FigureLineProps) {
  return (
    <>
      <span className="waiting-figure">{figure}</span>
      {note && <span className="waiting-note soft small">{note}</span>}
    </>
  );
}
