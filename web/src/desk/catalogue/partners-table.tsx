import { useTranslation } from "react-i18next";
import type { Partner } from "../../api/catalogue.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PARTNER_KIND_WORDS } from "./catalogue-words.ts";
import { EntryLink } from "./entry-link.tsx";

const COLUMNS = ["name", "kind", "contact"] as const;

export function PartnersTable({ partners }: { partners: readonly Partner[] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  return (
    <div className="table-card">
      <table className="table stacking labelled">
        <caption className="unseen">{t("catalogue.partners.heading")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`catalogue.partners.column.${column}`)}
              </th>
            ))}
            <th scope="col" className="number">
              {t("catalogue.partners.column.accounts")}
            </th>
          </tr>
        </thead>
        <tbody>
          {partners.map(({ partner, kind, name, contact, accounts }) => (
            <tr key={partner}>
              <th scope="row">
                <EntryLink id={partner} name={name} />
                <span className="soft small code wrap">{partner}</span>
              </th>
              <td data-label={t("catalogue.partners.column.kind")}>{PARTNER_KIND_WORDS[kind][language]}</td>
              <td data-label={t("catalogue.partners.column.contact")}>
                <span className="wrap">{contact}</span>
              </td>
              <td data-label={t("catalogue.partners.column.accounts")} className="number">
                {accounts}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
