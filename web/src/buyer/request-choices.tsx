import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { CONTRACT_LANGUAGES, type RequestDetails } from "../api/contracts.ts";
import { BuyerFields } from "./buyer-fields.tsx";

export interface RequestChoicesProps {
  readonly choices: RequestDetails;
  readonly disabled: boolean;
  readonly onChange: (choices: RequestDetails) => void;
}

/** The little that the buyer may choose (R6). */
export function RequestChoices({ choices, disabled, onChange }: RequestChoicesProps) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className="field">
        <legend>{t("request.language")}</legend>
        <Radio.Group
          value={choices.language}
          disabled={disabled}
          onChange={({ target }) => onChange({ ...choices, language: target.value })}
          options={CONTRACT_LANGUAGES.map((value) => ({ value, label: t(`request.languages.${value}`) }))}
        />
      </fieldset>
      <BuyerFields choices={choices} disabled={disabled} onChange={onChange} />
    </>
  );
}
