import { useNavigate } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { type FormEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ORDER_VIEWS, type OrderSearch } from "../api/order-search.ts";
import { PATHS } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";
import "./order-filters.css";

/** Which orders to see. Changes the address only, so that going back and sending a link both work. */
export function OrderFilters({ view, q }: OrderSearch) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: PATHS.orders });
  return (
    <div className="order-filters">
      <Segmented
        aria-label={t("orders.views.label")}
        options={ORDER_VIEWS.map((value) => ({ value, label: t(`orders.views.${value}`) }))}
        value={view}
        onChange={(chosen) => void navigate({ search: { view: chosen, q } })}
      />
      <SearchField key={q} q={q} onSearch={(text) => void navigate({ search: { view, q: text } })} />
    </div>
  );
}

function SearchField({ q, onSearch }: { q: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(input.current?.value.trim() ?? "");
  };
  return (
    <search>
      <form className="order-search" onSubmit={submit}>
        <input
          ref={input}
          type="search"
          className="text-input"
          aria-label={t("orders.search")}
          placeholder={t("orders.search")}
          defaultValue={q}
          maxLength={64}
          onInput={({ currentTarget }) => {
            if (currentTarget.value === "" && q !== "") onSearch("");
          }}
        />
        <Button htmlType="submit" aria-label={t("orders.searchAction")} icon={<Icon name="search" />} />
      </form>
    </search>
  );
}
