import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { CONTRACT_LANGUAGES } from "../api/contract-languages.ts";
import type { RequestDetails } from "../api/contracts.ts";

interface ContractLanguageFieldProps {
  readonly value: RequestDetails["language"];
  readonly disabled: boolean;
  readonly onChange: (language: RequestDetails["language"]) => void;
}

/** What a contract is written in. */
export function ContractLanguageField({ value, disabled, onChange }: ContractLanguageFieldProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="field">
      <legend>{t("request.language")}</legend>
      <Radio.Group
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value)}
        options={CONTRACT_LANGUAGES.map((each) => ({ value: each, label: t(`request.languages.${each}`) }))}
      />
    </fieldset>
  );
}
