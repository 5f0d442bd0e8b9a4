import { useTranslation } from "react-i18next";
import type { DeliveryDetail } from "../../api/webhooks.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { wordFor } from "../words.ts";
import { ATTEMPT_WORDS } from "./attempt-words.ts";
import { useSecondText } from "./use-second-text.ts";

const COLUMNS = ["at", "result", "status", "took"] as const;

export function AttemptsTable({ attempts }: { attempts: DeliveryDetail["tried"] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const secondText = useSecondText();
  return (
    <ColumnTable
      className="labelled"
      caption={t("webhooks.delivery.attemptsCaption")}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`webhooks.delivery.column.${column}`) }))}
    >
      {attempts.map(({ at, result, status, tookMs }) => (
        <tr key={`${at} ${tookMs}`}>
          <th scope="row">
            <time dateTime={at}>{secondText(at)}</time>
          </th>
          <td data-label={t("webhooks.delivery.column.result")}>{wordFor(ATTEMPT_WORDS, result, language)}</td>
          <td data-label={t("webhooks.delivery.column.status")}>
            {status ?? <span className="soft">{t("webhooks.delivery.noAnswer")}</span>}
          </td>
          <td data-label={t("webhooks.delivery.column.took")}>{t("webhooks.delivery.milliseconds", { ms: tookMs })}</td>
        </tr>
      ))}
    </ColumnTable>
  );
}
