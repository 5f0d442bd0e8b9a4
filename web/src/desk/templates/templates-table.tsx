import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Template } from "../../api/templates.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { Tag } from "../../shell/standing-tag.tsx";
import { wordFor } from "../words.ts";
import { TEMPLATE_NOTES } from "./template-notes.ts";

const COLUMNS = ["title", "orders", "version", "clauses"] as const;

export function TemplatesTable({ templates }: { templates: readonly Template[] }) {
  const { t } = useTranslation("desk");
  return (
    <div className="table-card">
      <table className="table stacking labelled templates-table">
        <caption className="unseen">{t("templates.list.caption")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`templates.list.column.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t("templates.list.action")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {templates.map((template) => (
            <TemplateRow key={template.name} template={template} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TemplateRow({ template }: { template: Template }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { name, family, newest, library, clauses } = template;
  const title = template.title[language];
  return (
    <tr>
      <th scope="row" className="column-title">
        <strong>{title}</strong>
      </th>
      <td data-label={t("templates.list.column.orders")}>{wordFor(TEMPLATE_NOTES, family, language)}</td>
      <td data-label={t("templates.list.column.version")}>
        <div>
          <span className="code">{name}</span>{" "}
          <Tag tone={newest ? "good" : "off"}>{t(newest ? "templates.list.newest" : "templates.list.former")}</Tag>
          <span className="soft small">{t("templates.list.library", { library })}</span>
        </div>
      </td>
      <td data-label={t("templates.list.column.clauses")}>
        <details>
          <summary>{t("templates.list.clauses", { count: clauses.length })}</summary>
          <span className="small code">{clauses.join(" ")}</span>
        </details>
      </td>
      <td className="column-action">
        <Link to={PATHS.compare} search={{ template: name }} aria-label={t("templates.list.compareFor", { title })}>
          {t("templates.compare")}
        </Link>
      </td>
    </tr>
  );
}
