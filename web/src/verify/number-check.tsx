import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import { TextField } from "../shell/text-field.tsx";

/** Number and code as printed on a contract; the answer has an address of its own. */
export function NumberCheck(given: { number: string; code: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [number, setNumber] = useState(given.number);
  const [code, setCode] = useState(given.code);
  const [incomplete, setIncomplete] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = { number: number.trim().toUpperCase(), code: code.trim() };
    setIncomplete(asked.number === "" || asked.code === "");
    if (asked.number === "" || asked.code === "") return;
    void navigate({ to: PATHS.verifyNumber, params: { number: asked.number }, search: { code: asked.code } });
  };
  return (
    <section className="card">
      <h2>{t("verify.byNumber")}</h2>
      <p className="soft">{t("verify.byNumberHint")}</p>
      <form className="number-form" onSubmit={submit}>
        <TextField
          id="verify-number"
          label={t("verify.number")}
          value={number}
          placeholder={t("verify.numberExample")}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setNumber(target.value)}
        />
        <TextField
          id="verify-code"
          label={t("verify.code")}
          value={code}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setCode(target.value)}
        />
        <Button htmlType="submit">{t("verify.check")}</Button>
      </form>
      {incomplete && (
        <p className="field-fault" role="alert">
          {t("verify.needBoth")}
        </p>
      )}
    </section>
  );
}
