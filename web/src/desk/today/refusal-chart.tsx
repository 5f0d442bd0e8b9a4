import { shortDayText } from "../../format/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type DayOfRefusals, scaleOf } from "./refusal-days.ts";

interface RefusalChartProps {
  readonly days: readonly DayOfRefusals[];
  /** What the picture says, for whoever does not see it. */
  readonly summary: string;
  /** What is told of a day where the pointer rests. */
  readonly dayText: (day: DayOfRefusals) => string;
}

const HEIGHT = 180;
/** Between parts of a bar, so that two of them are never one. */
const GAP = 1;
const DAYS_PER_LABEL = 5;

/** A bar a day, made of its reasons. Positions across are in per cent, so that letters keep their size on any screen. */
export function RefusalChart({ days, summary, dayText }: RefusalChartProps) {
  const { language } = useLanguage();
  const { top, middle } = scaleOf(days);
  const slot = 100 / days.length;
  return (
    <div className="chart">
      <div className="chart-scale" aria-hidden="true">
        {[top, middle, 0].map((value) => (
          <span key={value}>{value}</span>
        ))}
      </div>
      <svg className="chart-plot" width="100%" height={HEIGHT} role="img" aria-label={summary}>
        {[0, 0.5, 1].map((share) => (
          <line key={share} x1="0" x2="100%" y1={lineAt(share)} y2={lineAt(share)} className="chart-line" />
        ))}
        {days.map((day, index) => (
          <Bar key={day.day} day={day} left={index * slot} width={slot} top={top} text={dayText(day)} />
        ))}
      </svg>
      <div className="chart-days" aria-hidden="true">
        {days.map(({ day }, index) => (
          // Counted from today backwards, which so has its label.
          <span key={day}>{(days.length - 1 - index) % DAYS_PER_LABEL === 0 && shortDayText(day, language)}</span>
        ))}
      </div>
    </div>
  );
}

interface BarProps {
  readonly day: DayOfRefusals;
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly text: string;
}

function Bar({ day: { parts }, left, width, top, text }: BarProps) {
  let below = 0;
  return (
    <g>
      <title>{text}</title>
      {/* The whole height answers the pointer, not only what is drawn. */}
      <rect x={`${left}%`} width={`${width}%`} y="0" height={HEIGHT} fill="transparent" />
      {parts.map(({ fill, count }) => {
        const height = (count / top) * (HEIGHT - 1);
        below += height;
        return (
          <rect
            key={fill}
            x={`${left + width * 0.16}%`}
            width={`${width * 0.68}%`}
            y={HEIGHT - below}
            height={Math.max(1, height - GAP)}
            fill={`url(#chart-fill-${fill})`}
          />
        );
      })}
    </g>
  );
}

/** Half a pixel off, so that a line of one is as sharp as can be. */
function lineAt(share: number): number {
  return Math.round((HEIGHT - 1) * share) + 0.5;
}
