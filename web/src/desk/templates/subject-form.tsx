import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CompareSearch } from "../../api/compare-search.ts";
import { templatesQuery } from "../../api/templates.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { TextField } from "../../shell/text-field.tsx";
import { SubjectSuggestions, searchFor } from "./subject-suggestions.tsx";

/** Which order or bill to try on. Changes the address only, so that going back and sending a link both work. */
export function SubjectForm({ search }: { search: CompareSearch }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const navigate = useNavigate({ from: PATHS.compare });
  const { data: templates = [] } = useQuery(templatesQuery);
  const onBills = templates.find(({ name }) => name === search.template)?.subject === "bill";
  const kind = onBills ? "bill" : "order";
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get("subject");
    const name = typeof given === "string" ? given.trim() : "";
    void navigate({ search: searchFor(search, { kind, name }) });
  };
  return (
    <search className="card subject-form">
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor="compare-template">{t("templates.comparing.template")}</label>
          <select
            id="compare-template"
            className="text-input"
            value={search.template ?? ""}
            onChange={({ target }) => {
              const { order: _order, bill: _bill, template: _template, ...others } = search;
              void navigate({ search: { ...others, ...(target.value && { template: target.value }) } });
            }}
          >
            <option value="">{t("templates.comparing.anyTemplate")}</option>
            {templates.map(({ name, title }) => (
              <option key={name} value={name}>
                {`${title[language]} · ${name}`}
              </option>
            ))}
          </select>
        </div>
        <TextField
          key={`${kind} ${search[kind] ?? ""}`}
          id="compare-subject"
          name="subject"
          label={t(`templates.comparing.${kind}`)}
          {...(onBills && { hint: t("templates.comparing.billHint"), pattern: "[^/]+/\\d{4}-\\d{2}" })}
          required
          maxLength={80}
          autoComplete="off"
          defaultValue={search[kind] ?? ""}
        />
        <Button type="primary" htmlType="submit">
          {t("templates.comparing.choose")}
        </Button>
      </form>
      <SubjectSuggestions search={search} onBills={onBills} />
    </search>
  );
}
