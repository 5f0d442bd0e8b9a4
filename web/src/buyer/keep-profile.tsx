import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { PROFILE_NAME_ID, ProfileNameField, type ProfileNameFieldProps } from "./profile-name-field.tsx";
import type { Filling } from "./use-filling.ts";

interface KeepProfileProps {
  readonly filling: Filling;
  readonly disabled: boolean;
}

/** What was filled in by hand can be kept as a contact profile, under a name. */
export function KeepProfile({ filling: { keeping, saving }, disabled }: KeepProfileProps) {
  const { t } = useTranslation();
  return (
    <>
      {keeping && (
        <div className="keep-profile">
          <label className="check-line">
            <input
              type="checkbox"
              className="check-box"
              checked={keeping.isKept}
              disabled={disabled}
              onChange={({ target }) => keeping.setKept(target.checked)}
            />
            {t("company.fill.keep")}
          </label>
          {keeping.isKept && <NameAskedFor value={keeping.label} disabled={disabled} onChange={keeping.setLabel} />}
        </div>
      )}
      {saving.isError && <ProblemPanel error={saving.error} />}
      {saving.data && (
        <p className="soft small" role="status">
          {t("company.fill.savedNote", { label: saving.data.label })}
        </p>
      )}
    </>
  );
}

/** It appears below the fold of the dialog: whoever has asked for it is taken there. */
function NameAskedFor(props: ProfileNameFieldProps) {
  useEffect(() => {
    const field = document.getElementById(PROFILE_NAME_ID);
    field?.focus();
    // A field behind the foot of the dialog counts as seen, and would stay there.
    field?.scrollIntoView({ block: "center" });
  }, []);
  return <ProfileNameField {...props} />;
}
