import type { FILLS } from "./refusal-days.ts";

type Fill = (typeof FILLS)[number];

/** What is drawn over the colour, so that no part is told by its colour alone (WCAG 2.2, 1.4.1). */
const MARKS: Readonly<Record<Fill, string>> = {
  1: "",
  2: "M-2 2L2-2M0 8L8 0M6 10L10 6",
  3: "M4 2.4a1.6 1.6 0 1 0 .01 0z",
  4: "M0 2H8M0 6H8",
  5: "M-2 6L2 10M0 0L8 8M6-2L10 2",
  6: "M0 4H8M4 0V8",
};

/** The patterns of the chart's parts; once on a page. */
export function ChartFills() {
  return (
    <svg width="0" height="0" className="chart-fills" aria-hidden="true" focusable="false">
      <defs>
        {Object.entries(MARKS).map(([fill, mark]) => (
          <pattern key={fill} id={`chart-fill-${fill}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" className={`chart-colour-${fill}`} />
            <path d={mark} className="chart-mark" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
