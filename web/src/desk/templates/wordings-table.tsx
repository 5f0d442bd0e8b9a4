import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { WordingStatus } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";

const COLUMNS = ["seller", "version", "draft"] as const;

/** Which words are each seller's own, and which wait for a second person. */
export function WordingsTable({ wordings }: { wordings: readonly WordingStatus[] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  return (
    <ColumnTable
      className="labelled"
      caption={t("templates.sellers.caption")}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`templates.sellers.column.${column}`) }))}
    >
      {wordings.map(({ seller, legalName, version, draft }) => (
        <tr key={seller}>
          <th scope="row">
            <Link to={PATHS.wording} params={{ seller }} className="wrap">
              {legalName[language]}
            </Link>
            <span className="soft small">{seller}</span>
          </th>
          <td data-label={t("templates.sellers.column.version")}>
            {version === 0 ? t("templates.sellers.library") : t("templates.sellers.version", { version })}
          </td>
          <td data-label={t("templates.sellers.column.draft")}>
            {draft === null ? (
              <span className="soft">{t("templates.sellers.noDraft")}</span>
            ) : (
              <span className="wrap">{t("templates.sellers.draftedBy", { person: draft.draftedBy })}</span>
            )}
          </td>
        </tr>
      ))}
    </ColumnTable>
  );
}
