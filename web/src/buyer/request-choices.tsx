import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { CONTRACT_LANGUAGES, type RequestDetails } from "../api/contracts.ts";
import { TextField } from "../shell/text-field.tsx";

/** As the API takes it, in characters as JavaScript counts them. */
const MOST_CONTACT_CHARACTERS = 200;

interface RequestChoicesProps {
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
      <TextField
        id="request-contact"
        label={
          <>
            {t("request.contact")} <span className="soft">({t("request.contactOptional")})</span>
          </>
        }
        hint={t("request.contactHint")}
        value={choices.contact}
        maxLength={MOST_CONTACT_CHARACTERS}
        disabled={disabled}
        onChange={({ target }) => onChange({ ...choices, contact: target.value })}
      />
    </>
  );
}
