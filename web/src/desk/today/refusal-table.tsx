import { useTranslation } from "react-i18next";
import type { Refusals } from "../../api/today.ts";
import { fullDayText } from "../../format/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";

/** The chart's figures, the newest day first. */
export function RefusalTable({ refusals: { days, reasons } }: { refusals: Refusals }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const titles = new Map(reasons.map(({ code, title }) => [code, title]));
  return (
    <details className="chart-table">
      <summary>{t("today.refusals.showTable")}</summary>
      <table className="table">
        <caption className="unseen">{t("today.refusals.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("today.refusals.column.day")}</th>
            <th scope="col">{t("today.refusals.column.reason")}</th>
            <th scope="col" className="number">
              {t("today.refusals.column.count")}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ day, code, count }) => (
            <tr key={`${day} ${code}`}>
              <th scope="row">
                <time dateTime={day}>{fullDayText(day, language)}</time>
              </th>
              <td>{titles.get(code) ?? code}</td>
              <td className="number">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
