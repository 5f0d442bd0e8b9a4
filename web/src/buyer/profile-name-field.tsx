import { useTranslation } from "react-i18next";
import { TextField } from "../shell/text-field.tsx";

export interface ProfileNameFieldProps {
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (label: string) => void;
}

/** As the API takes it, in characters as JavaScript counts them. */
const LONGEST = 60;
export const PROFILE_NAME_ID = "profile-name";

/** What a contact profile is recognised by. */
export function ProfileNameField({ value, disabled, onChange }: ProfileNameFieldProps) {
  const { t } = useTranslation();
  return (
    <TextField
      id={PROFILE_NAME_ID}
      label={t("company.dialog.label")}
      hint={t("company.dialog.labelHint")}
      required
      pattern=".*\S.*"
      maxLength={LONGEST}
      autoComplete="off"
      value={value}
      disabled={disabled}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
