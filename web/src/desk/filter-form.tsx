import { Button } from "antd";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./filter-form.css";

interface FilterFormProps {
  /** What is looked for, for screen readers. */
  readonly label: string;
  /** Whether there is anything to clear. */
  readonly asked: boolean;
  readonly onSearch: (values: Readonly<Record<string, unknown>>) => void;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** What to look for, by the names of its fields; a new search begins on the first page. */
export function FilterForm({ label, asked, onSearch, onClear, children }: FilterFormProps) {
  const { t } = useTranslation("desk");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSearch(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return (
    <search className="card filter-form">
      <form onSubmit={submit} aria-label={label}>
        {children}
        <div className="filter-form-actions">
          <Button type="primary" htmlType="submit">
            {t("audit.search")}
          </Button>
          {asked && <Button onClick={onClear}>{t("audit.clear")}</Button>}
        </div>
      </form>
    </search>
  );
}
