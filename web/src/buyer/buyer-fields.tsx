import { useTranslation } from "react-i18next";
import type { RequestDetails } from "../api/contracts.ts";
import { TextField } from "../shell/text-field.tsx";
import "./buyer-fields.css";

interface BuyerFieldsProps<Choices extends RequestDetails> {
  readonly choices: Choices;
  readonly disabled: boolean;
  readonly onChange: (choices: Choices) => void;
  readonly hint: string;
}

/** Lengths as the API takes them, in characters as JavaScript counts them; what it finds wrong it says itself. */
const FIELDS = [
  { name: "contact", maxLength: 200, autoComplete: "name" },
  { name: "purchaseOrder", maxLength: 64, autoComplete: "off" },
  { name: "phone", maxLength: 60, autoComplete: "tel", inputMode: "tel" },
  { name: "email", maxLength: 254, autoComplete: "email", inputMode: "email" },
  { name: "postalAddress", maxLength: 200, autoComplete: "street-address" },
] as const;

/** What the buyer may fill in (R6); the contract prints it as it is written, and nothing need be. */
export function BuyerFields<Choices extends RequestDetails>(props: BuyerFieldsProps<Choices>) {
  const { choices, disabled, onChange, hint } = props;
  const { t } = useTranslation();
  return (
    <fieldset className="field buyer-fields">
      <legend>
        {t("request.filledIn")} <span className="soft">({t("request.optional")})</span>
      </legend>
      {FIELDS.map(({ name, ...input }) => (
        <TextField
          key={name}
          id={`request-${name}`}
          label={t(`request.fields.${name}`)}
          value={choices[name]}
          disabled={disabled}
          onChange={({ target }) => onChange({ ...choices, [name]: target.value })}
          {...input}
        />
      ))}
      <p className="soft small">{hint}</p>
    </fieldset>
  );
}
