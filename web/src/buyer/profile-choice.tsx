import { useTranslation } from "react-i18next";
import type { Filling } from "./use-filling.ts";

interface ProfileChoiceProps {
  readonly filling: Filling;
  readonly disabled: boolean;
}

/** Which contact profile the fields below are filled in from; nothing where there is none. */
export function ProfileChoice({ filling: { profiles, profile, choose }, disabled }: ProfileChoiceProps) {
  const { t } = useTranslation();
  if (profiles.length === 0) return null;
  return (
    <div className="field">
      <label htmlFor="request-profile">{t("company.fill.choose")}</label>
      <select
        id="request-profile"
        className="text-input"
        value={profile ?? ""}
        disabled={disabled}
        {...(profile !== null && { "aria-describedby": "request-profile-hint" })}
        onChange={({ target }) => choose(target.value)}
      >
        {profiles.map(({ id, label, isDefault }) => (
          <option key={id} value={id}>
            {isDefault ? t("company.fill.defaultOption", { label }) : label}
          </option>
        ))}
        <option value="">{t("company.fill.byHand")}</option>
      </select>
      {profile !== null && (
        <p id="request-profile-hint" className="soft small">
          {t("company.fill.hint")}
        </p>
      )}
    </div>
  );
}
