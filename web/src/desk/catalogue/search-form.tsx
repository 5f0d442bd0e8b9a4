import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../shell/icon.tsx";

/** What to look for. Changes the address only, so that going back and sending a link both work. */
export function SearchForm({ q, label }: { q: string; label: string }) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const search = (text: string) => void navigate({ to: ".", search: text === "" ? {} : { q: text } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(input.current?.value.trim() ?? "");
  };
  return (
    <search>
      <form className="catalogue-search" onSubmit={submit}>
        <input
          ref={input}
          type="search"
          className="text-input"
          aria-label={label}
          placeholder={label}
          defaultValue={q}
          maxLength={64}
          onInput={({ currentTarget }) => {
            if (currentTarget.value === "" && q !== "") search("");
          }}
        />
        <Button htmlType="submit" aria-label={t("catalogue.searchAction")} icon={<Icon name="search" />} />
      </form>
    </search>
  );
}
