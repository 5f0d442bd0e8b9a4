import { Button } from "antd";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WantedProfile } from "../api/company.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { BuyerFields } from "./buyer-fields.tsx";
import { ContractLanguageField } from "./contract-language-field.tsx";
import { ProfileNameField } from "./profile-name-field.tsx";

interface ProfileFormProps {
  readonly initial: WantedProfile;
  /** Whether being the default is a question: not of the one that is it, nor of the first one. */
  readonly asksForDefault: boolean;
  readonly saving: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSave: (wanted: WantedProfile) => void;
  readonly onCancel: () => void;
  /** Out of what went wrong. */
  readonly wayOut?: ReactNode;
}

/** A contact profile as it is filled in; what is wrong with it the server says. */
export function ProfileForm({ initial, asksForDefault, saving, onSave, onCancel, wayOut }: ProfileFormProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(initial);
  const disabled = saving.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(wanted);
  };
  return (
    <form className="request-form" onSubmit={submit}>
      <ProfileNameField
        value={wanted.label}
        disabled={disabled}
        onChange={(label) => setWanted({ ...wanted, label })}
      />
      <BuyerFields choices={wanted} disabled={disabled} onChange={setWanted} hint={t("company.dialog.hint")} />
      <ContractLanguageField
        value={wanted.language}
        disabled={disabled}
        onChange={(language) => setWanted({ ...wanted, language })}
      />
      {asksForDefault && (
        <label className="check-line">
          <input
            type="checkbox"
            className="check-box"
            checked={wanted.makeDefault}
            disabled={disabled}
            onChange={({ target }) => setWanted({ ...wanted, makeDefault: target.checked })}
          />
          {t("company.dialog.alwaysDefault")}
        </label>
      )}
      <div className="dialog-foot">
        {saving.error && <ProblemPanel error={saving.error} />}
        <div className="dialog-actions">
          <Button onClick={onCancel}>{t("request.cancel")}</Button>
          {wayOut}
          <Button type="primary" htmlType="submit" loading={saving.isPending && { delay: 300 }}>
            {t("company.dialog.save")}
          </Button>
        </div>
      </div>
    </form>
  );
}
