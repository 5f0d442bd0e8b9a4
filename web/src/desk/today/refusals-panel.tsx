import { useTranslation } from "react-i18next";
import type { Refusals } from "../../api/today.ts";
import { fullDayText } from "../../format/day.ts";
import { zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ChartFills } from "./chart-fills.tsx";
import { RefusalChart } from "./refusal-chart.tsx";
import { daysOf, seriesOf } from "./refusal-days.ts";
import { RefusalTable } from "./refusal-table.tsx";

interface RefusalsPanelProps {
  readonly refusals: Refusals;
  readonly timeZone: string;
}

/** Why contracts were refused, day by day: what brings people here who might have helped themselves. */
export function RefusalsPanel({ refusals, timeZone }: RefusalsPanelProps) {
  const { t } = useTranslation("desk");
  return (
    <section aria-labelledby="today-refusals" className="card refusals-panel">
      <h2 id="today-refusals">{t("today.refusals.title")}</h2>
      <p className="today-note soft">{t("today.refusals.lead")}</p>
      {refusals.reasons.length > 0 ? (
        <RefusalPicture refusals={refusals} timeZone={timeZone} />
      ) : (
        <div className="chart-empty">
          <p className="empty-title">{t("today.refusals.none")}</p>
          <p className="soft">{t("today.refusals.noneText")}</p>
        </div>
      )}
    </section>
  );
}

function RefusalPicture({ refusals, timeZone }: RefusalsPanelProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { from, to, reasons, days } = refusals;
  const [top] = reasons;
  const count = reasons.reduce((sum, each) => sum + each.count, 0);
  const summary = t("today.refusals.summary", {
    ...{ count, from: fullDayText(from, language), to: fullDayText(to, language) },
    ...{ top: top?.title ?? "", topCount: top?.count ?? 0 },
  });
  const titleOf = new Map(reasons.map(({ code, title }) => [code, title]));
  const toldOf = (day: string): string => {
    const told = days.filter((each) => each.day === day);
    return [
      fullDayText(day, language),
      ...told.map(({ code, count: times }) => `${titleOf.get(code) ?? code} ${times}`),
    ].join("\n");
  };
  return (
    <>
      <ChartFills />
      <RefusalChart days={daysOf(refusals)} summary={summary} dayText={({ day }) => toldOf(day)} />
      <Legend refusals={refusals} />
      <p className="soft small">
        {t("today.refusals.total", { count })} · {t("today.refusals.zone", { zone: zoneText(timeZone, to, language) })}
      </p>
      <RefusalTable refusals={refusals} />
    </>
  );
}

function Legend({ refusals }: { refusals: Refusals }) {
  const { t } = useTranslation("desk");
  const fills = new Map(seriesOf(refusals).map(({ code, fill }) => [code, fill]));
  return (
    <ul className="chart-legend" aria-label={t("today.refusals.legend")}>
      {refusals.reasons.map(({ code, title, count, rule }) => (
        <li key={code}>
          <svg width="16" height="16" aria-hidden="true" focusable="false">
            <rect width="16" height="16" rx="3" fill={`url(#chart-fill-${fills.get(code) ?? 0})`} />
          </svg>
          <strong className="number">{count}</strong>
          <span>
            {title}
            {rule !== null && <span className="soft small"> {t("today.refusals.rule", { rule })}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
