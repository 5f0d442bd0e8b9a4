import { useTranslation } from "react-i18next";
import { TextField } from "../../shell/text-field.tsx";

interface EntryIdFieldProps {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (id: string) => void;
}

/** Under what name an entry is known for ever; asked only when it is added. */
export function EntryIdField({ label, value, fault, disabled, onChange }: EntryIdFieldProps) {
  const { t } = useTranslation("desk");
  return (
    <TextField
      id="entry-id"
      label={label}
      hint={t("catalogue.idHint")}
      fault={fault}
      required
      pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
      title={t("catalogue.idHint")}
      maxLength={64}
      autoComplete="off"
      spellCheck={false}
      value={value}
      disabled={disabled}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
