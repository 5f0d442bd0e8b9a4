import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { type AuditFilter, type AuditFilters, auditFiltersOf } from "../api/audit-filters.ts";
import { PATHS } from "../paths.ts";
import { TextField } from "../shell/text-field.tsx";
import { ACTION_WORDS } from "./action-words.ts";
import { OBJECT_WORDS } from "./audit-words.ts";
import { SelectField } from "./select-field.tsx";

interface AuditFilterFormProps {
  readonly filters: AuditFilters;
}

/** What to look for. Changes the address only, so that going back and sending a link both work. */
export function AuditFilterForm({ filters }: AuditFilterFormProps) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate({ from: PATHS.audit });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void navigate({ search: auditFiltersOf(Object.fromEntries(new FormData(event.currentTarget))) });
  };
  const field = (name: AuditFilter) => ({
    id: `audit-${name}`,
    name,
    label: t(`audit.${name}`),
    defaultValue: filters[name] ?? "",
  });
  return (
    <search className="card audit-filters">
      <form onSubmit={submit} aria-label={t("audit.filters")}>
        <TextField type="date" {...field("from")} />
        <TextField type="date" {...field("to")} />
        <SelectField {...field("action")} words={ACTION_WORDS} all={t("audit.all")} />
        <SelectField {...field("objectKind")} words={OBJECT_WORDS} all={t("audit.all")} />
        <TextField maxLength={200} {...field("object")} />
        <TextField maxLength={200} {...field("account")} />
        <TextField maxLength={200} {...field("actor")} />
        <div className="audit-filter-actions">
          <Button type="primary" htmlType="submit">
            {t("audit.search")}
          </Button>
          {Object.keys(filters).length > 0 && (
            <Button onClick={() => void navigate({ search: {} })}>{t("audit.clear")}</Button>
          )}
        </div>
      </form>
    </search>
  );
}
